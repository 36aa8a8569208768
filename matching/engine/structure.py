"""Structured fit: chain, industry, readiness, price, region and form of cooperation, each in 0..1.

Every fit is a function of two columns of which either may hold one post and the other many, so a pair gets the same
fit whichever side asks. A fit is nan where one of the posts is silent: absent, never 0.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# By hops on the chain: the same node, a direct supplier or customer, one further.
NODE_FIT: Final = (1.0, 0.6, 0.3)
# Each TRL level short takes a third: what is two levels from ready may still be developed, three is other research.
TRL_STEP: Final = 1 / 3
OTHER_REGION: Final = 0.3
SAME_PROVINCE: Final = 0.7
OTHER_FORM: Final = 0.5
# The forms of cooperation by which an offer answers each type of need.
ANSWERING_MODES: Final[Mapping[str, frozenset[str]]] = {
    "development": frozenset({"joint_development"}),
    "transfer": frozenset({"transfer", "equity"}),
    "licence": frozenset({"exclusive_licence", "nonexclusive_licence", "open_licence", "try_before_pay"}),
}


class Graph:
    """An industrial chain's nodes and the links between them, walked in both directions."""

    def __init__(self, links: Iterable[tuple[str, str]] = ()) -> None:
        self._neighbours: dict[str, set[str]] = {}
        for upstream, downstream in links:
            self._neighbours.setdefault(upstream, set()).add(downstream)
            self._neighbours.setdefault(downstream, set()).add(upstream)

    def distance(self, a: str, b: str) -> int | None:
        """Hops between two nodes, whichever way the goods flow; None if nothing connects them."""
        return self.within(a, len(self._neighbours)).get(b)

    def within(self, start: str, hops: int) -> dict[str, int]:
        """Every node at most so many hops away, with its distance; an unknown node is alone. O(nodes + links)."""
        found = {start: 0}
        queue = deque([start])
        while queue and found[queue[0]] < hops:
            node = queue.popleft()
            for neighbour in self._neighbours.get(node, ()):
                if neighbour not in found:
                    found[neighbour] = found[node] + 1
                    queue.append(neighbour)
        return found


@dataclass(frozen=True, slots=True)
class SetColumn:
    """One set of codes a post, kept as the distinct sets and each post's index among them."""

    distinct: Sequence[frozenset[str]]
    index: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """The structured side of one or many posts; arrays of one length, nan where a post is silent.

    `trl` is what a need requires or an achievement has, `money` a need's upper budget or an achievement's price,
    `modes` the forms that answer a need or that an achievement offers, `region` a GB/T 2260 code as a number.
    """

    trl: Array
    money: Array
    region: Array
    nodes: SetColumn
    industries: SetColumn
    modes: SetColumn


def signals(needs: Columns, achievements: Columns, graph: Graph) -> dict[str, Array]:
    """All structured fits, by name; O(posts) and for the sets O(distinct sets)."""
    return {
        "nodes": _by_sets(needs.nodes, achievements.nodes, lambda a, b: node_fit(a, b, graph)),
        "trl": trl_fit(achievements.trl, needs.trl),
        "price": price_fit(achievements.money, needs.money),
        "industries": _by_sets(needs.industries, achievements.industries, lambda a, b: float(bool(a & b))),
        "form": _by_sets(needs.modes, achievements.modes, lambda a, b: 1.0 if a & b else OTHER_FORM),
        "region": region_fit(needs.region, achievements.region),
    }


def node_fit(left: frozenset[str], right: frozenset[str], graph: Graph) -> float:
    """The fit of the two nearest nodes."""
    hops = nearest(left, right, graph)
    return 0.0 if hops is None else NODE_FIT[hops[0]]


def nearest(left: frozenset[str], right: frozenset[str], graph: Graph) -> tuple[int, str, str] | None:
    """The least distance between two sets of nodes and the pair that has it, if it is near enough to count."""
    pairs = ((hops, a, b) for a in left for b, hops in graph.within(a, len(NODE_FIT) - 1).items() if b in right)
    return min(pairs, default=None)


def trl_fit(has: Array, needs: Array) -> Array:
    return np.clip(1.0 - TRL_STEP * np.maximum(needs - has, 0.0), 0.0, 1.0)


def price_fit(price: Array, budget: Array) -> Array:
    """1 within the budget, above it the share of the price that the budget covers."""
    return np.where(price > budget, np.maximum(budget, 0.0) / np.maximum(price, 1e-9), 1.0 + 0.0 * (price + budget))


def region_fit(left: Array, right: Array) -> Array:
    """The same city 1, the same province a little less; the first two digits of a GB/T 2260 code are the province."""
    province = np.floor(left / 10_000) == np.floor(right / 10_000)
    city = (left == right) & (left % 10_000 != 0)
    fit = np.where(city, 1.0, np.where(province, SAME_PROVINCE, OTHER_REGION))
    return np.where(np.isnan(left + right), np.nan, fit)


def _by_sets(left: SetColumn, right: SetColumn, fit: Callable[[frozenset[str], frozenset[str]], float]) -> Array:
    table = np.array([[fit(a, b) if a and b else np.nan for b in right.distinct] for a in left.distinct])
    found: Array = table.reshape(len(left.distinct), len(right.distinct))[left.index, right.index]
    return found
