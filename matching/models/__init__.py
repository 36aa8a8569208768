"""Matches, the queue of the engine, and what became of matches."""

from matching.models.match import DeclineReason, Match, MatchQuerySet, RefuseReason
from matching.models.outcome import Outcome
from matching.models.scoring import Scoring

__all__ = ["DeclineReason", "Match", "MatchQuerySet", "Outcome", "RefuseReason", "Scoring"]
