"""Small analysed posts for the tests of the storage."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matching.engine.storage import Block, Draft, Pile, keys

WORDS = "words"
WIDTH = 6


def draft(
    id: int,
    counts: Mapping[str, float] = {},
    *,
    codes: str = "",
    number: float = np.nan,
    vector: NDArray[np.float32] | None = None,
    figures: tuple[tuple[str, str, float], ...] = (),
) -> Draft:
    return Draft(
        id=id,
        revision=1,
        owner=id % 3,
        terms={WORDS: (keys(counts), np.array(list(counts.values()), dtype=np.float32))},
        sets={"codes": frozenset(codes)},
        numbers={"number": number},
        vectors={"meaning": vector},
        figures=figures,
    )


def as_counted(counts: NDArray[np.float32], lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    return counts


def pile(*drafts: Draft) -> Pile:
    return Pile.of(drafts, {"meaning": WIDTH})


def block(*drafts: Draft) -> Block:
    return Block.build(pile(*drafts), {WORDS: as_counted})
