"""Marking matched terms in text that people wrote: escape first, mark after, so that no text can become markup."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from Stemmer import Stemmer

WORD = re.compile(r"[A-Za-z]+")
MOST_TERMS = 40


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The English stem of a word, in lower case: "bearings" → "bear", as the engine's analysis has it."""
    return str(Stemmer("english").stemWord(word.lower()))


def marked(text: str, terms: Iterable[str]) -> SafeString:
    """The text as HTML with every occurrence of the terms in <mark>.

    Chinese terms and those with digits match as they stand, without regard to case; a single English word matches
    every word of the same stem. Longer terms win over shorter ones. Linear in the text's length.
    """
    wanted = sorted({term.strip() for term in terms if term.strip()}, key=lambda term: (-len(term), term))[:MOST_TERMS]
    if not wanted:
        return escape(text)
    stems = {stem(term) for term in wanted if WORD.fullmatch(term)}
    pieces, end = [], 0
    for found in pattern_for(wanted).finditer(text):
        if WORD.fullmatch(found.group()) and stem(found.group()) not in stems:
            continue
        pieces += [escape(text[end : found.start()]), "<mark>", escape(found.group()), "</mark>"]
        end = found.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))


def passage(text: str, terms: Iterable[str], *, length: int) -> str:
    """About `length` characters of the text around the first of the terms, whole words at both ends; "" without one."""
    wanted = sorted({term.strip() for term in terms if term.strip()}, key=lambda term: (-len(term), term))[:MOST_TERMS]
    stems = {stem(term) for term in wanted if WORD.fullmatch(term)}
    for found in pattern_for(wanted).finditer(text):
        if not WORD.fullmatch(found.group()) or stem(found.group()) in stems:
            return cut(text, found.start(), length)
    return ""


def cut(text: str, place: int, length: int) -> str:
    """A part of the text with this place in its first third, with an ellipsis where something was left out."""
    start = max(0, min(place - length // 3, len(text) - length))
    end = min(len(text), start + length)
    while 0 < start < place and (text[start - 1] + text[start]).isascii() and text[start - 1].isalnum():
        start += 1
    while place < end < len(text) and (text[end - 1] + text[end]).isascii() and text[end].isalnum():
        end -= 1
    part = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{part}{'…' if end < len(text) else ''}"


def pattern_for(terms: Iterable[str]) -> re.Pattern[str]:
    """Literal terms first, then any English word, whose stem the caller compares."""
    literals = [bounded(term) for term in terms if not WORD.fullmatch(term)]
    return re.compile("|".join([*literals, r"(?<![A-Za-z0-9])[A-Za-z]+(?![A-Za-z0-9])"]), re.IGNORECASE)


def bounded(term: str) -> str:
    """A pattern for the term that does not start or end inside a Latin word or a number."""
    before = r"(?<![A-Za-z0-9.])" if re.match(r"[A-Za-z0-9]", term) else ""
    after = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", term) else ""
    return before + re.escape(term) + after
