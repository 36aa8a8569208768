"""From text to terms: Chinese words with their parts and characters, English stems, grades and measures kept whole.

What was measured on real Chinese needs: searching by words *and* their sub-words beats words alone, and the single
characters, counted as weak evidence, add again as much; they let 轴承钢 speak to 不锈钢 a little.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import rjieba
import Stemmer

from matching.engine.stopwords import CHINESE, ENGLISH

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

# A character shared by two words is weaker evidence than the word itself.
CHARACTER_WEIGHT: Final = 0.3
# A line in which a fifth of the letters is Han is a Chinese line with foreign names in it, not the reverse.
HAN_SHARE: Final = 0.2
# Longer "words" are keyboard noise or encoded data.
LONGEST: Final = 64

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_UNIT = (
    "nm|μm|um|mm|cm|dm|km|m|kpa|mpa|gpa|pa|ms|min|h|s|°c|k|%|‰|ppm|kn|n·m|nm|mn|n|rpm|r/min|db|kw|mw|w|kg|mg|g|t"
    "|μm/m|arcsec|arcmin|′′|′|°|khz|mhz|ghz|hz|hrc|hv|hb|kv|mv|v|ma|a|m/min|m/s|mm/min|l"
)
# 20,000 is one number; five groups reach beyond any figure of a text and keep the scan linear.
_GROUPED = r"\d{1,3}(?:,\d{3}){1,5}"
_HAN_LETTER = re.compile(f"[{_HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_SCAN = re.compile(
    rf"(?P<grade>(?<![\d.])\d{{2,4}}(?:号|\#)?钢)"
    rf"|(?P<measure>(?:{_GROUPED}|\d+)(?:\.\d+)?\ ?(?:{_UNIT})(?![^\W{_HAN}]))"
    rf"|(?P<number>{_GROUPED}(?:\.\d+)?(?![^\W_{_HAN}]|,\d))"
    rf"|(?P<han>[{_HAN}]+)"
    rf"|(?P<word>[^\W_{_HAN}]+(?:[-/][^\W_{_HAN}]+|\.\d[^\W_{_HAN}]*)*)"
)
_NO_PART = re.compile("[ ,]")
_JOINT = re.compile(r"[-/]")


class Term(NamedTuple):
    """An occurrence of a term: its normal form, its spelling in the text, the language of its line, its weight."""

    term: str
    surface: str
    language: Language
    weight: float


class Analyzer:
    """Turns text into terms; one per index, not for use by two threads at once (the stemmer keeps state)."""

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")
        # Few words make up most of any text: each is taken apart once.
        self._taken_apart = lru_cache(maxsize=1 << 16)(self._parts)

    def terms(self, text: str) -> Iterator[Term]:
        """Every term of the text in order, sub-words and characters beside the words they are part of.

        Accepts any string, never raises; linear in its length.
        """
        for line in text.splitlines():
            folded, starts = _fold(line)
            language = _language(folded)
            for term, start, end, weight in self._scan(folded):
                yield Term(term, line[starts[start] : starts[end]], language, weight)

    def words(self, text: str) -> list[tuple[Language, str]]:
        """The plain words of a short phrase, in order, each under the script it is written in."""
        folded, _ = _fold(text)
        return [
            ("zh" if _HAN_LETTER.match(term) else "en", term)
            for term, _, _, weight in self._scan(folded, whole=True)
            if weight == 1.0
        ]

    def _scan(self, folded: str, *, whole: bool = False) -> Iterator[tuple[str, int, int, float]]:
        for match in _SCAN.finditer(folded):
            found, start = match.group(), match.start()
            if match.lastgroup == "han":
                yield from _chinese(found, start, whole=whole)
            elif match.lastgroup == "word":
                yield from self._foreign(found, start)
            else:
                yield _NO_PART.sub("", found)[:LONGEST], start, match.end(), 1.0

    def _foreign(self, word: str, start: int) -> Iterator[tuple[str, int, int, float]]:
        for term, begin, end, weight in self._taken_apart(word):
            yield term, start + begin, start + end, weight

    def _parts(self, word: str) -> tuple[tuple[str, int, int, float], ...]:
        return tuple(self._terms_of(word))

    def _terms_of(self, word: str) -> Iterator[tuple[str, int, int, float]]:
        """Words are stemmed; what holds a digit is a grade, a model or a standard's number and stays whole."""
        start = 0
        named = any(c.isdigit() for c in word)
        parts = _JOINT.split(word)
        if len(parts) > 1 and (named or min(map(len, parts)) == 1):
            yield word[:LONGEST], start, start + len(word), 1.0
        for part in parts:
            end = start + len(part)
            if term := self._normal(part, alone=len(parts) == 1):
                yield term, start, end, 1.0
            start = end + 1

    def _normal(self, word: str, *, alone: bool) -> str:
        """The term of one unbroken word, or "" if it tells nothing (short numbers, single letters, stop words)."""
        if word.isdigit():
            return word[:LONGEST] if len(word) >= 3 else ""
        if any(c.isdigit() for c in word):
            return word[:LONGEST] if alone or len(word) >= 3 else ""
        if len(word) < 2 or word in ENGLISH:
            return ""
        return str(self._stemmer.stemWord(word[:LONGEST]))


def _chinese(run: str, start: int, *, whole: bool) -> Iterator[tuple[str, int, int, float]]:
    """Words of a run of Han characters, with offsets; sub-words and characters too unless `whole`."""
    for word, begin, end in rjieba.tokenize(run, "default" if whole else "search"):
        if word in CHINESE:
            continue
        if len(word) > 1:
            yield word[:LONGEST], start + begin, start + end, 1.0
    if whole:
        return
    for word, begin, _ in rjieba.tokenize(run):
        if word not in CHINESE:
            for place, character in enumerate(word, start + begin):
                yield character, place, place + 1, CHARACTER_WEIGHT


def _fold(line: str) -> tuple[str, list[int] | range]:
    """The line in one spelling (NFKC, lower case) and where each of its characters, and its end, stood before.

    Characters are folded one by one, so combining sequences stay apart: the price of exact offsets.
    """
    pieces = [_fold_character(c) for c in line]
    folded = "".join(pieces)
    if len(folded) == len(line) and all(pieces):
        return folded, range(len(line) + 1)
    return folded, _offsets(pieces)


def _offsets(pieces: list[str]) -> list[int]:
    starts = [place for place, piece in enumerate(pieces) for _ in piece]
    # An end is looked up as the start of what follows; inside an expanded character that is the character's own
    # place, so the last character's end is the only one to add.
    return [*starts, len(pieces)]


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lower()


def _language(folded: str) -> Language:
    han = len(_HAN_LETTER.findall(folded))
    return "zh" if han and han >= HAN_SHARE * len(_LETTER.findall(folded)) else "en"
