"""The kinds of notices. Each floor declares its own beside its receivers; this module knows none of them.

Nothing of a notice's text is kept: it is made from the journal entry and its subject whenever somebody reads it, in
that person's language, and only if that person may still see the subject.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journal.models import Entry


class Channel(models.TextChoices):
    """When a notice is mailed; in the inbox it stands at once in any case."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    OFF = "off", _("Inbox only")


Says = Callable[[Entry, Any], str]
"""The sentence about an entry and its subject, in the language in force."""


@dataclass(frozen=True)
class About:
    """What notices of a kind can be about: a model, the action of the policy table that a reader needs to be told of
    it, and what a sentence reads beside it."""

    model: type[models.Model]
    see: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of notice, under one heading of the settings.

    `channel` is how it is mailed to those who have not chosen. `about` names what its entries are about, the first also
    for entries of a stream of their own that only share the primary key of such a thing. The settings offer the kind to
    those who may do `needs`, an action of the policy table; "" for everybody.
    """

    name: str
    group: str | Promise
    label: str | Promise
    about: tuple[About, ...]
    says: Says
    channel: Channel = Channel.AT_ONCE
    needs: str = ""

    def about_of(self, entry: Entry) -> About:
        """What this entry is about."""
        stream = entry.name.rpartition(".")[0]
        return next((each for each in self.about if each.model._meta.label_lower == stream), self.about[0])


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Declare kinds of notices; the same name again replaces the earlier one."""
    _kinds.update({kind.name: kind for kind in kinds})


def every_kind() -> list[Kind]:
    """All kinds, in the order in which they were declared."""
    return list(_kinds.values())


def named(name: str) -> Kind:
    """The kind of this name; raises LookupError if no floor declares it."""
    if name not in _kinds:
        raise LookupError(f"no kind of notice is called {name}")
    return _kinds[name]


def find(name: str) -> Kind | None:
    """The kind of this name, None for one that is no longer declared."""
    return _kinds.get(name)
