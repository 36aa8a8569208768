"""From a post to what the engine keeps of it, and to what a need asks for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matching.engine import requirements
from matching.engine.analysis import Analyzer
from matching.engine.documents import AchievementDocument, NeedDocument
from matching.engine.lexical import Bag, read
from matching.engine.requirements import Figure
from matching.engine.storage import Draft
from matching.engine.storage.postings import Scores
from matching.engine.structure import ANSWERING_MODES

EMBEDDING: Final = "embedding"
"""The dense space of the vectors that come with the posts."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A post of either side, read once; nan where it is silent.

    `trl` is what a need requires or an achievement has, `money` a need's upper budget or an achievement's price,
    `modes` the forms that answer a need or that an achievement offers, `region` a GB/T 2260 code as a number,
    `stated` the figures as they were given, `figures` the same as they are compared.
    """

    id: int
    revision: int
    owner: int
    bag: Bag
    trl: float
    money: float
    region: float
    nodes: frozenset[str]
    industries: frozenset[str]
    modes: frozenset[str]
    figures: tuple[Figure, ...]
    stated: tuple[tuple[str, str, float], ...]
    vector: Scores | None

    def draft(self) -> Draft:
        """What is kept of the post in a block."""
        return Draft(
            id=self.id,
            revision=self.revision,
            owner=self.owner,
            terms={language: (words.keys, words.counts) for language, words in self.bag.items()},
            sets={"nodes": self.nodes, "industries": self.industries, "modes": self.modes},
            numbers={"trl": self.trl, "money": self.money, "region": self.region},
            vectors={EMBEDDING: self.vector},
            figures=self.stated,
        )


def dimensions(drafts: Sequence[Draft]) -> dict[str, int]:
    """How long the vectors of these posts are, by dense space; a space without vectors is left out.

    Raises ValueError for vectors of different lengths.
    """
    found = {len(vector) for draft in drafts if (vector := draft.vectors[EMBEDDING]) is not None}
    if len(found) > 1:
        raise ValueError(f"Vectors of one space have one length, not {sorted(found)}.")
    return dict.fromkeys([EMBEDDING], found.pop()) if found else {}


class Reader:
    """Reads posts of both sides; not for use by two threads at once (the analyzer keeps state)."""

    def __init__(self) -> None:
        self.analyzer = Analyzer()

    def need(self, need: NeedDocument) -> Profile:
        return Profile(
            id=need.id,
            revision=need.revision,
            owner=need.owner,
            bag=read(self.analyzer, need.title, need.keywords, need.body),
            trl=_number(need.trl_required),
            money=_number(need.budget_max),
            region=_region(need.region),
            nodes=need.nodes,
            industries=need.industries,
            modes=ANSWERING_MODES.get(need.type, frozenset()),
            figures=tuple(requirements.read_target(target, self.analyzer) for target in need.targets),
            stated=tuple((target.parameter, target.unit, target.value) for target in need.targets),
            vector=need.vector,
        )

    def achievement(self, achievement: AchievementDocument) -> Profile:
        return Profile(
            id=achievement.id,
            revision=achievement.revision,
            owner=achievement.owner,
            bag=read(self.analyzer, achievement.title, achievement.keywords, achievement.body),
            trl=_number(achievement.trl),
            money=_number(achievement.price),
            region=_region(achievement.region),
            nodes=achievement.nodes,
            industries=achievement.industries,
            modes=achievement.offer_modes,
            figures=tuple(requirements.read_benefit(benefit, self.analyzer) for benefit in achievement.benefits),
            stated=tuple((benefit.metric, benefit.unit, benefit.value) for benefit in achievement.benefits),
            vector=achievement.vector,
        )


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _region(code: str) -> float:
    return float(code) if code.isascii() and code.isdigit() else math.nan
