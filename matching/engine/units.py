"""Units of measurement as they are written in posts, and the way from one to another.

Conversion factors are those of the SI brochure (9th ed.) and ISO 80000; hardness scales and counts of things convert
only into themselves.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """`value in base units = value * factor + offset`; two units compare if their dimensions are equal."""

    factor: float
    dimension: Dimension
    offset: float = 0.0


def _dimension(**powers: int) -> Dimension:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


_FORCE = _dimension(kg=1, m=1, s=-2)
_PRESSURE = _dimension(kg=1, m=-1, s=-2)
_ENERGY = _dimension(kg=1, m=2, s=-2)
_POWER = _dimension(kg=1, m=2, s=-3)
_VOLTAGE = _dimension(kg=1, m=2, s=-3, A=-1)
_RESISTANCE = _dimension(kg=1, m=2, s=-3, A=-2)
_TIME = _dimension(s=1)
_ANGLE = _dimension(deg=1)
_SHARE: Dimension = (("%", 1),)
_ONE: Final = Unit(1.0, ())

# Those that take prefixes, in base units without a prefix.
_PREFIXED: Final[dict[str, Unit]] = {
    "m": Unit(1.0, _dimension(m=1)),
    "g": Unit(1e-3, _dimension(kg=1)),
    "s": Unit(1.0, _TIME),
    "N": Unit(1.0, _FORCE),
    "Pa": Unit(1.0, _PRESSURE),
    "J": Unit(1.0, _ENERGY),
    "W": Unit(1.0, _POWER),
    "Hz": Unit(1.0, _dimension(s=-1)),
    "V": Unit(1.0, _VOLTAGE),
    "A": Unit(1.0, _dimension(A=1)),
    "Ω": Unit(1.0, _RESISTANCE),
    "L": Unit(1e-3, _dimension(m=3)),
    "rad": Unit(180 / math.pi, _ANGLE),
    "T": Unit(1.0, _dimension(kg=1, s=-2, A=-1)),
}
_PREFIXES: Final = {"n": 1e-9, "μ": 1e-6, "u": 1e-6, "m": 1e-3, "c": 1e-2, "d": 1e-1, "k": 1e3, "M": 1e6, "G": 1e9}
_PLAIN: Final[dict[str, Unit]] = {
    "min": Unit(60.0, _TIME),
    "h": Unit(3600.0, _TIME),
    "d": Unit(86400.0, _TIME),
    "t": Unit(1000.0, _dimension(kg=1)),
    "bar": Unit(1e5, _PRESSURE),
    "K": Unit(1.0, _dimension(K=1)),
    "°C": Unit(1.0, _dimension(K=1), 273.15),
    "r": _ONE,
    "1": _ONE,
    "rpm": Unit(1 / 60.0, _dimension(s=-1)),
    "°": Unit(1.0, _ANGLE),
    "′": Unit(1 / 60.0, _ANGLE),
    "′′": Unit(1 / 3600.0, _ANGLE),
    "%": Unit(1.0, _SHARE),
    "‰": Unit(0.1, _SHARE),
    "ppm": Unit(1e-4, _SHARE),
    "dB": Unit(1.0, (("dB", 1),)),
}
_NAMES: Final = {
    "arcsec": "′′",
    "arcmin": "′",
    "deg": "°",
    "角秒": "′′",
    "角分": "′",
    "度": "°",
    '"': "′′",
    "'": "′",
    "''": "′′",
    "”": "′′",
    "’": "′",
    "℃": "°C",
    "摄氏度": "°C",
    "C": "°C",
    "纳米": "nm",
    "微米": "μm",
    "毫米": "mm",
    "厘米": "cm",
    "米": "m",
    "秒": "s",
    "分": "min",
    "分钟": "min",
    "小时": "h",
    "hr": "h",
    "hours": "h",
    "hour": "h",
    "sec": "s",
    "天": "d",
    "日": "d",
    "day": "d",
    "days": "d",
    "克": "g",
    "千克": "kg",
    "公斤": "kg",
    "吨": "t",
    "牛": "N",
    "千瓦": "kW",
    "兆帕": "MPa",
    "转": "r",
    "rev": "r",
    "l": "L",
    "升": "L",
    "Nm": "N·m",
    "kWh": "kW·h",
    "pct": "%",
    "percent": "%",
}
# In the wrong case still clear (mw would not be: milliwatt or megawatt?).
_CLEAR = "nm μm mm cm m kg Pa kPa MPa GPa N kN kW kV Hz kHz MHz GHz dB rpm K min h °C ppm bar"
_CARELESS: Final = {right.lower(): right for right in _CLEAR.split()}
_FACTOR = re.compile(r"(?P<symbol>.*?)(?:\^?(?P<power>-?\d))?", re.DOTALL)


def parse(text: str) -> Unit:
    """The unit that a text writes; an unknown symbol becomes a dimension of its own. Never raises."""
    spelt = unicodedata.normalize("NFKC", text).replace("µ", "μ").replace("−", "-")
    spelt = re.sub(r"\s*([·⋅*×•]|(?<=[A-Za-z])\s(?=[A-Za-z]))\s*", "·", spelt.strip())
    spelt = spelt.replace(" ", "")
    if not spelt:
        return _ONE
    above, *below = spelt.split("/")
    unit = _product(above)
    for part in below:
        unit = _times(unit, _product(part), -1)
    # Nonsense such as nm9·nm9·nm9·nm9 leaves the range of floats; it is then a unit of its own.
    return unit if 1e-200 < unit.factor < 1e200 else Unit(1.0, ((spelt, 1),))


def in_base(value: float, unit: Unit, *, difference: bool = False) -> float:
    """The value in base units; a `difference` of two readings has no offset (15 °C of rise are 15 K)."""
    return value * unit.factor + (0.0 if difference else unit.offset)


def convert(value: float, source: str, to: str, *, difference: bool = False) -> float | None:
    """The value of one unit in another, or None if the two measure different things."""
    before, after = parse(source), parse(to)
    if before.dimension != after.dimension:
        return None
    return (in_base(value, before, difference=difference) - (0.0 if difference else after.offset)) / after.factor


def _product(text: str) -> Unit:
    text = _NAMES.get(text, text)
    unit = _ONE
    factors = [part for part in text.split("·") if part]
    if len(factors) == 1 and (alone := _symbol(factors[0])) is not None:
        return alone
    for factor in factors:
        unit = _times(unit, _power(factor), 1)
    return unit


def _power(text: str) -> Unit:
    match = _FACTOR.fullmatch(text)
    known = _symbol(match["symbol"]) if match else None
    if match is None or known is None:
        return Unit(1.0, ((text, 1),))
    return known if match["power"] is None else _times(_ONE, known, int(match["power"]))


def _symbol(text: str) -> Unit | None:
    for spelling in (_NAMES.get(text, text), _CARELESS.get(text.lower(), "")):
        if found := _PLAIN.get(spelling) or _PREFIXED.get(spelling):
            return found
        prefix, base = _PREFIXES.get(spelling[:1]), _PREFIXED.get(spelling[1:])
        if prefix is not None and base is not None:
            return Unit(prefix * base.factor, base.dimension)
    return None


def _times(left: Unit, right: Unit, power: int) -> Unit:
    """left · right^power; a compound has no offset, so °C inside one means the interval."""
    powers = dict(left.dimension)
    for name, exponent in right.dimension:
        powers[name] = powers.get(name, 0) + exponent * power
    dimension = tuple(sorted((name, exponent) for name, exponent in powers.items() if exponent))
    offset = right.offset if left == _ONE and power == 1 else 0.0
    return Unit(left.factor * right.factor**power, dimension, offset)
