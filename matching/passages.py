"""The passages of both posts that a match rests on, as they are kept with it and as its page marks them."""

from collections.abc import Iterable, Mapping
from typing import Any

from information.models import Achievement, Need, Post
from matching.engine import Suggestion
from matching.engine.passages import Passage, stating, telling
from matching.models import Match

STEMS = ("summary",)
LANGUAGES = ("zh", "en")


def passages_of(need: Need, achievement: Achievement, suggestion: Suggestion) -> list[dict[str, Any]]:
    """Sentences of both sides that hold the matched terms, and those that state a figure of the joint.

    Each as side, field and [start, end) offsets into the field at this revision; `target` is the requirement's number.
    """
    found = []
    for side, post in (("need", need), ("achievement", achievement)):
        found += [row(side, passage) for passage in telling(texts(post), suggestion.matched_terms)]
    for requirement in suggestion.requirements:
        asked, line = need.targets[requirement.target_index], requirement.target_index
        found += [row("need", each, line) for each in stated(need, asked, "parameter")]
        if requirement.benefit_index is not None:
            shown = achievement.benefits[requirement.benefit_index]
            found += [row("achievement", each, line) for each in stated(achievement, shown, "metric")]
    return found


def texts(post: Post) -> dict[str, str]:
    """The texts that the page of a match shows, by field."""
    names = [f"{stem}_{language}" for stem in (*STEMS, post.TEXT) for language in LANGUAGES]
    return {name: text for name in names if (text := getattr(post, name))}


def stated(post: Post, figure: Mapping[str, Any], stem: str) -> list[Passage]:
    """Where the text states a figure of its own table."""
    names = [figure.get(f"{stem}_{language}", "") for language in LANGUAGES]
    return stating(texts(post), names, float(figure["value"]))


def row(side: str, passage: Passage, target: int | None = None) -> dict[str, Any]:
    place = {"side": side, "field": passage.field, "start": passage.start, "end": passage.end}
    return place if target is None else place | {"target": target}


def passages_on(match: Match, side: str) -> list[dict[str, Any]]:
    """The passages of one side for its page, each place once with the numbers of all its requirements, in order.

    None where the post has been revised since: the offsets would mark other words.
    """
    post = getattr(match, side)
    if post.revision != getattr(match, f"{side}_revision"):
        return []
    places: dict[tuple[str, int, int], list[int]] = {}
    for each in match.passages:
        if each["side"] == side:
            lines = places.setdefault((each["field"], each["start"], each["end"]), [])
            lines += [each["target"]] if "target" in each else []
    return apart({"field": f, "start": s, "end": e, "lines": lines} for (f, s, e), lines in sorted(places.items()))


def apart(passages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without those that overlap one before them."""
    kept: list[dict[str, Any]] = []
    for each in passages:
        if not kept or kept[-1]["field"] != each["field"] or kept[-1]["end"] <= each["start"]:
            kept.append(each)
    return kept
