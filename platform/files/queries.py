"""Reads for the places where files are shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from files.models import Attachment
from files.subjects import kind_of
from files.types import ACCEPTED
from policy import Actor, allowed
from web.wording import series

ENDINGS = ",".join(ending for each in ACCEPTED for ending in each.endings)


def attachments_of(thing: models.Model, actor: Actor) -> list[Attachment]:
    """The files of a thing that the actor may see; each knows its thing, so that nothing is asked again. One query."""
    found = list(Attachment.objects.visible_to(actor).attached_to(thing).select_related("uploaded_by"))
    for attachment in found:
        attachment.thing = thing
    return found


def counts_of(things: Iterable[models.Model]) -> Mapping[tuple[str, int], int]:
    """How many checked files each of these things has, by (type, primary key). One query for each kind of thing."""
    keys: dict[str, list[int]] = {}
    for thing in things:
        keys.setdefault(thing._meta.label_lower, []).append(thing.pk)
    return {
        (label, pk): number
        for label, pks in keys.items()
        for pk, number in Attachment.objects.filter(
            subject_type=label, subject_id__in=pks, status=Attachment.Status.RELEASED
        )
        .values_list("subject_id")
        .annotate(Count("pk"))
    }


def shelf(thing: models.Model, actor: Actor) -> dict[str, Any]:
    """What the component shows: the files, what the actor may do with each, and whether more may be attached."""
    kind = kind_of(thing)
    if not allowed(actor, kind.see, thing):
        return {}
    place, found = [kind.noun, kind.key_of(thing)], attachments_of(thing, actor)
    attaches = allowed(actor, kind.attach, thing)
    return {
        "thing": thing,
        "rows": [row(attachment, actor) for attachment in found],
        "url": reverse("files:attachments", args=place),
        "checking": any(each.status == Attachment.Status.QUARANTINED for each in found),
        "add_url": reverse("files:attach", args=place) if attaches else "",
        "full": len(found) >= settings.MOST_ATTACHMENTS,
        "endings": ENDINGS,
        "accepted": accepted(),
    }


def row(attachment: Attachment, actor: Actor) -> dict[str, Any]:
    """One file with its moves."""
    moves = attachment.moves(actor)
    return {
        "file": attachment,
        "url": reverse("files:content", args=[attachment.public_id])
        if attachment.status == Attachment.Status.RELEASED
        else "",
        "moves": [
            (move, reverse(f"files:attachment-{move.action}", args=[attachment.public_id])) for _to, move in moves
        ],
    }


def accepted() -> str:
    """What may be attached, in words."""
    return _("%(types)s; at most %(size)s MB each, %(most)s in all.") % {
        "types": series(each.label for each in ACCEPTED),
        "size": settings.LARGEST_ATTACHMENT // 2**20,
        "most": settings.MOST_ATTACHMENTS,
    }
