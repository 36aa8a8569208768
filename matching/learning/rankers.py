"""Use cases of rankers: learn one, let it serve if it is better, roll back; and the nightly job that does it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from jobs import services as jobs
from jobs.models import Job
from journal.errors import NotAllowed
from journal.recording import record
from matching.engine.ranker import Ranker
from matching.learning.comparison import compare, is_held_back
from matching.learning.features import ENGINE, table
from matching.learning.serving import loaded, serving
from matching.learning.training import Decision, data_hash, importance, learn
from matching.models import Example, RankerVersion
from policy import PLATFORM, Actor, decide

LEARN = "matching.learn"
LEAST_DECISIONS = 60
LEAST_NEEDS = 5
"""Held-back needs with decisions of two grades; below either number a comparison says nothing."""


def start(*, by: Actor) -> Job:
    """Start learning from all decisions so far; a job that is under way already is the answer."""
    if by is not PLATFORM and not (decision := decide(by, "ranker.learn")):
        raise NotAllowed(decision.reason)
    return Job.objects.open().filter(kind=LEARN).first() or jobs.start(LEARN, by=by)


@jobs.step(LEARN, label=_("Learning from decisions"))
def learn_next(job: Job) -> bool:
    """Gather and train, compare, decide: one of them a step."""
    job.total = 3
    stage = (gather_and_train, compare_with_serving, decide_on_it)[job.done]
    more = stage(job)
    job.done += 1
    return more


def gather_and_train(job: Job) -> bool:
    """Learn from the decisions that are not held back; too few of them, or none since, and the job ends here."""
    decisions = decided()
    training = [each for each in decisions if not is_held_back(each.need)]
    held_back = comparable([each for each in decisions if is_held_back(each.need)])
    job.result = {"decisions": len(decisions), "held_back_needs": held_back}
    if len(decisions) < LEAST_DECISIONS or held_back < LEAST_NEEDS or not comparable(training):
        job.result |= {"state": "too_few", "decisions_needed": LEAST_DECISIONS, "needs_needed": LEAST_NEEDS}
        return False
    ranker = learn(training)
    kept, fresh = keep(ranker, training, data_hash(decisions))
    job.result |= {"ranker": kept.pk, "state": "trained" if fresh else "known"}
    return fresh


def decided() -> list[Decision]:
    """All examples as decisions, in a fixed order."""
    rows = Example.objects.order_by("match__need_id", "match_id").values_list(
        "match__need_id", "match_id", "grade", "weight", "position", "features"
    )
    return [Decision(*row) for row in rows.iterator(chunk_size=2000)]


def comparable(decisions: list[Decision]) -> int:
    """How many needs have decisions of two grades."""
    grades: dict[int, set[int]] = {}
    for each in decisions:
        grades.setdefault(each.need, set()).add(each.grade)
    return sum(len(found) > 1 for found in grades.values())


def keep(ranker: Ranker, training: list[Decision], hashed: str) -> tuple[RankerVersion, bool]:
    """The record of a ranker; the same weights are kept once. False where they were known."""
    features = table([each.signals for each in training], ranker.names)
    kept, fresh = RankerVersion.objects.get_or_create(
        name=ranker.version,
        defaults={
            "dump": ranker.dump(),
            "weights": importance(ranker, features),
            "decisions": len(training),
            "needs": len({each.need for each in training}),
            "data_hash": hashed,
            "trained_at": timezone.now(),
        },
    )
    if fresh:
        record(kept, "trained", by=PLATFORM, data={"name": kept.name, "decisions": kept.decisions, "data": hashed})
    return kept, fresh


def compare_with_serving(job: Job) -> bool:
    """Hold the candidate against what serves, on held-back decisions."""
    kept, present = RankerVersion.locked(job.result["ranker"]), serving()
    held_back = [each for each in decided() if is_held_back(each.need)]
    rows = [each.signals for each in held_back]
    needs = np.array([each.need for each in held_back], dtype=np.int64)
    grades = np.array([each.grade for each in held_back], dtype=np.int64)
    found = compare(needs, grades, scores(present, rows), scores(loaded(kept.name, kept.pk), rows))
    kept.comparison = ({} if found is None else asdict(found)) | {"against": present.version if present else ""}
    kept.save(update_fields=["comparison"])
    return True


def scores(ranker: Ranker | None, rows: list[Mapping[str, float | None]]) -> Any:
    """The scores of rows by a ranker, or by the engine's own order."""
    if ranker is None:
        return np.nan_to_num(table(rows, (ENGINE,))[:, 0].astype(np.float64))
    return ranker.raw(table(rows, ranker.names))


def decide_on_it(job: Job) -> bool:
    """Let it serve if it is surely better, else reject it."""
    kept = RankerVersion.objects.get(pk=job.result["ranker"])
    present = serving()
    # What serves was changed by hand since the comparison: then it says nothing any more.
    outdated = kept.comparison["against"] != (present.version if present else "")
    if not outdated and kept.comparison.get("low", 0) > 0:
        job.result |= {"state": "promoted"}
        replace_serving(kept, action="promote", by=PLATFORM)
    else:
        job.result |= {"state": "rejected"}
        kept.move_to(RankerVersion.Status.REJECTED, by=PLATFORM, data={"outdated": outdated})
    return False


@transaction.atomic
def replace_serving(
    ranker: RankerVersion, *, action: str, by: Actor, version: int | None = None, note: str = ""
) -> RankerVersion:
    """Let one ranker serve in the place of another; `action` says by which move."""
    for former in RankerVersion.objects.serving().select_for_update(of=("self",), no_key=True):
        former.move_to(RankerVersion.Status.RETIRED, by=PLATFORM, data={"replaced": ranker.name})
    return ranker.move_to(ranker.target_of(action), by=by, expected=version, note=note)


def restore(ranker: RankerVersion, *, by: User, version: int, reason: str = "", note: str = "") -> RankerVersion:
    """Roll back to an earlier ranker; all needs are scored again."""
    return replace_serving(ranker, action="restore", by=by, version=version, note=note)


def retire(ranker: RankerVersion, *, by: User, version: int, reason: str = "", note: str = "") -> RankerVersion:
    """Go back to the engine's own order; all needs are scored again."""
    return ranker.move_to(RankerVersion.Status.RETIRED, by=by, expected=version, note=note)


ACTIONS: Mapping[str, Callable[..., RankerVersion]] = {"restore": restore, "retire": retire}
