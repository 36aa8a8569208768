"""A generated platform: texts with the lengths and word frequencies of abstracts, fields and figures of real posts.

Word frequencies follow Zipf and Mandelbrot's law over 200,000 made-up words; an achievement has about 150 words and a
need 290 (the medians of public project abstracts and of the topics they answer). Everything follows from the seed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.engine import AchievementDocument, Benefit, Graph, NeedDocument, Target

WORDS: Final = 200_000
DIMENSIONS: Final = 384
CHUNK: Final = 1000
"""So many posts are made up at a time."""
ACHIEVEMENT_WORDS, NEED_WORDS = 150, 290
NODES: Final = 120
REGIONS: Final = ("110100", "310100", "330100", "330200", "440100", "440300", "510100", "610100")
MODES: Final = ("transfer", "exclusive_licence", "open_licence", "joint_development", "equity")
METRICS: Final = tuple(f"{what} {of}" for what in ("rated", "peak", "specific") for of in ("power", "torque", "flow"))
INDUSTRIES: Final = tuple(f"C{number}" for number in range(13, 44))
UNITS: Final = ("kW", "N·m", "L/min")


@dataclass(frozen=True)
class Platform:
    """`size` achievements and any number of needs, each made when it is asked for."""

    size: int
    seed: int = 7

    @cached_property
    def _shares(self) -> NDArray[np.float64]:
        """Which share of all words the more frequent ones make up, by rank."""
        weights = 1.0 / (np.arange(WORDS) + 2.7) ** 1.05
        shares: NDArray[np.float64] = np.cumsum(weights / weights.sum())
        return shares

    @cached_property
    def _words(self) -> NDArray[np.object_]:
        return np.array([spelt(number) for number in range(WORDS)], dtype=object)

    @property
    def graph(self) -> Graph:
        """A chain of nodes, each a supplier of the next and of one further on."""
        return Graph((node(i), node(i + step)) for i in range(NODES) for step in (1, 7))

    def achievements(self, start: int, stop: int) -> Iterator[AchievementDocument]:
        """Those from one number to before another; the same whichever part is asked for."""
        for first, draw, pick in self._chunks("achievements", start, stop):
            texts = self._texts(draw, CHUNK, ACHIEVEMENT_WORDS)
            vectors = unit(draw.standard_normal((CHUNK, DIMENSIONS)))
            for id, text in enumerate(texts, first):
                post = AchievementDocument(
                    **fields(pick, id, text),
                    trl=pick.randint(1, 9) if pick.random() < 0.8 else None,
                    offer_modes=some(pick, MODES, 2),
                    price=pick.randint(1, 300) * 1e4 if pick.random() < 0.5 else None,
                    benefits=tuple(Benefit(name, value, unit, None) for name, value, unit in figures(pick)),
                    vector=vectors[id - first],
                )
                if start <= id < stop:
                    yield post

    def needs(self, start: int, stop: int) -> Iterator[NeedDocument]:
        """The same for needs."""
        for first, draw, pick in self._chunks("needs", start, stop):
            texts = self._texts(draw, CHUNK, NEED_WORDS)
            vectors = unit(draw.standard_normal((CHUNK, DIMENSIONS)))
            for id, text in enumerate(texts, first):
                post = NeedDocument(
                    **fields(pick, id, text),
                    type=pick.choice(["development", "transfer", "licence"]),
                    trl_required=pick.randint(4, 9),
                    budget_max=pick.randint(1, 300) * 1e4,
                    targets=tuple(Target(name, ">=", value, unit) for name, value, unit in figures(pick)),
                    vector=vectors[id - first],
                )
                if start <= id < stop:
                    yield post

    def _chunks(self, side: str, start: int, stop: int) -> Iterator[tuple[int, np.random.Generator, Random]]:
        for first in range(start - start % CHUNK, stop, CHUNK):
            seed = f"{side} {self.seed} {first}"
            yield first, np.random.default_rng(list(seed.encode())), Random(seed)

    def _texts(self, draw: np.random.Generator, count: int, median: int) -> list[str]:
        sizes = np.clip(draw.lognormal(np.log(median), 0.35, count), 20, 900).astype(np.int64)
        numbers = np.searchsorted(self._shares, draw.random(int(sizes.sum())))
        words = self._words[np.minimum(numbers, WORDS - 1)]
        return [" ".join(part) for part in np.split(words, np.cumsum(sizes)[:-1])]


def spelt(number: int) -> str:
    """A made-up word; frequent ones are short, as in languages."""
    syllables = [f"{a}{b}" for a in "bcdfgklmnprstvz" for b in "aeiou"]
    word = syllables[number % 75]
    while number := number // 75:
        word += syllables[number % 75]
    return word + "nrt"[len(word) % 3]


def unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    """Vectors as a model would give them."""
    found: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return found


def node(number: int) -> str:
    return f"node-{number % NODES}"


def fields(pick: Random, id: int, text: str) -> dict[str, Any]:
    """What both kinds of post have."""
    words = text.split(" ", 13)
    return {
        "id": id,
        "revision": 1,
        "title": " ".join(words[:10]),
        "keywords": "\n".join(words[10:13]),
        "body": text,
        "nodes": frozenset(node(pick.randrange(NODES)) for _ in range(pick.randrange(3))),
        "industries": some(pick, INDUSTRIES, 2),
        "region": pick.choice(REGIONS),
        "owner": pick.randrange(5000),
    }


def some(pick: Random, of: Sequence[str], most: int) -> frozenset[str]:
    return frozenset(pick.sample(of, pick.randint(0, most)))


def figures(pick: Random) -> list[tuple[str, float, str]]:
    """Up to three stated figures."""
    picked = pick.sample(range(len(METRICS)), pick.randint(0, 3))
    return [(METRICS[n], float(pick.randint(1, 100)), UNITS[n % 3]) for n in picked]
