"""What people are told about matches."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from information.models import Need
from journal.models import Entry
from matching.models import Match
from notifications.kinds import About, Channel, Kind, register
from notifications.wording import titled, with_reason

MATCHES = gettext_lazy("Matches")
NEED = (About(Need, "need.view"),)
MATCH = (About(Match, "match.view", ("need__owner", "achievement__owner")),)


def pair(match: Any) -> dict[str, str]:
    """The two posts of a match by their titles."""
    return {"need": titled(match.need), "achievement": titled(match.achievement)}


def suggested(entry: Entry, need: Any) -> str:
    """To the need's side; one notice for all suggestions of one scoring."""
    number = entry.data["new"]
    return ngettext(
        "%(number)s new suggestion for your need “%(need)s”.",
        "%(number)s new suggestions for your need “%(need)s”.",
        number,
    ) % {"number": number, "need": titled(need)}


def offered(entry: Entry, need: Any) -> str:
    """To the sides of the achievements that were suggested."""
    return _("What you offer may answer the need “%(need)s”.") % {"need": titled(need)}


def one_sided(entry: Entry, match: Any) -> str:
    """To the side that has not spoken yet."""
    spoke = match.need.owner if match.need_interested_at else match.achievement.owner
    return _("%(organization)s is interested: “%(achievement)s” for “%(need)s”. Your word is awaited.") % {
        "organization": spoke.name,
        **pair(match),
    }


def mutual(entry: Entry, match: Any) -> str:
    """To both sides."""
    return _("Both sides are interested: “%(achievement)s” for “%(need)s”. An administrator decides next.") % pair(
        match
    )


def to_decide(entry: Entry, match: Any) -> str:
    """To the administrators."""
    return _("Mutual interest waits for a decision: “%(achievement)s” for “%(need)s”.") % pair(match)


def approved(entry: Entry, match: Any) -> str:
    """To both sides."""
    return _("Approved: “%(achievement)s” for “%(need)s”. You can negotiate now.") % pair(match)


def refused(entry: Entry, match: Any) -> str:
    """To both sides."""
    return with_reason(_("Refused: “%(achievement)s” for “%(need)s”.") % pair(match), entry, match)


def declined(entry: Entry, match: Any) -> str:
    """To those who did not decline."""
    return with_reason(_("Declined: “%(achievement)s” for “%(need)s”.") % pair(match), entry, match)


def lapsing(entry: Entry, match: Any) -> str:
    """To the side whose word is awaited, some days before."""
    return _("“%(achievement)s” for “%(need)s” lapses in a few days unless you answer.") % pair(match)


def lapsed(entry: Entry, match: Any) -> str:
    """To the side that had said yes."""
    return _("The other side has not answered in time: “%(achievement)s” for “%(need)s” has lapsed.") % pair(match)


register(
    Kind("match.suggested", MATCHES, gettext_lazy("New suggestions for our needs"), NEED, suggested, Channel.DAILY),
    Kind("match.offered", MATCHES, gettext_lazy("Needs that we may answer"), NEED, offered, Channel.DAILY),
    Kind("match.one_sided", MATCHES, gettext_lazy("The other side is interested"), MATCH, one_sided),
    Kind("match.lapsing", MATCHES, gettext_lazy("A match lapses unless I answer"), MATCH, lapsing),
    Kind("match.lapsed", MATCHES, gettext_lazy("The other side has not answered"), MATCH, lapsed),
    Kind("match.mutual", MATCHES, gettext_lazy("Interest has become mutual"), MATCH, mutual),
    Kind(
        "match.to_decide",
        MATCHES,
        gettext_lazy("Mutual interest waits for my decision"),
        MATCH,
        to_decide,
        needs="match.approve",
    ),
    Kind("match.approved", MATCHES, gettext_lazy("A match of ours was approved"), MATCH, approved),
    Kind("match.refused", MATCHES, gettext_lazy("A match of ours was refused"), MATCH, refused),
    Kind("match.declined", MATCHES, gettext_lazy("A match of ours was declined"), MATCH, declined),
)
