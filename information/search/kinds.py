"""How each kind of post stands in the catalogue: which texts are searched, by what it is counted and ordered.

Another kind of post becomes searchable by one more `Shelf`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from information.models import Achievement, Need, Post
from information.models.catalogue import FAR_OFF
from taxonomy.models import Region

OPEN_TO_ALL_WHO_SEE_IT: Final = frozenset({Post.Visibility.PUBLIC, Post.Visibility.MEMBERS})
"""Posts of any other visibility are found, counted and ordered by what stands on their card alone."""
BUDGETS: Final = ((100_000, "under-100k"), (500_000, "100k-500k"), (1_000_000, "500k-1m"), (5_000_000, "1m-5m"))
OVER_ALL_BUDGETS: Final = "over-5m"
MODES: Final[Mapping[str, str]] = {
    "exclusive_licence": "licence",
    "nonexclusive_licence": "licence",
    "open_licence": "licence",
    "try_before_pay": "licence",
    "transfer": "transfer",
    "joint_development": "development",
}
"""The contract of the Civil Code that an offer leads to."""


@dataclass(frozen=True)
class Figures:
    """What a post is ordered by, and counted by beyond its place on chain and map."""

    trl: int | None = None
    budget: Decimal | None = None
    deadline: date | None = None
    stage: str | None = None


@dataclass(frozen=True)
class Shelf:
    """One kind of post in the catalogue."""

    kind: type[Post]
    texts: tuple[str, ...]
    figures: Callable[[Any], Figures]
    contracts: Callable[[Any], Iterable[str]]
    related: tuple[str, ...] = ()

    @property
    def noun(self) -> str:
        return self.kind.NOUN


@dataclass
class Placed:
    """A post as it goes into the tables: texts by weight, codes by facet, figures."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    facets: dict[str, list[str]] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)


def need_figures(need: Need) -> Figures:
    money = need.budget_max if need.budget_max is not None else need.budget_min
    return Figures(need.trl_required, money if need.currency == Need.Currency.CNY else None, need.deadline)


def achievement_figures(achievement: Achievement) -> Figures:
    return Figures(achievement.trl, achievement.price_expectation, stage=achievement.stage_id)


def offered(achievement: Achievement) -> list[str]:
    """The contracts to which an achievement's offer leads."""
    service = ["service"] if achievement.type == Achievement.Type.SERVICE else []
    return sorted({MODES[mode] for mode in achievement.offer_modes if mode in MODES}.union(service))


SHELVES: Final[Mapping[str, Shelf]] = {
    shelf.noun: shelf
    for shelf in (
        Shelf(Need, ("problem", "present_state", "acceptance"), need_figures, lambda need: [need.type_id]),
        Shelf(Achievement, ("description", "trl_evidence"), achievement_figures, offered, ("stage",)),
    )
}


def placed(post: Post, stages: Iterable[Any]) -> Placed:
    """What the catalogue may know of a post; nothing beyond its card unless all who see the card may read it all."""
    shelf, whole = SHELVES[post.NOUN], post.visibility in OPEN_TO_ALL_WHO_SEE_IT
    figures = shelf.figures(post) if whole else Figures()
    stage = figures.stage or next((each.code for each in stages if figures.trl and within(each, figures.trl)), None)
    facets = {
        "kind": [shelf.noun],
        "chain_node": [node.code for node in post.chain_nodes.all()],
        "industry": [industry.code for industry in post.industries.all()],
        "region": region_codes(post.region or post.owner.region),
        "contract_type": list(shelf.contracts(post)) if whole or shelf.kind is Need else [],
        "stage": [stage] if stage else [],
        "trl": [str(figures.trl)] if figures.trl else [],
        "budget": [budget_range(figures.budget)] if figures.budget is not None else [],
    }
    return Placed(list(texts(post, shelf, whole=whole)), facets, figures)


def texts(post: Post, shelf: Shelf, *, whole: bool) -> Iterable[tuple[str, str]]:
    """The searched texts with the weight of each, most telling first."""
    terms = [*post.chain_nodes.all(), *post.industries.all()]
    for language in ("zh", "en"):
        yield "A", getattr(post, f"title_{language}")
        if whole:
            yield from (("B", keyword) for keyword in getattr(post, f"keywords_{language}"))
        yield "C", getattr(post, f"summary_{language}")
        # The terms in both languages let a reader of one find what was written in the other.
        yield from (("C", getattr(term, f"label_{language}")) for term in terms)
    if whole:
        yield from (("D", getattr(post, f"{stem}_{language}")) for stem in shelf.texts for language in ("zh", "en"))


def within(stage: Any, trl: int) -> bool:
    return bool(stage.trl_from <= trl <= stage.trl_to)


def region_codes(region: Region) -> list[str]:
    """The region and the one it lies in."""
    return [region.code, *([region.parent.code] if region.parent else [])]


def budget_range(money: Decimal) -> str:
    """The range of a sum in yuan."""
    return next((code for limit, code in BUDGETS if money < limit), OVER_ALL_BUDGETS)


def order_keys(figures: Figures) -> dict[str, Any]:
    """The columns by which listings are ordered, with a value for every post."""
    budget = int(figures.budget) if figures.budget is not None else 0
    return {"deadline": figures.deadline or FAR_OFF, "budget": budget, "trl": figures.trl or 0}
