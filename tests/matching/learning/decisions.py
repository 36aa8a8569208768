"""Decisions as people with a taste of their own would take them, for tests of learning."""

import random
from collections.abc import Callable

from matching.learning.training import Decision

Taste = Callable[[dict[str, float]], float]


def by_nodes(signals: dict[str, float]) -> float:
    """People who care for the place on the chain, whatever the engine says."""
    return signals["nodes"]


def by_engine(signals: dict[str, float]) -> float:
    """People who agree with the engine."""
    return signals["engine"]


def decisions(needs: int, taste: Taste, *, each: int = 6, noise: float = 0.05, seed: int = 1) -> list[Decision]:
    """So many decisions on every need; the best half by taste is wanted."""
    chance = random.Random(seed)
    found = []
    for need in range(1, needs + 1):
        rows = [{name: round(chance.random(), 4) for name in ("engine", "nodes", "trl")} for _ in range(each)]
        ranked = sorted(rows, key=lambda row: -taste(row) + noise * chance.random())
        for place, row in enumerate(ranked):
            grade = 2 if place < each // 3 else (1 if place < each // 2 else 0)
            found.append(Decision(need, 1000 * need + place, grade, 1.0, place + 1, row))
    return found
