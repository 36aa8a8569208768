"""The timeline of one object, drawn from the journal, in sentences that the floors above contribute."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from journal.lifecycle import Lifecycle, Move
from journal.models import Entry


@dataclass(frozen=True)
class Happening:
    """One line of a timeline: who, what, when, and why if a reason was given."""

    who: str
    what: str | Promise
    when: datetime
    reason: str | Promise = ""
    note: str = ""
    tone: str = "plain"
    icon: str = ""


@dataclass(frozen=True)
class Words:
    """How a journal entry of one name reads on a page: "approved the match", its tone and its icon."""

    what: str | Promise
    tone: str = "plain"
    icon: str = ""
    about: Callable[[Mapping[str, Any]], str] | None = None
    """What of the object it is about, from the entry's particulars, for example one clause of a contract."""


_words: dict[str, Words] = {}


def words_for(entries: Mapping[str, Words | str | Promise]) -> None:
    """Say how entries read, by their full name, for example {"matching.match.approved": _("approved the match")}."""
    _words.update({name: words if isinstance(words, Words) else Words(words) for name, words in entries.items()})


def timeline(subject: models.Model, *, newest_first: bool = True) -> list[Happening]:
    """What happened to the object. One query."""
    entries = Entry.objects.about(subject)
    return [happening(entry, subject) for entry in (entries.reverse() if newest_first else entries)]


def happening(entry: Entry, subject: Any) -> Happening:
    """One entry in words; an entry without words of its own reads like the move that it records."""
    move = move_of(entry, subject)
    words = _words.get(entry.name) or Words(move.label if move else entry.name.rsplit(".", 1)[-1].replace("_", " "))
    reason = entry.data.get("reason", "")
    if move and move.reasons and reason in move.reasons.values:
        reason = move.reasons(reason).label
    if not reason and words.about:
        reason = words.about(entry.data)
    return Happening(
        who=str(entry.actor) if entry.actor else _("Tenon"),
        what=words.what,
        when=entry.at,
        reason=reason,
        note=str(entry.data.get("note", "")),
        tone=words.tone,
        icon=words.icon,
    )


def move_of(entry: Entry, subject: Any) -> Move | None:
    """The declared move that the entry records, if it records one."""
    if not isinstance(subject, Lifecycle):
        return None
    arrow = (entry.data.get("from"), entry.data.get("to"))
    return next((move for source, target, move in subject.arrows() if (source, target) == arrow), None)
