"""The tokens' colours keep WCAG 2.2 AA on light and on dark paper, computed from the style sheet itself."""

import math
import re
from pathlib import Path

import pytest

import web

TOKENS = Path(web.__file__).parent / "static" / "web" / "css" / "tokens.css"
PAIR = re.compile(r"--([a-z-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\);")

GROUNDS = ("paper", "surface", "sunken")
TEXT = [(ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "accent") for ground in GROUNDS]
TEXT += [(f"{hue}-ink", ground) for hue in ("timber", "jade", "slate", "seal", "wait", "fault") for ground in GROUNDS]
TEXT += [(f"{hue}-ink", f"{hue}-wash") for hue in ("timber", "jade", "slate", "seal", "wait", "fault")]
TEXT += [("ink", f"{hue}-wash") for hue in ("timber", "jade", "slate", "seal", "wait", "fault")]
TEXT += [("accent-ink", "accent"), ("on-seal", "seal"), ("ink", "mark")]
SHAPES = [
    (hue, ground) for hue in ("timber", "jade", "slate", "seal", "line-strong") for ground in ("paper", "surface")
]


def luminance(oklch: str) -> float:
    """Relative luminance (WCAG) of an OKLCH colour, by way of linear sRGB (Björn Ottosson, 2020)."""
    lightness, chroma, hue = (float(part) for part in oklch.split())
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return sum(weight * min(1.0, max(0.0, part)) for weight, part in ((0.2126, red), (0.7152, green), (0.0722, blue)))


def colours(scheme: int) -> dict[str, str]:
    """Token → OKLCH in the light (0) or dark (1) scheme."""
    return {name: (light, dark)[scheme] for name, light, dark in PAIR.findall(TOKENS.read_text())}


def contrast(first: str, second: str, scheme: int) -> float:
    """The contrast ratio of two tokens."""
    known = colours(scheme)
    bright, dark = sorted((luminance(known[first]), luminance(known[second])), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_computation_agrees_with_black_on_white() -> None:
    assert luminance("1 0 0") == pytest.approx(1, abs=1e-3)
    assert luminance("0 0 0") == pytest.approx(0, abs=1e-6)
    # oklch(0.627955 0.257683 29.2339) is pure sRGB red.
    assert luminance("0.627955 0.257683 29.2339") == pytest.approx(0.2126, abs=1e-3)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(ink: str, ground: str, scheme: int) -> None:
    assert contrast(ink, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_and_borders_of_controls_stand_out(shape: str, ground: str, scheme: int) -> None:
    assert contrast(shape, ground, scheme) >= 3
