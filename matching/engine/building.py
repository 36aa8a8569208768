"""Building a snapshot: posts are read into piles, by any number of workers, and the piles made into blocks by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from matching.engine.index import WEIGHERS, weighing
from matching.engine.lexical import SPACES, Statistics
from matching.engine.reading import Profile, dimensions
from matching.engine.semantics import Latent
from matching.engine.storage import BLOCK, SIDES, Block, Pile, SideName, write


def pile(profiles: Iterable[Profile]) -> Pile | None:
    """Posts that were read, ready to be put into a block; None for no posts."""
    drafts = [profile.draft() for profile in profiles]
    return Pile.of(drafts, dimensions(drafts)) if drafts else None


def build(folder: Path, piles: Mapping[SideName, Sequence[Pile]], facts: Mapping[str, Any]) -> str:
    """Write a snapshot of these posts into an empty folder; gives the hash that stands for its content.

    Equal piles in the same order and equal facts give equal files. O(terms · log terms); about 1 kB a post of the
    block in work is in memory beside the piles.
    """
    statistics = {space: Statistics.of(some.terms[space].lengths for some in piles["achievements"]) for space in SPACES}
    weighers = weighing(statistics)
    latent = Latent.of(piles["achievements"])
    blocks = {
        side: (Block.build(latent.place(part), weighers[side]) for part in _blockwise(piles[side])) for side in SIDES
    }
    said = {WEIGHERS: {space: statistics[space].facts() for space in SPACES}}
    return write(folder, blocks, latent.arrays(), {**facts, **said})


def _blockwise(piles: Sequence[Pile]) -> Iterator[Pile]:
    """The posts of all piles in their order, as many at a time as a block holds."""
    waiting: list[Pile] = []
    for some in piles:
        waiting.append(some)
        while sum(map(len, waiting)) >= BLOCK:
            joined = Pile.joined(waiting)
            yield joined.slice(0, BLOCK)
            waiting = [joined.slice(BLOCK, len(joined))] if len(joined) > BLOCK else []
    if waiting:
        yield Pile.joined(waiting)
