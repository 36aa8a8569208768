"""typst with the fonts that come with packages: the same on every machine, and no missing glyph goes unnoticed."""

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from justmytype_intl_cjk import get_font_pack

FOLDER = Path(__file__).parent
STANDARDS: "list[typst.PDFStandard]" = ["a-2b"]
PAGE_HEIGHT = 841.89
"""A4, in points."""
REFUSED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Mn", "Mc", "Me"})
"""Categories of characters that cannot be read off the paper again: controls, those that turn the direction, private
and unassigned ones, and marks that stand on another character."""
LOOK_ALIKES = frozenset(map(chr, range(0x2E80, 0x2FE0))) | {"\uff9e", "\uff9f"}
"""Radicals, which look like the characters that they are a part of and come out of the file as those, and half-width
marks, which stand on another character as well."""


class Unprintable(ValueError):
    """Some characters cannot be printed; `characters` are those, in the order in which they occur."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        named = ", ".join(
            f"{each} (U+{ord(each):04X})" if each.isprintable() else f"U+{ord(each):04X}" for each in characters
        )
        super().__init__(
            _(
                "These characters cannot be printed on the contract: %(characters)s."
                " Replace them, in a name by a variant that can be printed."
            )
            % {"characters": named}
        )


class TypesettingFault(RuntimeError):
    """The paper could not be set, or not without a warning."""


def typeset(template: str, data: Any) -> bytes:
    """The PDF/A-2b that a template of this folder makes of the data; same template and data, same bytes.

    Raises TypesettingFault on any error or warning.
    """
    try:
        made, warnings = compiler(template, data).compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    except typst.TypstError as fault:
        raise TypesettingFault(fault.message) from fault
    if warnings or not isinstance(made, bytes):
        raise TypesettingFault("; ".join(each.message for each in warnings))
    return made


def places(template: str, data: Any) -> list[Any]:
    """What a template marks as `<signature>`: {"role", "page" (from 1), "x", "y" (points from the upper left)}."""
    found: list[Any] = json.loads(compiler(template, data).query("<signature>", field="value"))
    return found


def compiler(template: str, data: Any) -> typst.Compiler:
    """A compiler for one use, since none can be shared between threads; it knows our fonts and no others."""
    return typst.Compiler(
        (FOLDER / template).read_bytes(),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def font_folder() -> Path:
    """Where Noto Sans SC lies."""
    return Path(get_font_pack().get_font_directories()[0]) / "ofl" / "notosanssc"


@cache
def fonts() -> typst.Fonts:
    """typst's own fonts (Libertinus Serif, DejaVu Sans Mono) and Noto Sans SC."""
    return typst.Fonts(include_system_fonts=False, font_paths=[font_folder()])


@cache
def chinese_repertoire() -> frozenset[int]:
    """The code points of Noto Sans SC."""
    with TTFont(font_folder() / "NotoSansSC[wght].ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def unprintable(text: str) -> str:
    """The characters of the text that no font of ours has, each once, in the order in which they occur."""
    return "".join(each for each in dict.fromkeys(text) if not printable(each))


def printable(character: str) -> bool:
    """Whether the paper can show it; line ends and tabs count as blanks."""
    if character in "\n\t":
        return True
    if unicodedata.category(character) in REFUSED or character in LOOK_ALIKES:
        return False
    return ord(character) in chinese_repertoire() or printable_otherwise(character)


@lru_cache(maxsize=4096)
def printable_otherwise(character: str) -> bool:
    """Whether a font besides the Chinese one has it: typst refuses PDF/A with a glyph that is missing."""
    try:
        typeset("character.typ", character)
    except TypesettingFault:
        return False
    return True
