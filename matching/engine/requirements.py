"""Targets of a need held against the figures of an achievement.

Two figures are held to be about the same thing if their units measure the same dimension and their names share the
head word (温升, runout) or most of their words. Where that is in doubt the verdict is "unknown", never "missed".
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matching.engine import units
from matching.engine.analysis import LANGUAGES, Analyzer, Language
from matching.engine.documents import Benefit, Requirement, Target

# Words that name a kind of quantity but not which one; alone they align nothing.
_GENERIC = """
精度 误差 效率 速度 时间 温度 强度 寿命 压力 比例 程度 数量 范围 能力 水平 指标 性能 稳定性 变化 偏差 波动 周期
系数 比率 accuraci error effici speed time temperatur strength life pressur ratio level rate valu number rang
capac perform stabil chang deviat variat cycl coeffici maximum minimum averag mean
"""
GENERIC: Final = frozenset(_GENERIC.split())
_GENERIC_WEIGHT: Final = 0.4
_HEAD_BONUS: Final = 0.5
ALIGNED: Final = 0.7
# "=" is met within the precision to which such figures are stated.
EQUAL_WITHIN: Final = 0.01
ROUNDING: Final = 1e-9
MISSED_AT_MOST: Final = 0.3
_DIFFERENCE: Final = re.compile(
    r"\brise|differen|change|drift|fluctuat|gradient|温升|温差|升高|变化|波动|漂移|均匀|偏差|uniform"
)
_ASIDE: Final = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
# What follows such a word says where or when the quantity is taken, not which quantity it is.
_AFTER_HEAD: Final = re.compile(
    r"\b(?:of|at|in|on|under|over|per|after|for|during|with|within|from|between|before|across|along|by|to)\b|[,;:、]",
    re.IGNORECASE,
)
_OPERATORS: Final = {"≤": "<=", "≦": "<=", "=<": "<=", "≥": ">=", "≧": ">=", "=>": ">=", "==": "="}


@dataclass(frozen=True, slots=True)
class Name:
    """What a figure is called in one language: its words and the head among them ("" if there is none)."""

    words: frozenset[str]
    head: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A target or a benefit, read once: its names, its value and its unit; operator "" on the side of benefits."""

    names: tuple[Name, Name]
    value: float
    unit: units.Unit
    operator: str
    difference: bool


def read_target(target: Target, analyzer: Analyzer) -> Figure:
    """Read a target once; an operator nobody knows is kept, and leads to an unknown verdict."""
    operator = unicodedata.normalize("NFKC", target.operator.strip())
    return _read(target.parameter, target.value, target.unit, _OPERATORS.get(operator, operator), analyzer)


def read_benefit(benefit: Benefit, analyzer: Analyzer) -> Figure:
    """Read a benefit once."""
    return _read(benefit.metric, benefit.value, benefit.unit, "", analyzer)


def compare(targets: Sequence[Figure], benefits: Sequence[Figure]) -> tuple[Requirement, ...]:
    """The verdict on every target, in their order; O(targets · benefits), both a handful."""
    return tuple(_judge(index, target, benefits) for index, target in enumerate(targets))


def fit(requirements: Sequence[Requirement]) -> tuple[float, float]:
    """How well the known targets are answered, and which share of the targets is known; (nan, 0) if none is.

    A met target counts 1; a missed one falls from 0.3 (just missed) to 0 (missed by the target's own size).
    """
    known = [r for r in requirements if r.verdict != "unknown"]
    if not known:
        return math.nan, 0.0
    worth = [
        1.0 if r.verdict == "met" else MISSED_AT_MOST * max(0.0, 1.0 + (-1.0 if r.gap is None else r.gap))
        for r in known
    ]
    return math.fsum(worth) / len(known), len(known) / len(requirements)


def alignment(left: Figure, right: Figure) -> float:
    """How sure it is that two figures are about the same quantity (aligned from `ALIGNED` on); symmetric."""
    if left.unit.dimension != right.unit.dimension:
        return 0.0
    return max(_resemblance(a, b) for a, b in zip(left.names, right.names, strict=True))


def _read(name: str, value: float, unit: str, operator: str, analyzer: Analyzer) -> Figure:
    name = unicodedata.normalize("NFKC", name)
    named = {language: _name(name, language, analyzer) for language in LANGUAGES}
    difference = _DIFFERENCE.search(name.lower()) is not None
    return Figure((named["zh"], named["en"]), float(value), units.parse(unit), operator, difference)


def _name(text: str, language: Language, analyzer: Analyzer) -> Name:
    """Chinese and English put the head last; in English a preposition ends the noun phrase."""
    core = _ASIDE.sub(" ", text)
    words = [word for script, word in analyzer.words(core) if script == language]
    leading = _AFTER_HEAD.split(core)[0] if language == "en" else core
    heads = [w for script, w in analyzer.words(leading) if script == language and (language == "zh" or len(w) > 2)]
    return Name(frozenset(words), heads[-1] if heads else "")


def _weight(words: frozenset[str]) -> float:
    return math.fsum(_GENERIC_WEIGHT if word in GENERIC else 1.0 for word in words)


def _resemblance(left: Name, right: Name) -> float:
    shared = left.words & right.words
    if not shared:
        return 0.0
    dice = 2 * _weight(shared) / (_weight(left.words) + _weight(right.words))
    if left.head != right.head or not left.head:
        return dice
    return dice + _HEAD_BONUS * (_GENERIC_WEIGHT if left.head in GENERIC else 1.0)


def _judge(index: int, target: Figure, benefits: Sequence[Figure]) -> Requirement:
    sureness, place = max(((alignment(target, b), -i) for i, b in enumerate(benefits)), default=(0.0, 0))
    unknown = Requirement(index, "unknown", None, None)
    if sureness < ALIGNED:
        return unknown
    difference = target.difference or benefits[-place].difference
    wanted = units.in_base(target.value, target.unit, difference=difference)
    has = units.in_base(benefits[-place].value, benefits[-place].unit, difference=difference)
    if not (math.isfinite(wanted) and math.isfinite(has)):
        return unknown
    met = _meets(has, target.operator, wanted)
    if met is None:
        return unknown
    return Requirement(index, "met" if met else "missed", -place, _gap(has, target.operator, wanted))


def _meets(has: float, operator: str, wanted: float) -> bool | None:
    """Whether a value satisfies the operator, None for an operator that nobody knows; rounding of units forgiven."""
    same = math.isclose(has, wanted, rel_tol=ROUNDING)
    match operator:
        case "<=":
            return has < wanted or same
        case ">=":
            return has > wanted or same
        case "<":
            return has < wanted and not same
        case ">":
            return has > wanted and not same
        case "=":
            return math.isclose(has, wanted, rel_tol=EQUAL_WITHIN)
    return None


def _gap(has: float, operator: str, wanted: float) -> float | None:
    """How far beyond the target, relative to it; None where that is no finite number."""
    beyond = (has - wanted) / abs(wanted) if wanted else math.inf
    if not math.isfinite(beyond):
        return None
    if operator == "=":
        beyond = -abs(beyond)
    elif operator in ("<=", "<"):
        beyond = -beyond
    # The sum turns -0.0 into 0.0.
    return round(beyond, 6) + 0.0
