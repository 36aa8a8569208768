"""Industrial chains for one reader: what is needed, offered and missing on each node."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, Func
from django.urls import reverse
from django.utils.http import urlencode

from information import drawing
from information.catalogue import counted
from information.drawing import Drawing
from information.models import FacetTerm, ListingQuerySet
from information.search.finding import unanswered
from information.search.sight import seen_by
from policy import Actor
from taxonomy.models import Chain, ChainLink, ChainNode


class Figure(NamedTuple):
    """A number of posts and the list in which they stand."""

    number: int
    url: str

    @property
    def words(self) -> str:
        return counted(self.number)


@dataclass(frozen=True)
class Stand:
    """A node with what stands on it; a gap is a need that no achievement there answers at the TRL it requires."""

    node: ChainNode
    needs: Figure
    achievements: Figure
    gaps: Figure
    lines: tuple[str, ...] = ()
    x: int = 0
    y: int = 0

    @property
    def url(self) -> str:
        return address("search", self.node)


@dataclass(frozen=True)
class Tier:
    """The nodes of one tier."""

    label: str
    stands: list[Stand]


@dataclass(frozen=True)
class Whole:
    """A chain with its sums; a post on two of its nodes counts once."""

    chain: Chain
    nodes: int
    needs: Figure
    achievements: Figure
    gaps: Figure


class Tally(NamedTuple):
    """Posts by kind ("need", "achievement", "gap") and node number."""

    counts: Mapping[tuple[str, int], int]
    numbers: Mapping[str, int]

    def of(self, what: str, code: str) -> int:
        return self.counts.get((what, self.numbers.get(code, 0)), 0)


def stands(chain: Chain, actor: Actor) -> tuple[list[Stand], Drawing]:
    """The nodes of a chain with their figures and places, and the drawing they stand in."""
    nodes = list(chain.nodes.all())
    links = ChainLink.objects.filter(source__chain=chain).values_list("source__code", "target__code")
    drawn = drawing.drawn([node.code for node in nodes], links)
    tally = tallied(actor, [node.code for node in nodes])
    spots = {spot.code: spot for spot in drawn.spots}
    return [
        Stand(
            node,
            Figure(tally.of("need", node.code), address("needs", node)),
            Figure(tally.of("achievement", node.code), address("achievements", node)),
            Figure(tally.of("gap", node.code), address("needs", node, gap=True)),
            tuple(drawing.lines(node.label)),
            spots[node.code].x,
            spots[node.code].y,
        )
        for node in nodes
    ], drawn


def tiers(found: Iterable[Stand]) -> list[Tier]:
    """The nodes from upstream to downstream."""
    return [
        Tier(str(tier.label), members)
        for tier in ChainNode.Tier
        if (members := [stand for stand in found if stand.node.tier == tier])
    ]


def tallied(actor: Actor, codes: Sequence[str]) -> Tally:
    """How many posts of each kind, and how many gaps, stand on each of the nodes: four queries."""
    numbers = dict(FacetTerm.objects.filter(facet="chain_node", code__in=codes).values_list("code", "pk"))
    wanted, counts = set(numbers.values()), {}
    seen = seen_by(actor).filter(terms__overlap=sorted(wanted))
    for (kind, number), posts in per_node(seen).items():
        if number in wanted:
            counts[kind, number] = posts
    for (_kind, number), posts in per_node(seen.filter(unanswered(actor))).items():
        if number in wanted:
            counts["gap", number] = posts
    return Tally(counts, numbers)


def per_node(listings: ListingQuerySet) -> dict[tuple[str, int], int]:
    """How many listings of each kind have each term."""
    rows = listings.order_by().annotate(term=Func(F("terms"), function="unnest")).values_list("kind", "term")
    return {(kind, term): number for kind, term, number in rows.annotate(number=Count("pk"))}


def wholes(actor: Actor) -> list[Whole]:
    """Every chain with its sums."""
    chains = list(Chain.objects.prefetch_related("nodes"))
    numbers = dict(FacetTerm.objects.filter(facet="chain_node").values_list("code", "pk"))
    gap = unanswered(actor)
    return [whole(chain, numbers, actor, gap) for chain in chains]


def whole(chain: Chain, numbers: Mapping[str, int], actor: Actor, gap: object) -> Whole:
    """One chain: three counts over the posts on its nodes, each bounded."""
    nodes = list(chain.nodes.all())
    terms = [numbers[node.code] for node in nodes if node.code in numbers]
    on = {noun: seen_by(actor, [noun]).filter(terms__overlap=terms) for noun in ("need", "achievement")}
    return Whole(
        chain,
        len(nodes),
        Figure(some(on["need"]), address("needs", *nodes)),
        Figure(some(on["achievement"]), address("achievements", *nodes)),
        Figure(some(on["need"].filter(gap)), address("needs", *nodes, gap=True)),
    )


MOST = 1001
"""Posts that a sum looks at, at most: more are "1,000+"."""


def some(listings: ListingQuerySet) -> int:
    """How many, counting no further than is shown."""
    return listings.order_by()[:MOST].count()


def address(name: str, *nodes: ChainNode, gap: bool = False) -> str:
    """The list of the posts on these nodes."""
    query: dict[str, list[str]] = defaultdict(list, chain_node=[node.code for node in nodes])
    if gap:
        query["gap"] = ["1"]
    return f"{reverse(f'information:{name}')}?{urlencode(query, doseq=True)}"
