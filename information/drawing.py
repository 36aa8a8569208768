"""Drawing a directed graph from left to right: which column each node stands in, in which row, and how lines run.

Functions of codes and pairs of codes; nothing here knows what the nodes are.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Link = tuple[str, str]

WIDTH: Final = 160
HEIGHT: Final = 74
GAP_X: Final = 40
GAP_Y: Final = 18
SWEEPS: Final = 6
LINE: Final = 138
"""Room for a line of a label, in units of the drawing."""


@dataclass(frozen=True)
class Spot:
    """Where a node stands."""

    code: str
    x: int
    y: int


@dataclass(frozen=True)
class Curve:
    """A line from the right side of one node to the left side of another, as an SVG path."""

    source: str
    target: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """A graph ready to be drawn."""

    spots: list[Spot]
    curves: list[Curve]
    width: int
    height: int
    node_width: int = WIDTH
    node_height: int = HEIGHT


def drawn(nodes: Sequence[str], links: Iterable[Link]) -> Drawing:
    """The drawing of a graph without circles; links to nodes that are not there are left out."""
    known = set(nodes)
    kept = sorted({(source, target) for source, target in links if source in known and target in known})
    rows = arranged(columns(nodes, kept), kept)
    tallest = max((len(column) for column in rows), default=0)
    height = max(0, tallest * (HEIGHT + GAP_Y) - GAP_Y)
    spots = {}
    for number, column in enumerate(rows):
        top = (height - (len(column) * (HEIGHT + GAP_Y) - GAP_Y)) // 2
        for place, code in enumerate(column):
            spots[code] = Spot(code, number * (WIDTH + GAP_X), top + place * (HEIGHT + GAP_Y))
    width = max(0, len(rows) * (WIDTH + GAP_X) - GAP_X)
    curves = [Curve(source, target, curve(spots[source], spots[target])) for source, target in kept]
    return Drawing([spots[code] for code in nodes], curves, width, height)


def columns(nodes: Sequence[str], links: Sequence[Link]) -> list[list[str]]:
    """Each node one column after the last of those that feed it (longest path)."""
    feeding: Mapping[str, list[str]] = {node: [s for s, t in links if t == node] for node in nodes}
    depth: dict[str, int] = {}
    waiting = list(nodes)
    while waiting:
        free = [node for node in waiting if all(source in depth for source in feeding[node])]
        # A circle cannot be loaded; were there one, its nodes would stand in the first column.
        for node in free or waiting:
            depth[node] = 1 + max((depth.get(source, -1) for source in feeding[node]), default=-1)
        waiting = [node for node in waiting if node not in depth]
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in nodes:
        found[depth[node]].append(node)
    return found


def arranged(found: list[list[str]], links: Sequence[Link]) -> list[list[str]]:
    """The same columns, each ordered by the mean row of its neighbours, forth and back, so that few lines cross."""
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for column in found if forth else reversed(found):
            rows = {code: place / max(1, len(each) - 1) for each in found for place, code in enumerate(each)}
            near = {
                code: [rows[s] for s, t in links if t == code] if forth else [rows[t] for s, t in links if s == code]
                for code in column
            }
            column.sort(key=lambda code: sum(near[code]) / len(near[code]) if near[code] else rows[code])
    return found


def curve(source: Spot, target: Spot) -> str:
    """A line that leaves and arrives level."""
    x1, y1 = source.x + WIDTH, source.y + HEIGHT // 2
    x2, y2 = target.x, target.y + HEIGHT // 2
    bend = GAP_X // 2 + (x2 - x1) // 4
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"


def lines(label: str, room: int = LINE, most: int = 2) -> list[str]:
    """A label broken into lines that fit, the last with an ellipsis if something is left over."""
    found, line = [], ""
    for piece in pieces(label):
        if line and extent(line + piece.rstrip()) > room:
            found.append(line.rstrip())
            line = ""
        line += piece
    found.append(line.rstrip())
    if len(found) > most:
        found = [*found[: most - 1], found[most - 1] + "…"]
    return [line for line in found if line]


def pieces(label: str) -> list[str]:
    """What a line may break between: words with their spaces, and single Chinese characters."""
    found: list[str] = []
    for character in label:
        if found and not wide(character) and not found[-1].endswith(" ") and not wide(found[-1][-1]):
            found[-1] += character
        else:
            found.append(character)
    return found


def extent(text: str) -> int:
    """About how wide a text of 13 units of height is."""
    return sum(13 if wide(character) else 7 for character in text)


def wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}
