"""Rules of the administrators, applied to a ranked list after the ranker: must have, exclude, promote, demote.

Pure functions. A rule looks at one stated fact of the achievement; what is not stated satisfies nothing: it fails a
"must have" and triggers none of the others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from matching.engine.documents import AchievementDocument, NeedDocument, Suggestion

Effect = Literal["must_have", "exclude", "promote", "demote"]
Operator = Literal["is", "at_least", "at_most", "begins", "same"]
Value = str | float


@dataclass(frozen=True, slots=True)
class Rule:
    """What the achievement must be like (`field operator value`), and what follows; `strength` lies in 0..1.

    `chain` limits it to needs on that chain, "" means everywhere.
    """

    id: int
    chain: str
    field: str
    operator: Operator
    value: str
    effect: Effect
    strength: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An achievement as rules see it: what it states, with facts that the engine itself does not rank by."""

    document: AchievementDocument
    facts: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Applied:
    """A suggestion after the rules: its new score, what it was before them, and the rules that moved it."""

    suggestion: Suggestion
    before: float
    rules: tuple[int, ...]


# The facts that the engine's own document holds; the others come with the candidate.
STATED: Final[Mapping[str, Callable[[AchievementDocument], frozenset[Value]]]] = {
    "trl": lambda document: _some(document.trl),
    "price": lambda document: _some(document.price),
    "region": lambda document: _some(document.region or None),
    "node": lambda document: frozenset(document.nodes),
    "industry": lambda document: frozenset(document.industries),
    "offer_mode": lambda document: frozenset(document.offer_modes),
    "figures": lambda document: frozenset([float(len(document.benefits))]),
}


def apply(
    rules: Sequence[Rule], need: NeedDocument, chains: frozenset[str], found: Sequence[tuple[Suggestion, Candidate]]
) -> list[Applied]:
    """The list after the rules for this need (on these chains), best first, ties as they were. O(rules · found)."""
    mine = [rule for rule in rules if not rule.chain or rule.chain in chains]
    kept = []
    for place, (suggestion, candidate) in enumerate(found):
        meant = [rule for rule in mine if holds(rule, need, candidate)]
        if any(rule.effect == "exclude" for rule in meant):
            continue
        if any(rule.effect == "must_have" and rule not in meant for rule in mine):
            continue
        moving = [rule for rule in meant if rule.effect in ("promote", "demote")]
        score = suggestion.score
        for rule in moving:
            score = moved(score, rule)
        applied = Applied(replace(suggestion, score=score), suggestion.score, tuple(rule.id for rule in moving))
        kept.append((-score, place, applied))
    return [applied for _score, _place, applied in sorted(kept, key=lambda each: each[:2])]


def moved(score: float, rule: Rule) -> float:
    """The score after a rule that promotes (part of the way to 1) or demotes (part of the way to 0)."""
    if rule.effect == "promote":
        return round(score + rule.strength * (1.0 - score), 6)
    return round(score * (1.0 - rule.strength), 6)


def highest_before(score: float, strength: float) -> float:
    """The least score before a promotion of this strength that reaches `score` after it; never below 0."""
    return max((score - strength) / (1.0 - strength), 0.0) if strength < 1.0 else 0.0


def holds(rule: Rule, need: NeedDocument, candidate: Candidate) -> bool:
    """Whether what the achievement states satisfies the rule; False where it states nothing."""
    if rule.field in STATED:
        stated = STATED[rule.field](candidate.document)
    else:
        stated = frozenset[Value](candidate.facts.get(rule.field, frozenset()))
    return any(satisfied(rule, fact, need) for fact in stated)


def satisfied(rule: Rule, fact: Value, need: NeedDocument) -> bool:
    """Whether one fact satisfies the rule."""
    if rule.operator == "same":
        return isinstance(fact, str) and len(need.region) >= 2 and fact[:2] == need.region[:2]
    if isinstance(fact, str):
        return fact.startswith(rule.value) if rule.operator == "begins" else fact == rule.value
    wanted = float(rule.value)
    return fact >= wanted if rule.operator == "at_least" else fact <= wanted


def _some(value: Value | None) -> frozenset[Value]:
    return frozenset() if value is None else frozenset([value if isinstance(value, str) else float(value)])
