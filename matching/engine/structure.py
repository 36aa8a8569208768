"""Structured fit: chain, industry, readiness, price, region and form of cooperation, each in 0..1.

A fit is nan where one of the posts is silent: absent, never 0.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.storage import Side

if TYPE_CHECKING:
    from matching.engine.reading import Profile

Array = NDArray[np.floating]

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


def signals(need: "Profile", achievements: Side, graph: Graph) -> dict[str, Array]:
    """All structured fits of one need with every place, by name. O(posts)."""
    industries = dict.fromkeys(need.industries, 1.0)
    return {
        "nodes": _by_set(achievements, "nodes", node_worth(need.nodes, graph)),
        "trl": trl_fit(achievements.numbers("trl"), np.array(need.trl, dtype=np.float32)),
        "price": price_fit(achievements.numbers("money"), np.array(need.money, dtype=np.float32)),
        "industries": _by_set(achievements, "industries", industries),
        "form": _by_set(achievements, "modes", dict.fromkeys(need.modes, 1.0), OTHER_FORM),
        "region": region_fit(np.array(need.region, dtype=np.float32), achievements.numbers("region")),
    }


def node_worth(nodes: frozenset[str], graph: Graph) -> dict[str, float]:
    """What each node near these is worth, by the least distance to any of them."""
    worth: dict[str, float] = {}
    for start in nodes:
        for node, hops in graph.within(start, len(NODE_FIT) - 1).items():
            worth[node] = max(worth.get(node, 0.0), NODE_FIT[hops])
    return worth


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


def _by_set(side: Side, name: str, worth: Mapping[str, float], otherwise: float = 0.0) -> Array:
    return side.sets(name, worth, otherwise) if worth else np.full(len(side), np.float32(np.nan))
