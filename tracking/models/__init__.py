"""What became of each match: the cases that oversight reads."""

from tracking.models.case import Case, CaseQuerySet

__all__ = ["Case", "CaseQuerySet"]
