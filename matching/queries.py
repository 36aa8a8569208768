"""What the match page and the lists of suggestions show, read in a bounded number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from matching.engine.fusion import Band, band
from matching.models import Match, MatchQuerySet
from matching.sentences import Sentence, asked, figure, labels_for, named, sentences, why
from policy import allowed
from web.timeline import timeline

PARTS = {
    "text": gettext_lazy("what the texts share"),
    "requirements": gettext_lazy("figures against requirements"),
    "nodes": gettext_lazy("place on the chain"),
    "trl": gettext_lazy("maturity"),
    "price": gettext_lazy("price and budget"),
    "industries": gettext_lazy("industry"),
    "form": gettext_lazy("form of cooperation"),
    "region": gettext_lazy("region"),
}
ALIKE = 4
"""Other suggestions of the same need that the match page shows."""


@dataclass(frozen=True)
class Suggested:
    """A match as a line of a list: its band and its why-sentence beside it."""

    match: Match
    band: Band
    why: str


def with_sides(matches: QuerySet[Match]) -> MatchQuerySet:
    """Both posts with their organizations, in one query."""
    return matches.select_related("need__owner__region", "achievement__owner__region", "achievement__stage")  # type: ignore[return-value]


def lines(matches: list[Match]) -> list[Suggested]:
    """Matches as lines of a list, in three queries at most whatever their number."""
    labels = labels_for(matches)
    return [Suggested(match, band(match.score), why(match, labels)) for match in matches]


def match_page(match: Match, user: User) -> dict[str, Any]:
    """Everything on the page of one match."""
    labels = labels_for([match])
    found: list[Sentence] = sentences(match, labels)
    return {
        "match": match,
        "band": band(match.score),
        "why": why(match, labels),
        "speaks_for": [s.text for s in found if s.side == "for"][2:],
        "against": [s.text for s in found if s.side == "against"],
        "rows": requirement_rows(match),
        "parts": parts(match),
        "moves": match.moves(user),
        "happenings": timeline(match) if allowed(user, "match.history", match) else None,
        "alike": alike(match, user),
        "following": following(match, user),
        "clock": clock(match),
        "steps": steps(match),
    }


def requirement_rows(match: Match) -> list[dict[str, Any]]:
    """Each target of the need with what the achievement shows for it, in the words of both sides."""
    verdicts = {row["target"]: row for row in match.requirements}
    rows = []
    for place, target in enumerate(match.need.targets):
        verdict = verdicts.get(place, {"verdict": "unknown", "benefit": None})
        benefit = match.achievement.benefits[verdict["benefit"]] if verdict["benefit"] is not None else None
        rows.append(
            {
                "label": named(target, "parameter"),
                "target": asked(target),
                "found": figure(benefit) if benefit else "",
                "verdict": verdict["verdict"],
                "note": named(benefit, "metric") if benefit else "",
            }
        )
    return rows


def parts(match: Match) -> list[dict[str, Any]]:
    """The parts of the score in words; a signal that is absent stays absent."""
    return [{"label": PARTS[name], "share": match.sub_scores[name]} for name in PARTS if name in match.sub_scores]


def alike(match: Match, user: User) -> list[Suggested]:
    """The next best suggestions for the same need that this reader may see."""
    others = with_sides(Match.objects.visible_to(user).filter(need=match.need_id).exclude(pk=match.pk))
    return lines(list(others.exclude(status=Match.Status.LAPSED).ranked()[:ALIKE]))


def following(match: Match, user: User) -> Match | None:
    """For whoever decides: the match that has waited longest, besides this one."""
    if not allowed(user, "match.approve"):
        return None
    return waiting_for_decision(user).exclude(pk=match.pk).first()


def waiting_for_decision(user: User) -> MatchQuerySet:
    """Mutual interest that waits for an administrator, the longest wait first."""
    waiting = Match.objects.visible_to(user).filter(status=Match.Status.MUTUAL)
    since = Greatest("need_interested_at", "achievement_interested_at")
    return with_sides(waiting).annotate(mutual_since=since).order_by("mutual_since", "pk")


def clock(match: Match) -> str:
    """Who owes whom what, in the present state."""
    if match.status == Match.Status.SUGGESTED:
        return _("Either side may express interest.")
    if match.status == Match.Status.ONE_SIDED:
        waiting = match.achievement.owner if match.need_interested_at else match.need.owner
        return _("%(organization)s is to answer.") % {"organization": waiting.name}
    if match.status == Match.Status.MUTUAL:
        return _("An administrator is to decide.")
    return ""


def steps(match: Match) -> list[dict[str, Any]]:
    """Where the match stands on its way from the posts to a contract."""
    over = match.status in (Match.Status.DECLINED, Match.Status.REFUSED, Match.Status.LAPSED)
    approved = match.status == Match.Status.APPROVED
    return [
        {"label": _("Post"), "state": "done", "url": match.need.get_absolute_url()},
        {"label": _("Match"), "state": "done" if approved else "current", "note": match.get_status_display()},
        *([] if over else [{"label": _("Contract"), "state": "current" if approved else "coming"}]),
    ]
