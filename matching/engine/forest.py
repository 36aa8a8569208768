"""Boosted trees evaluated as tables, without the library that grew them.

Lucchese et al., "QuickScorer" (2015), in array form. A node that a candidate fails rules out the leaves of its left
subtree; what is left after all nodes, the lowest leaf is the one reached. The nodes that a value fails depend only on
its place among the thresholds of its feature, so the surviving leaves of all trees are one table row a place: scoring
is a look-up and an AND for each feature, whatever the depth of the trees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

# One byte holds the leaves of a tree.
LEAVES: Final = 8
_ALL: Final = np.uint8(0xFF)
# The place of the lowest bit of every byte.
_LOWEST: Final = np.array([(byte & -byte).bit_length() - 1 if byte else 0 for byte in range(256)], dtype=np.uint8)

Array = NDArray[np.float64]
Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Node:
    """A question of a tree: to the left with `value <= threshold`; `left` are the leaves lost by going right."""

    tree: int
    threshold: float
    left: int
    right: int
    absent_left: bool


class Forest:
    """Trees as LightGBM dumps them: `{"split_feature", "threshold", "left_child", "right_child", …}` by node."""

    def __init__(self, trees: Sequence[Tree], width: int) -> None:
        self.trees = [dict(tree) for tree in trees]
        self._leaves = np.zeros((len(trees), LEAVES))
        by_feature: dict[int, list[_Node]] = {}
        for number, tree in enumerate(trees):
            values = tree["leaf_value"]
            if len(values) > LEAVES:
                raise ValueError(f"A tree has {len(values)} leaves; {LEAVES} is the most.")
            self._leaves[number, : len(values)] = values
            for feature, node in _nodes(number, tree):
                if not 0 <= feature < width:
                    raise ValueError(f"A tree asks for feature {feature} of {width}.")
                by_feature.setdefault(feature, []).append(node)
        self._tables = [(feature, *_table(nodes, len(trees))) for feature, nodes in sorted(by_feature.items())]
        self._flat = self._leaves.ravel()
        self._offsets = np.arange(len(trees), dtype=np.int32) * LEAVES

    def sums(self, features: NDArray[np.float32]) -> Array:
        """The sum over the trees for every row; nan marks an absent feature. O(rows · (features + trees))."""
        if not self.trees:
            return np.zeros(len(features))
        left = np.full((len(features), len(self.trees)), _ALL)
        for feature, thresholds, rows in self._tables:
            values = features[:, feature].astype(np.float64)
            places = np.searchsorted(thresholds, values, side="left")
            places[np.isnan(values)] = len(thresholds) + 1
            left &= rows[places]
        reached = _LOWEST[left] + self._offsets
        total: Array = self._flat[reached].sum(axis=1)
        return total


def tree(dumped: Mapping[str, Any]) -> Tree:
    """One tree of `Booster.dump_model()["tree_info"]` in flat form; leaves are written as ~number."""
    flat: dict[str, list[Any]] = {name: [] for name in ("feature", "threshold", "children", "absent_left")}
    leaves: list[float] = []

    def visit(node: Mapping[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(float(node["leaf_value"]))
            return ~(len(leaves) - 1)
        place = len(flat["feature"])
        flat["feature"].append(int(node["split_feature"]))
        flat["threshold"].append(float(node["threshold"]))
        flat["children"].append([0, 0])
        # Without a missing value in training LightGBM reads one as 0.
        known = node["missing_type"] == "NaN"
        flat["absent_left"].append(bool(node["default_left"]) if known else node["threshold"] >= 0)
        flat["children"][place] = [visit(node["left_child"]), visit(node["right_child"])]
        return place

    visit(dumped["tree_structure"])
    return {**flat, "leaf_value": leaves}


def _nodes(number: int, tree: Tree) -> list[tuple[int, _Node]]:
    """The questions of a tree by feature, with the leaves below either side as bits, numbered from the left."""
    found: list[tuple[int, _Node]] = []

    def below(place: int) -> int:
        if place < 0:
            return 1 << ~place
        left, right = (below(child) for child in tree["children"][place])
        node = _Node(number, tree["threshold"][place], left, right, tree["absent_left"][place])
        found.append((tree["feature"][place], node))
        return left | right

    if tree["feature"]:
        below(0)
    return found


def _table(nodes: Sequence[_Node], trees: int) -> tuple[Array, NDArray[np.uint8]]:
    """The thresholds of a feature in order, and the surviving leaves of all trees by place among them.

    Row k is for a value above k thresholds; the row after the last for an absent one, which may go either way.
    """
    order = sorted(nodes, key=lambda node: node.threshold)
    rows = np.full((len(order) + 2, trees), _ALL)
    for place, node in enumerate(order):
        rows[place + 1 : -1, node.tree] &= ~np.uint8(node.left)
    for node in nodes:
        # Going left never excludes the right leaves, the lower bits win; an absent value excludes what it passes by.
        rows[-1, node.tree] &= ~np.uint8(node.right if node.absent_left else node.left)
    return np.array([node.threshold for node in order]), rows
