"""The production engine on a generated platform: built as its job builds it, served as a worker serves it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.speed.corpus import Platform
from matching.engine import Index, Library, Snapshot, building
from matching.engine.reading import Reader
from matching.engine.storage import Pile, SideName

READ: Final = 2000


def build(platform: Platform, folder: Path, needs: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Read all posts and write the snapshot; gives its time and size."""
    reader, reading, piles = Reader(), 0.0, []
    for start in range(0, platform.size, READ):
        posts = list(platform.achievements(start, min(start + READ, platform.size)))
        started = time.perf_counter()
        if (pile := building.pile([reader.achievement(post) for post in posts])) is not None:
            piles.append(pile)
        reading += time.perf_counter() - started
        say(f"read {start + len(posts)} posts in {reading:.0f} s")
    started = time.perf_counter()
    asked = building.pile([reader.need(need) for need in platform.needs(0, needs)])
    sides: dict[SideName, list[Pile]] = {"achievements": piles, "needs": [asked] if asked is not None else []}
    building.build(folder, sides, {})
    writing = time.perf_counter() - started
    size = sum(path.stat().st_size for path in folder.iterdir())
    return {
        "build_s": round(reading + writing, 1),
        "write_s": round(writing, 1),
        "bytes_per_doc_disk": round(size / platform.size),
    }


def opened(platform: Platform, folder: Path, needs: int) -> tuple[Index, float]:
    """An index as a worker opens it, and the seconds that it took; a need's text is read each time it is ranked."""
    texts = {need.id: need for need in platform.needs(0, needs)}
    started = time.perf_counter()
    library = Library(lambda ids: [texts[id] for id in ids], lambda _: ())
    index = Index(platform.graph, library, Snapshot.load(folder))
    return index, time.perf_counter() - started


def resident() -> int:
    """Bytes of this process that are in memory, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096
