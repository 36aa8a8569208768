"""The ranker that serves: the engine's list in the order that decisions have taught."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from matching.engine import VERSION, Suggestion
from matching.engine.ranker import Ranker
from matching.learning.features import Signals, signals_of, table, track_records
from matching.models import RankerVersion


@dataclass(frozen=True)
class Judged:
    """A suggestion with the score by which it is listed, and the signals behind it."""

    suggestion: Suggestion
    signals: Signals


@lru_cache(maxsize=4)
def loaded(name: str, pk: int) -> Ranker:
    """A ranker by its record; records never change their weights."""
    return Ranker.load(RankerVersion.objects.values_list("dump", flat=True).get(pk=pk))


def serving() -> Ranker | None:
    """The ranker that serves now; None for the engine's own order. One query once it is loaded."""
    found = RankerVersion.objects.serving().values_list("name", "pk").first()
    return loaded(*found) if found else None


def version_with(ranker: Ranker | None) -> str:
    """What is kept with suggestions: the engine's version, and the learned ranker's if one served."""
    return f"{VERSION}+{ranker.version}" if ranker else VERSION


def judge(found: Sequence[Suggestion], ranker: Ranker | None) -> list[Judged]:
    """The engine's list with its signals, in the learned order where a ranker serves; ties stay as they were."""
    records = track_records([suggestion.achievement for suggestion in found])
    rows = [signals_of(suggestion, records.get(suggestion.achievement)) for suggestion in found]
    if ranker is None or not rows:
        return [Judged(suggestion, row) for suggestion, row in zip(found, rows, strict=True)]
    scores = ranker.score(table(rows, ranker.names)).tolist()
    judged = [
        Judged(replace(suggestion, score=score), row)
        for suggestion, row, score in zip(found, rows, scores, strict=True)
    ]
    return sorted(judged, key=lambda each: -each.suggestion.score)
