"""Which sentences of a text speak for a match: those that hold its telling terms, and those that state a figure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matching.engine.explain import passages as occurrences

_SENTENCE: Final = re.compile(r"[^\n]+?(?:[。！？!?；;]+|\.(?=\s|$)|(?=\n)|$)")
_WORD: Final = re.compile(r"[A-Za-z]{4,}")
MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a field, as [start, end) offsets into its text."""

    field: str
    start: int
    end: int


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text in either language, without the white space around them. O(text)."""
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def telling(fields: Mapping[str, str], terms: Sequence[str]) -> list[Passage]:
    """At most three sentences that hold the most of the terms, of which the first tell most; best first.

    A term counts for a sentence once, however often it is in it. O(text · terms).
    """
    weighed: list[tuple[float, int, Passage]] = []
    for name, text in fields.items():
        spans = list(sentences(text))
        weights = [0.0] * len(spans)
        for place, term in enumerate(terms):
            for held in {holder(spans, start) for start, _end in occurrences(text, [term])} - {None}:
                weights[held or 0] += 1.0 / (1 + place)
        found = zip(weights, spans, strict=True)
        weighed += [(-w, len(weighed), Passage(name, start, end)) for w, (start, end) in found if w > 0]
    return [passage for _weight, _order, passage in sorted(weighed, key=lambda each: each[:2])[:MOST]]


def stating(fields: Mapping[str, str], names: Sequence[str], value: float) -> list[Passage]:
    """The first sentence of every field that states this figure: its number beside a word of its name."""
    spelt = "|".join(re.escape(each) for each in {f"{value:,g}", f"{value:g}"})
    number = re.compile(rf"(?<![\d.,])(?:{spelt})(?![\d]|[.,]\d)")
    words = [word.lower() for name in names for word in ([name] if not name.isascii() else _WORD.findall(name)) if word]
    found = []
    for name, text in fields.items():
        for start, end in sentences(text):
            sentence = text[start:end]
            if number.search(sentence) and any(word in sentence.lower() for word in words):
                found.append(Passage(name, start, end))
                break
    return found


def holder(spans: Sequence[tuple[int, int]], place: int) -> int | None:
    """The number of the sentence in which a place lies; None between sentences."""
    number = bisect_right(spans, (place, 1 << 62)) - 1
    return number if number >= 0 and place < spans[number][1] else None
