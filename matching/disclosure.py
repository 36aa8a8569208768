"""What a match tells a reader to whom one of its two posts is not open.

The engine reads full texts; its reasons, matched terms and part scores would give away what they say. Such a reader
sees what follows from both cards alone: where the two stand on the chain and in the country, and words on the cards.
"""

from typing import TYPE_CHECKING, Any

from information.models import Achievement, Need, Post
from policy import Actor, allowed

if TYPE_CHECKING:
    from matching.models import Match

TOLD = frozenset({"same_node", "near_node", "same_city", "same_province", "shared_terms"})
"""Reasons that follow from what is on the cards."""
PARTS_TOLD = frozenset({"nodes", "industries", "region"})


def screen(match: "Match", actor: Actor) -> "Match":
    """Withhold from this instance what the actor may not read of it, unless it was read for the actor anyway."""
    if not hasattr(match, "need_readable"):
        need, achievement = (allowed(actor, f"{post.NOUN}.read", post) for post in (match.need, match.achievement))
        withhold(match, need=not need, achievement=not achievement)
    return match


def withhold(match: "Match", *, need: bool, achievement: bool) -> None:
    """Take out of the match what only the full text of the need, or of the achievement, says."""
    closed: list[Need | Achievement] = [match.need] if need else []
    closed += [match.achievement] if achievement else []
    if not closed:
        return
    for post in closed:
        post.withhold()
    match.withheld = True
    match.matched_terms = [term for term in match.matched_terms if on_every_card(term, closed)]
    match.sub_scores = {name: share for name, share in match.sub_scores.items() if name in PARTS_TOLD}
    # Not even the verdicts: by needs with other targets one could find out the figure.
    match.requirements = []
    # Marked sentences of the open side would name the words of the closed one, and rules speak of what it states.
    match.passages, match.rules = [], []
    match.reasons = [told for reason in match.reasons if (told := retold(reason, closed))]


def retold(reason: dict[str, Any], closed: list[Need | Achievement]) -> dict[str, Any] | None:
    """The reason as far as the cards tell it; None if they do not."""
    if reason["code"] not in TOLD:
        return None
    if reason["code"] != "shared_terms":
        return reason
    params = {
        name: ", ".join(term for term in str(terms).split(", ") if on_every_card(term, closed))
        for name, terms in reason["params"].items()
    }
    return {**reason, "params": params} if params.get("terms") else None


def on_every_card(term: str, posts: list[Need | Achievement]) -> bool:
    """Whether a term can be read on the cards of these posts."""
    return all(term.casefold() in card_text(post) for post in posts)


def card_text(post: Post) -> str:
    """The words on a post's card."""
    return "\n".join((post.title_zh, post.title_en, post.summary_zh, post.summary_en)).casefold()
