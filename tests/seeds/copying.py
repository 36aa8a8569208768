"""Finding runs of words that an answer shares with its question."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"\w+(?:[-.,/′″]\w+)*")
# Runs longer than these count as copied.
WORDS, CHARACTERS = 6, 12
PROSE = ("title", "summary", "problem", "present_state", "acceptance", "description", "trl_evidence")


def either(terms: Iterable[str]) -> str:
    """A pattern for any of the terms, longest first, so that no part of a longer one is left standing."""
    return "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))


class Shingles:
    """Overlapping runs of a post's prose, one longer than allowed, with the technical terms taken out.

    The terms are the keywords of all posts together: a term that only one side lists must not hide a copied run.
    """

    def __init__(self, posts: Iterable[Row]) -> None:
        posts = list(posts)
        english = either({word.lower() for post in posts for word in post["keywords_en"]})
        self.english = re.compile(rf"\b(?:{english})s?\b")
        self.chinese = re.compile(either({word for post in posts for word in post["keywords_zh"]}))

    def of(self, post: Row) -> set[tuple[str, ...]]:
        found: set[tuple[str, ...]] = set()
        for field in PROSE:
            words = WORD.findall(self.english.sub(" ", post.get(f"{field}_en", "").lower()))
            characters = CHINESE.findall(self.chinese.sub("", post.get(f"{field}_zh", "")))
            found.update(zip(*(words[start:] for start in range(WORDS + 1)), strict=False))
            found.update(zip(*(characters[start:] for start in range(CHARACTERS + 1)), strict=False))
        return found


def copied(needs: list[Row], achievements: list[Row]) -> list[tuple[str, str, str]]:
    """Each pair that shares a run, with one such run; linear in the length of the texts."""
    shingles = Shingles([*needs, *achievements])
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for need in needs:
        for run in shingles.of(need):
            holders[run].append(need["external_id"])
    shared = {
        (need, achievement["external_id"]): " ".join(run)
        for achievement in achievements
        for run in shingles.of(achievement)
        for need in holders.get(run, [])
    }
    return [(*pair, run) for pair, run in sorted(shared.items())]
