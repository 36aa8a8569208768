"""The weights that come with the engine; the model card beside them says what they were learned from."""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.features import FIRST, NAMES
from matching.engine.ranker import Ranker, moments

FILE: Final = Path(__file__).with_name("texts.json")


def first_guess(features: NDArray[np.float32] | None = None) -> Ranker:
    """The order of the first guess alone: what training is drawn to, and what stands in where nothing was learned.

    Its scales are those of `features`, if there are any.
    """
    mean, scale = moments(features) if features is not None else (np.zeros(len(NAMES)), np.full(len(NAMES), 4.0))
    weights = tuple(float(scale[place]) if name == "first_z" else 0.0 for place, name in enumerate(NAMES))
    return Ranker(NAMES, tuple(mean.tolist()), tuple(scale.tolist()), weights, notes={"first": dict(FIRST)})


@cache
def shipped() -> Ranker:
    """The shipped weights for texts; the first guess where they are for other features than this engine has."""
    if not FILE.exists():
        return first_guess()
    ranker = Ranker.load(FILE.read_text(encoding="utf-8"))
    return ranker if ranker.names == NAMES else first_guess()
