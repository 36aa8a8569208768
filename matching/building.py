"""Building the index: posts are read in parts that any worker can carry on, then one worker makes the snapshot."""

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from jobs.models import Job
from jobs.services import awake
from matching import snapshots, vectors
from matching.engine import VERSION
from matching.engine.building import build, pile
from matching.engine.embedding import EmbeddingError
from matching.engine.reading import Reader
from matching.engine.storage import SIDES, Pile, SideName
from matching.live_index import MODELS, fetch_achievements, fetch_needs
from matching.models import Snapshot

PARTS: Final = "parts-"
"""Before the number of a job: the folder of what was read for it."""
READ: Final = 200
"""Posts that one step reads."""
FIRST: Final = 500
"""So many open posts make a snapshot worth its while; fewer are read by each worker for itself."""
BEHIND: Final = 0.05
"""The share of posts that may have come, changed or gone since the snapshot, before a new one is built."""


def carry_on(job: Job) -> bool:
    """Read the next posts of a job, or make the snapshot if all are read; False when it serves."""
    cursor = job.cursor or {"side": SIDES[0], "after": 0, "parts": dict.fromkeys(SIDES, 0)}
    if job.total is None:
        job.total = sum(model.objects.open().count() for model in MODELS.values()) + 1
    if cursor["side"] is None:
        make(job, cursor["parts"])
        job.done = job.total = job.done + 1
        return False
    side: SideName = cursor["side"]
    waiting = MODELS[side].objects.open().filter(pk__gt=cursor["after"]).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[:READ])
    if ids:
        write_part(job, side, cursor["parts"][side], ids)
        cursor["parts"][side] += 1
        cursor["after"] = ids[-1]
        job.done += len(ids)
    else:
        following = [*SIDES, None]
        cursor |= {"side": following[following.index(side) + 1], "after": 0}
    job.cursor = cursor
    job.total = max(job.total, job.done + 1)
    return True


def write_part(job: Job, side: SideName, number: int, ids: list[int]) -> None:
    """Read posts and put what was read where every worker finds it; writing a part again replaces it.

    Raises EmbeddingError if the model fails: the old index serves until it is back.
    """
    reader = Reader()
    read: Any = reader.need if side == "needs" else reader.achievement
    fetch: Any = fetch_needs if side == "needs" else fetch_achievements
    # In the order of their keys: equal posts make equal snapshots.
    documents = vectors.attached(sorted(fetch(ids), key=lambda document: document.id))
    some = pile(read(document) for document in documents)
    content = io.BytesIO()
    np.savez(content, **dict(some.arrays()) if some is not None else {})  # type: ignore[arg-type]
    snapshots.replace(part_name(job, side, number), ContentFile(content.getvalue()))


def read_parts(job: Job, side: SideName, count: int) -> Iterable[Pile]:
    for number in range(count):
        with snapshots.shared().open(part_name(job, side, number), "rb") as opened:
            arrays = dict(np.load(io.BytesIO(opened.read())))
        if arrays:
            yield Pile.of_arrays(arrays)


def make(job: Job, parts: dict[SideName, int]) -> Snapshot:
    """Make the snapshot of a job's parts, put it into the storage and let it serve."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="building-", dir=settings.DATA_DIR))
    try:
        piles = {side: list(read_parts(job, side, parts[side])) for side in SIDES}
        counts = {side: sum(map(len, piles[side])) for side in SIDES}
        model = vectors.name_of(vectors.chosen())
        facts = {"engine": VERSION, "model": model, "needs": counts["needs"], "achievements": counts["achievements"]}
        name = awake(lambda: build(folder, piles, facts))
        row = snapshots.publish(folder, Snapshot(name=name, engine_version=VERSION, model=model, **counts))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    job.result = {"snapshot": row.pk, **counts}
    transaction.on_commit(forget_parts)
    transaction.on_commit(snapshots.prune)
    return row


def forget_parts() -> None:
    """Remove the parts of jobs that have ended, however they ended."""
    storage = snapshots.shared()
    with contextlib.suppress(FileNotFoundError):
        for folder in storage.listdir("")[0]:
            number = folder.removeprefix(PARTS)
            if folder.startswith(PARTS) and number.isdigit() and not Job.objects.open().filter(pk=number).exists():
                snapshots.remove(folder)


def part_name(job: Job, side: SideName, number: int) -> str:
    return f"{PARTS}{job.pk}/{side}-{number:05}.npz"


def model_or(other: str) -> str:
    """The model of the settings, or this where the settings name nothing usable."""
    try:
        return vectors.name_of(vectors.chosen())
    except EmbeddingError as error:
        vectors.said(error)
        return other


def is_due() -> bool:
    """Whether the serving snapshot is none, is of another engine, or has fallen behind the open posts."""
    standing = {side: model.objects.open() for side, model in MODELS.items()}
    posts = sum(some.count() for some in standing.values())
    if posts < FIRST:
        return False
    serving = Snapshot.objects.serving()
    if serving is None or serving.engine_version != VERSION or serving.model != model_or(serving.model):
        return True
    since = sum(some.filter(Q(published_at__gt=serving.created_at)).count() for some in standing.values())
    gone = max(0, serving.needs + serving.achievements + since - posts)
    return bool(since + gone > BEHIND * posts)
