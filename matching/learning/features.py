"""The signals of a pair as a ranker takes them: by name, nan where one is absent."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine import Suggestion
from matching.models import TrackRecord

Table = NDArray[np.float32]
Signals = Mapping[str, float | None]

ENGINE: Final = "engine"
"""The engine's own score: what a learned ranker starts from."""
TRACK_RECORD: Final = "track_record"


def signals_of(suggestion: Suggestion, track_record: float | None) -> dict[str, float | None]:
    """Every signal of a pair by name; None where one is absent, which is not nought."""
    return {ENGINE: suggestion.score, **suggestion.sub_scores, TRACK_RECORD: track_record}


def track_records(achievements: Iterable[int]) -> dict[int, float]:
    """The lower end of the track record of each achievement's owner; no entry where there is none. One query.

    The lower end, because one good cooperation is not yet a good record.
    """
    rows = TrackRecord.objects.filter(organization__achievements__in=list(achievements))
    return dict(rows.values_list("organization__achievements", "low"))


def table(rows: Sequence[Signals], names: Sequence[str]) -> Table:
    """Rows by names; a signal that a row does not have is nan, and so is one that nobody knew then."""
    values = [[math.nan if (value := row.get(name)) is None else value for name in names] for row in rows]
    return np.array(values, dtype=np.float32).reshape(len(rows), len(names))


def names_in(rows: Iterable[Signals]) -> tuple[str, ...]:
    """Every name that any row knows, the engine's own score first."""
    known = {name for row in rows for name, value in row.items() if value is not None}
    return (ENGINE, *sorted(known - {ENGINE}))
