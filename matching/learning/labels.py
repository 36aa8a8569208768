"""What a decision says about fit: a pure function of what happened to a match.

Grades are gains for nDCG (2^grade - 1), so a cooperation that went well counts for fifteen expressions of interest.
Silence, views and clicks are no decisions and give no label (T. Joachims et al., Accurately Interpreting Clickthrough
Data as Implicit Feedback, SIGIR 2005); where a suggestion stood when it was decided on enters with `propensity`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Speaker = Literal["need", "achievement", ""]

INTEREST: Final = 1
MUTUAL: Final = 2
APPROVED: Final = 3
CONTRACTED: Final = 4

# How much a refusal says about fit; a reason that is not named here says nothing and leaves what was known before.
DECLINED: Final[Mapping[str, float]] = {"figures": 1.0, "field": 1.0, "maturity": 0.6, "price": 0.3, "other": 0.3}
REFUSED: Final[Mapping[str, float]] = {"unfit": 1.0}

# From this mean evaluation on a cooperation went well, below that badly.
WENT_WELL: Final = 0.6
WENT_BADLY: Final = 0.4
OUTCOMES: Final[Mapping[str, int]] = {
    "drafted": APPROVED,
    "withdrawn": MUTUAL,
    "broken_off": MUTUAL,
    "contracted": CONTRACTED,
    "accepted": CONTRACTED,
    "terminated": APPROVED,
}

# The chance that somebody looks at a position is (1/position)^ETA; the exponent is the middle of what was measured for
# result lists (X. Wang et al., Position Bias Estimation for Unbiased Learning to Rank in Personal Search, WSDM 2018).
ETA: Final = 0.5
# Beyond that the weight of a single decision would grow too uneven (clipping: T. Joachims, A. Swaminathan,
# T. Schnabel, Unbiased Learning-to-Rank with Biased Feedback, WSDM 2017).
MOST_INVERSE: Final = 4.0


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a match: the last word of the journal entry's name, with its particulars."""

    what: str
    at: datetime
    reason: str = ""
    side: Speaker = ""
    value: float | None = None


@dataclass(frozen=True)
class Label:
    """A grade, how much it says (0 to 1), the word that gave it, and which side spoke it ("" for anybody else)."""

    grade: int
    weight: float
    source: str
    at: datetime
    side: Speaker = ""


def label_of(happenings: Iterable[Happened]) -> Label | None:
    """The label after all that happened, in its order; None while nothing says anything about fit."""
    label: Label | None = None
    for happened in happenings:
        label = after(label, happened)
    return label


def after(label: Label | None, happened: Happened) -> Label | None:
    """The label after one more thing."""
    said, at = happened.what, happened.at
    if said == "suggested_again":
        return None
    if said == "interest_expressed":
        return Label(INTEREST, 1.0, said, at, happened.side)
    if said == "became_mutual":
        return Label(MUTUAL, 1.0, said, at, happened.side)
    if said == "approved":
        return Label(APPROVED, 1.0, said, at)
    if said in ("declined", "refused"):
        weight = (DECLINED if said == "declined" else REFUSED).get(happened.reason, 0.0)
        return Label(0, weight, f"{said}:{happened.reason}", at, happened.side) if weight else label
    if said in OUTCOMES:
        return Label(OUTCOMES[said], 1.0, said, at)
    if said == "evaluated" and happened.value is not None:
        return Label(graded(happened.value), 1.0, said, at)
    return label


def graded(value: float) -> int:
    """The grade of an evaluation from 0 to 1."""
    if value >= WENT_WELL:
        return CONTRACTED
    return MUTUAL if value < WENT_BADLY else APPROVED


def inverse_propensity(position: int | None) -> float:
    """How much more a decision counts that was taken on a suggestion far down; 1 where the position is not known."""
    return 1.0 if position is None else min(float(position) ** ETA, MOST_INVERSE)
