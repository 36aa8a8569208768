"""Reads for the inbox, its sign in the frame, and the settings."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from accounts.models import User
from notifications.kinds import Kind, every_kind
from notifications.models import Notice, Preference
from policy import allowed

MOST_COUNTED = 100


def inbox(user: User, *, unread: bool = False, kind: str = "") -> QuerySet[Notice]:
    """The person's notices, newest first."""
    found = Notice.objects.visible_to(user).select_related("entry__actor").order_by("-pk")
    if kind:
        found = found.filter(kind=kind)
    return found.unread() if unread else found


def unread_count(user: User) -> int:
    """How many notices the person has not seen; counted up to a hundred."""
    return Notice.objects.unread().filter(recipient=user)[:MOST_COUNTED].count()


def channels_of(user: User) -> dict[str, str]:
    """How each kind is mailed to the person: as chosen, else as declared."""
    chosen = dict(Preference.objects.filter(user=user).values_list("kind", "channel"))
    return {kind.name: chosen.get(kind.name, kind.channel.value) for kind in every_kind()}


@dataclass(frozen=True)
class Group:
    """Kinds that belong together in the settings."""

    label: str | Promise
    rows: list[dict[str, Any]]


def settings_of(user: User) -> list[Group]:
    """The settings page: the kinds that concern the person by group, each with the person's channel."""
    channels = channels_of(user)

    def row(kind: Kind) -> dict[str, Any]:
        return {"kind": kind, "channel": channels[kind.name]}

    groups: dict[str, list[dict[str, Any]]] = {}
    for kind in every_kind():
        if not kind.needs or allowed(user, kind.needs):
            groups.setdefault(str(kind.group), []).append(row(kind))
    return [Group(label, rows) for label, rows in groups.items()]
