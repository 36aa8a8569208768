"""The geometry of small charts that templates draw as SVG. Plain figures in, plain figures out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from contracts.sharing import Year

WIDTH, HEIGHT, LEFT, BELOW = 640, 240, 8, 28


class Series(NamedTuple):
    """One line of a chart: its points as SVG wants them, where it ends, and its last value."""

    points: str
    end_x: float
    end_y: float
    last: Decimal


class Tick(NamedTuple):
    """A mark on the time axis."""

    x: float
    label: int


class Chart(NamedTuple):
    """Everything that the drawing needs; the height is where nought lies."""

    width: int
    height: int
    base: int
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]
    highest: Decimal


def royalty_chart(scenarios: Sequence[Sequence[Year]]) -> Chart:
    """What has been paid in all, year by year, one line a scenario, on a common scale."""
    highest = max((years[-1].sum for years in scenarios), default=Decimal(0)) or Decimal(1)
    base, top, right = HEIGHT - BELOW, 16, 16
    steps = max(len(scenarios[0]) - 1, 1)

    def x(number: int) -> float:
        return round(LEFT + (WIDTH - LEFT - right) * number / steps, 1)

    def y(value: Decimal) -> float:
        return round(base - (base - top) * float(value / highest), 1)

    lines = tuple(
        Series(
            " ".join(f"{x(year.number)},{y(year.sum)}" for year in years),
            x(years[-1].number),
            y(years[-1].sum),
            years[-1].sum,
        )
        for years in scenarios
    )
    return Chart(WIDTH, HEIGHT, base, lines, tuple(Tick(x(year.number), year.number) for year in scenarios[0]), highest)
