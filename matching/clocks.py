"""How long a suggestion waits for an answer, in working days; set by judgement, said on every page that shows one."""

from datetime import datetime, time
from typing import Final

from django.utils import timezone

from clocks import after

SUGGESTION: Final = 30
"""Working days until a suggestion lapses on which no side has spoken."""
ANSWER: Final = 10
"""Working days that the other side has once one is interested."""
WARNING: Final = 3
"""Working days before that, from which on it is announced."""
NOTICE: Final = 2
"""Days that lie at least between the announcement and the end, also when the clocks stood still for a while."""


def due(days: int) -> datetime:
    """The end of the day that lies so many working days ahead."""
    return timezone.make_aware(datetime.combine(after(timezone.localdate(), days), time.max))


def suggestion_due() -> datetime:
    return due(SUGGESTION)


def answer_due() -> datetime:
    return due(ANSWER)
