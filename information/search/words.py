"""From text to the words that are kept and asked for: Chinese words with their parts, English stems, models whole.

Both languages share one index: Chinese comes out of segmentation, English out of the Snowball stemmer that PostgreSQL's
`english` uses. Spelling is folded first: width, case, and traditional to simplified characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import rjieba
from Stemmer import Stemmer

LONGEST: Final = 40
"""Longer "words" are keyboard noise or encoded data."""
HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
SCAN: Final = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+(?:[-./][^\W_{HAN}]+)*)")
JOINT: Final = re.compile(r"[-./]")
SILENT: Final = """
a an and are as at be by can for from has have in into is it its of on or that the their this to was were which will
with within 的 了 和 与 及 或 在 是 为 对 于 等 中 其 以 可 能 将 把 被 从 到 由 并 而 及其 以及 进行 通过 一种 具有
"""
EMPTY_WORDS: Final = frozenset(SILENT.split())


class Word(NamedTuple):
    """One word of a text: its normal forms (the word itself first, then its parts), and as it was written."""

    forms: tuple[str, ...]
    written: str


def fold(text: str) -> str:
    """The text in one spelling: NFKC, lower case, simplified characters; "軸承" and "轴承" become the same."""
    return unicodedata.normalize("NFKC", text).lower().translate(simplified())


@cache
def simplified() -> dict[int, str]:
    """Simplified forms of traditional characters, one to one, from OpenCC's table."""
    table = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(pair[0]): pair[1].split(" ")[0] for pair in pairs if len(pair[0]) == 1}


def words(text: str) -> Iterator[Word]:
    """Every word of the text in order, without those that tell nothing. Takes any string; linear in its length."""
    for found in SCAN.finditer(fold(text)):
        if found.lastgroup == "han":
            yield from chinese(found.group())
        elif word := foreign(found.group()):
            yield word


def chinese(run: str) -> Iterator[Word]:
    """The words of a run of Han characters; a long word brings the shorter words in it as its parts."""
    for word in rjieba.cut(run):
        if word in EMPTY_WORDS or len(word) > LONGEST:
            continue
        parts = [part for part in rjieba.cut_for_search(word) if part != word] if len(word) > 2 else []
        yield Word((word, *parts), word)


def foreign(word: str) -> Word | None:
    """A word in Latin or another alphabet: stemmed; what holds a digit, or joins words, is also kept whole."""
    if len(word) > LONGEST:
        return None
    parts = [part for part in JOINT.split(word) if part]
    if len(parts) > 1:
        stems = [stem(part) for part in parts if len(part) > 1]
        return Word((word, *stems), word)
    if word in EMPTY_WORDS:
        return None
    return Word((stem(word),), word)


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """The English stem: "bearings" → "bear". What holds a digit stays as it is."""
    return word if any(character.isdigit() for character in word) else str(Stemmer("english").stemWord(word))


def is_chinese(form: str) -> bool:
    """Whether a normal form is written in Han characters."""
    return "\u3007" <= form[:1] <= "\ufaff"
