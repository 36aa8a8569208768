"""Use cases of attachments: attach, look into, release or refuse, remove."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from files import inspection, scanning
from files.models import Attachment, RefuseReason, vault
from files.names import clean
from files.subjects import ADDED, REMOVED, kind_of
from files.types import ACCEPTED, type_of
from jobs import services as jobs
from journal.errors import BadInput, NotAllowed, TooLarge
from journal.recording import record
from policy import PLATFORM, decide
from policy.relations import follow
from web.wording import series

INSPECT = "files.inspect"


class Upload(Protocol):
    """An uploaded file and what its sender calls it."""

    name: Any

    def read(self, size: int, /) -> bytes: ...


def attach(files: Sequence[Upload], *, to: models.Model, by: User) -> list[Attachment]:
    """Attach files to a thing, all of them or none; each is in quarantine until its job has looked into it.

    Takes the thing's lock. Raises NotAllowed; BadInput and TooLarge on the field `file`, and then nothing is kept.
    """
    kind = kind_of(to)
    if not (decision := decide(by, kind.attach, to)):
        raise NotAllowed(decision.reason)
    received = [received_file(file) for file in files]
    if not received:
        raise BadInput(_("Choose a file first."), fields={"file": [_("Choose a file first.")]})
    made = [described(content, name) for content, name in received]
    try:
        for attachment, (content, _name) in zip(made, received, strict=True):
            vault().save(attachment.stored_as, ContentFile(content))
        keep(made, to, by)
    except BaseException:
        discard(attachment.stored_as for attachment in made)
        raise
    return made


def received_file(file: Upload) -> tuple[bytes, str]:
    """Content and name; raises TooLarge without reading more than is accepted, BadInput for an empty file."""
    most: int = settings.LARGEST_ATTACHMENT
    content, name = file.read(most + 1), str(file.name or "")
    if len(content) > most:
        message = _("“%(name)s” is larger than %(most)s MB. Make it smaller or split it.") % {
            "name": name[-80:],
            "most": most // 2**20,
        }
        raise TooLarge(message, fields={"file": [message]})
    if not content:
        message = _("“%(name)s” is empty.") % {"name": name[-80:]}
        raise BadInput(message, fields={"file": [message]})
    return content, name


def described(content: bytes, name: str) -> Attachment:
    """An attachment, not yet kept, with type, name, size and hash; raises BadInput for a type that is not accepted."""
    found = type_of(content, name)
    if found is None:
        message = _("“%(name)s” is of a type that is not accepted. Accepted are: %(types)s.") % {
            "name": name[-80:],
            "types": series(each.label for each in ACCEPTED),
        }
        raise BadInput(message, fields={"file": [message]})
    return Attachment(
        name=clean(name, found),
        media_type=found.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


@transaction.atomic
def keep(made: Sequence[Attachment], thing: models.Model, by: User) -> None:
    """Save the attachments under the thing's lock, write the journal, start the jobs; raises BadInput for too many."""
    kind = kind_of(thing)
    # Two uploads at once must not both find room for the last file.
    kind.model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=thing.pk)
    room = settings.MOST_ATTACHMENTS - Attachment.objects.attached_to(thing).kept().count()
    if len(made) > room:
        message = _("At most %(most)s files can be attached here; remove some first.") % {
            "most": settings.MOST_ATTACHMENTS
        }
        raise BadInput(message, fields={"file": [message]})
    for attachment in made:
        attachment.owner_id = follow(thing, kind.owner)
        attachment.uploaded_by = by
        attachment.subject_type, attachment.subject_id = kind.type, thing.pk
        attachment.save()
        jobs.start(INSPECT, by=by, subject_id=attachment.pk)
    names = [{"name": each.name, "sha256": each.sha256} for each in made]
    record(thing, ADDED, by=by, data={"files": names})


def look_into(attachment_id: int) -> None:
    """Release the attachment or refuse it; one that was decided already, or removed, is left alone.

    Raises scanning.ScannerFault where the scanner fails: the attachment stays in quarantine.
    """
    attachment = Attachment.objects.filter(pk=attachment_id, status=Attachment.Status.QUARANTINED).first()
    if attachment is None:
        return
    reason = fault_of(attachment)
    if reason is None:
        attachment.move_to(Attachment.Status.RELEASED, by=PLATFORM)
        return
    attachment.move_to(Attachment.Status.REFUSED, by=PLATFORM, reason=reason.value, sets={"fault": reason.value})
    transaction.on_commit(partial(discard, [attachment.stored_as]))


def fault_of(attachment: Attachment) -> RefuseReason | None:
    """What is wrong with the content, None if nothing."""
    try:
        with vault().open(attachment.stored_as) as file:
            content = file.read()
        inspection.inspect(content, attachment.media_type, attachment.name)
    except FileNotFoundError:
        return RefuseReason.BROKEN
    except inspection.Refused as refusal:
        return refusal.reason
    return RefuseReason.INFECTED if scanning.objection(content) else None


@transaction.atomic
def remove(attachment: Attachment, *, by: User, version: int, reason: str = "", note: str = "") -> Attachment:
    """Take a file back: its content is deleted after the commit, its name and hash stay in the journal."""
    thing = attachment.thing
    removed = attachment.move_to(Attachment.Status.REMOVED, by=by, expected=version, reason=reason, note=note)
    record(thing, REMOVED, by=by, data={"files": [{"name": removed.name, "sha256": removed.sha256}]})
    transaction.on_commit(partial(discard, [removed.stored_as]))
    return removed


def discard(names: Iterable[str]) -> None:
    """Delete contents; those already gone are passed over."""
    for name in names:
        vault().delete(name)


ACTIONS = {"remove": remove}
"""The use case behind each move that people make."""
