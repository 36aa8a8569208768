"""What the engine is given (two kinds of post) and what it gives back (suggestions with their reasons).

All of it is immutable and free of the database: whoever calls copies the fields that count out of his records.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Verdict = Literal["met", "missed", "unknown"]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that a need asks for: `parameter operator value unit`, the parameter's zh and en names joined."""

    parameter: str
    operator: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Benefit:
    """A figure that an achievement has reached; the metric's zh and en names joined."""

    metric: str
    value: float
    unit: str
    baseline: float | None


@dataclass(frozen=True, slots=True)
class NeedDocument:
    """A technical need as the engine reads it; texts hold zh and en, one language a line.

    `region` is a GB/T 2260 code or "", `budget_max` is in the currency of the achievements' prices, `vector` the text's
    embedding, from the same model for both kinds of post; None where there is none.
    """

    id: int
    revision: int
    title: str
    keywords: str
    body: str
    type: str
    nodes: frozenset[str]
    industries: frozenset[str]
    region: str
    trl_required: int | None
    budget_max: float | None
    targets: tuple[Target, ...]
    owner: int
    vector: NDArray[np.float32] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AchievementDocument:
    """A research achievement as the engine reads it; texts hold zh and en, one language a line."""

    id: int
    revision: int
    title: str
    keywords: str
    body: str
    nodes: frozenset[str]
    industries: frozenset[str]
    region: str
    trl: int | None
    offer_modes: frozenset[str]
    price: float | None
    benefits: tuple[Benefit, ...]
    owner: int
    vector: NDArray[np.float32] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One target of the need against the achievement's figures.

    `gap` is relative to the target's value and signed: above 0 the achievement exceeds what was asked. It is None
    where nothing could be compared or the target is 0. `benefit_index` is None if and only if the verdict is unknown.
    """

    target_index: int
    verdict: Verdict
    benefit_index: int | None
    gap: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing the data shows about a pair, as a code and its figures; the page makes the sentence."""

    code: str
    params: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One achievement put before one need.

    `score` and each sub-score lie in 0..1; a sub-score of None says that one of the posts is silent there.
    `matched_terms` are spelt as in the texts, the most telling first, at most 12.
    """

    achievement: int
    need: int
    score: float
    sub_scores: Mapping[str, float | None]
    matched_terms: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    reasons: tuple[Reason, ...]
