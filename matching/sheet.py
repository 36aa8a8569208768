"""What the page of one match shows: both sides, the joint between them, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from information.facts import Fact, budget, day, figure, target_figure, trl
from information.models import Achievement, Need, Post
from matching.models import Match, TrackRecord
from matching.passages import passages_on
from web.bilingual import reading
from web.wording import money

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


class Row(NamedTuple):
    """One target of the need against what the achievement shows for it."""

    label: str
    asked: str
    shown: str
    verdict: str
    gap: str
    asked_at: str
    shown_at: str
    anchor: str


class Line(NamedTuple):
    """A figure in the text of one side; `anchor` is where the joint's rows lead."""

    anchor: str
    label: str
    value: str
    note: str = ""
    lines: str = ""


@dataclass(frozen=True)
class Side:
    """One side of the match as its column shows it."""

    post: Post
    kind: str
    facts: list[Fact]
    lines: list[Line]
    stem: str
    said: datetime | None
    passages: list[dict[str, Any]]
    record: TrackRecord | None = None


def need_side(match: Match) -> Side:
    """The need: what frames it, and the figures that it asks for."""
    need: Need = match.need
    facts = [
        Fact(_("TRL required"), trl(need.trl_required)),
        Fact(_("Budget"), budget(need)),
        Fact(_("Needed by"), day(need.deadline)),
    ]
    lines = [
        Line(
            f"target-{place}",
            reading(row, "parameter").text,
            target_figure(row),
            reading(row, "method").text,
            str(place),
        )
        for place, row in enumerate(need.targets)
    ]
    return Side(need, need.NOUN, stated(facts), lines, need.TEXT, match.need_interested_at, passages_on(match, "need"))


def achievement_side(match: Match) -> Side:
    """The achievement: how ripe it is, what it costs, and the figures that it has reached."""
    achievement: Achievement = match.achievement
    price = achievement.price_expectation
    facts = [
        Fact(_("Maturity"), trl(achievement.trl)),
        Fact(_("Price expected"), money(price, "CNY") if price is not None else ""),
        Fact(_("Stage"), achievement.stage.label if achievement.stage else ""),
    ]
    lines = [
        Line(f"benefit-{place}", reading(row, "metric").text, benefit_figure(row), earlier(row), meant(match, place))
        for place, row in enumerate(achievement.benefits)
    ]
    return Side(
        achievement,
        achievement.NOUN,
        stated(facts),
        lines,
        achievement.TEXT,
        match.achievement_interested_at,
        passages_on(match, "achievement"),
        TrackRecord.objects.filter(organization=achievement.owner_id).first(),
    )


def meant(match: Match, benefit: int) -> str:
    """The requirements against which a benefit was held, as the page's lines."""
    return " ".join(str(each["target"]) for each in match.requirements if each.get("benefit") == benefit)


def stated(facts: list[Fact]) -> list[Fact]:
    """Only what is known."""
    return [fact for fact in facts if fact.value]


def benefit_figure(row: Mapping[str, Any]) -> str:
    """What a benefit amounts to, with its unit."""
    return figure(row["value"], row.get("unit", ""))


def earlier(row: Mapping[str, Any]) -> str:
    """The figure before the achievement was used, where it is known."""
    if row.get("baseline") is None:
        return ""
    return _("before: %(figure)s") % {"figure": figure(row["baseline"], row.get("unit", ""))}


def joint(match: Match) -> list[Row]:
    """Each target of the need with the verdict on it, in the need's order; unknown where the engine said nothing."""
    verdicts = {each["target"]: each for each in match.requirements}
    return [row(match, place, verdicts.get(place, {})) for place in range(len(match.need.targets))]


def row(match: Match, place: int, verdict: Mapping[str, Any]) -> Row:
    """One target with the words and figures of both sides."""
    target, found = match.need.targets[place], verdict.get("benefit")
    return Row(
        label=reading(target, "parameter").text,
        asked=target_figure(target),
        shown="" if found is None else benefit_figure(match.achievement.benefits[found]),
        verdict=verdict.get("verdict", "unknown"),
        gap=gap(verdict.get("verdict", ""), verdict.get("gap")),
        asked_at=f"target-{place}",
        shown_at="" if found is None else f"benefit-{found}",
        anchor=f"line-{place}",
    )


def gap(verdict: str, share: float | None) -> str:
    """How far beyond the target or short of it, in whole per cent of the target; nothing where it is less than one."""
    if share is None or abs(share) < 0.01:
        return ""
    percent = f"{abs(share):,.0%}"
    if verdict == "missed":
        return _("%(percent)s short of the target") % {"percent": percent}
    return _("%(percent)s better than asked") % {"percent": percent} if verdict == "met" and share > 0 else ""


def tally(rows: list[Row]) -> dict[str, int]:
    """How many requirements are met, missed and unknown."""
    return {word: sum(row.verdict == word for row in rows) for word in ("met", "missed", "unknown")}


def parts(match: Match) -> list[dict[str, Any]]:
    """The parts of the score in words; a signal that is absent stays absent."""
    return [{"label": PARTS[name], "share": match.sub_scores[name]} for name in PARTS if name in match.sub_scores]


def clock(match: Match) -> str:
    """Who owes whom what, in the present state."""
    by = day(timezone.localdate(match.answer_by)) if match.answer_by else ""
    if match.status == Match.Status.SUGGESTED:
        said = _("Either side may express interest")
        return _("%(clock)s; lapses after %(day)s if neither does") % {"clock": said, "day": by} if by else said
    if match.status == Match.Status.ONE_SIDED:
        waiting = match.achievement.owner if match.need_interested_at else match.need.owner
        said = _("%(organization)s is to answer") % {"organization": waiting.name}
        return _("%(clock)s by %(day)s, else it lapses") % {"clock": said, "day": by} if by else said
    if match.status == Match.Status.MUTUAL:
        return _("An administrator is to decide")
    return ""


def steps(match: Match, onward: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Where the match stands on its way from the posts to a contract; `onward` is what has become of it."""
    over = match.status in (Match.Status.DECLINED, Match.Status.REFUSED, Match.Status.LAPSED)
    coming = [] if over or onward else [{"label": _("Contract"), "state": "coming"}]
    return [
        {"label": _("Need"), "state": "done", "url": match.need.get_absolute_url()},
        {"label": _("Achievement"), "state": "done", "url": match.achievement.get_absolute_url()},
        {"label": _("Match"), "state": "current", "note": match.get_status_display()},
        *onward,
        *coming,
    ]
