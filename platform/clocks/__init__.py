"""Who owes an answer by when: working days, weekends and public holidays left out."""

from clocks.workdays import after, between, is_workday

__all__ = ["after", "between", "is_workday"]
