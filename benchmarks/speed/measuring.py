"""Each measurement in processes of its own."""

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.speed.corpus import Platform
from benchmarks.speed.rival import Rival
from benchmarks.speed.serving import opened, resident
from matching.engine import AchievementDocument, Index, NeedDocument

WARM: Final = 20
AT_ONCE: Final = 64


def serve(platform: Platform, folder: Path, needs: int, batch: int) -> dict[str, Any]:
    """What a worker process costs that maps the snapshot, and how fast it answers."""
    opened(platform, folder, 1)
    before = resident()
    index, load_s = opened(platform, folder, needs + batch)
    for need in range(min(WARM, needs)):
        index.search([need])
    single = timed(lambda need: index.search([need]), range(needs))
    started = time.perf_counter()
    index.search(range(needs, needs + batch))
    batch_ms = (time.perf_counter() - started) * 1000 / max(batch, 1)
    return {
        "load_s": round(load_s, 3),
        "bytes_per_doc_ram": round((resident() - before) / platform.size),
        "p50_ms": percentile(single, 50),
        "p95_ms": percentile(single, 95),
        "batch_ms": round(batch_ms, 3),
    }


def compete(platform: Platform, needs: int, batch: int) -> dict[str, Any]:
    """The same of the rival."""
    texts, vectors = texts_and_vectors(platform.achievements(0, platform.size))
    asked, meant = texts_and_vectors(platform.needs(0, needs + batch))
    before, started = resident(), time.perf_counter()
    rival = Rival(texts, vectors)
    built = time.perf_counter() - started
    for need in range(min(WARM, needs)):
        rival.rank(asked[need], meant[need])
    single = timed(lambda need: rival.rank(asked[need], meant[need]), range(needs))
    started = time.perf_counter()
    rival.rank_many(asked[needs:], meant[needs:])
    batch_ms = (time.perf_counter() - started) * 1000 / max(batch, 1)
    return {
        "rival_build_s": round(built, 1),
        "rival_bytes_per_doc_ram": round((resident() - before + vectors.nbytes) / platform.size),
        "rival_p50_ms": percentile(single, 50),
        "rival_p95_ms": percentile(single, 95),
        "rival_batch_ms": round(batch_ms, 3),
    }


def shared_out(platform: Platform, folder: Path, count: int, needs: int) -> float:
    """Milliseconds a need where so many processes share the needs of a rematch."""
    context = multiprocessing.get_context("spawn")
    shares = [range(start, needs, count) for start in range(count)]
    with context.Pool(count, initializer=prepare, initargs=(platform, folder, needs)) as pool:
        pool.map(ready, [0] * count, chunksize=1)
        started = time.perf_counter()
        pool.map(answer, shares, chunksize=1)
        return round((time.perf_counter() - started) * 1000 / max(needs, 1), 3)


def apart(work: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """In a process of its own, so that what one measurement leaves in memory is not counted to another."""
    say(work.__name__)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def texts_and_vectors(
    posts: Iterable[AchievementDocument | NeedDocument],
) -> tuple[list[str], NDArray[np.float32]]:
    """What the rival reads of posts."""
    texts, vectors = [], []
    for post in posts:
        texts.append(f"{post.title}\n{post.keywords}\n{post.body}")
        vectors.append(post.vector)
    return texts, np.stack(vectors)  # type: ignore[arg-type]  # every post made up here has one


_index: list[Index] = []


def prepare(platform: Platform, folder: Path, needs: int) -> None:
    _index.append(opened(platform, folder, needs)[0])


def ready(number: int) -> None:
    _index[0].search([number])


def answer(share: range) -> None:
    for start in range(0, len(share), AT_ONCE):
        _index[0].search(share[start : start + AT_ONCE])


def timed(work: Callable[[int], object], numbers: Iterable[int]) -> list[float]:
    """Milliseconds of each."""
    found = []
    for number in numbers:
        started = time.perf_counter()
        work(number)
        found.append((time.perf_counter() - started) * 1000)
    return found


def percentile(times: Sequence[float], share: int) -> float:
    return round(float(np.percentile(times, share)), 2) if times else 0.0


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
