"""Attachments: one file on one thing, from quarantine to release."""

import secrets
from typing import Any, ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from files.subjects import Subject, of_type
from journal.lifecycle import Lifecycle, Move
from policy import Actor, visible


def new_name() -> str:
    """A random name for addresses and for the storage; it tells nothing and cannot be guessed."""
    return secrets.token_hex(16)


def vault() -> Storage:
    """Where the contents lie: outside of what the web server serves by itself."""
    return storages["files"]


class RefuseReason(models.TextChoices):
    BROKEN = "broken", _("It is damaged or not what its type says")
    ENCRYPTED = "encrypted", _("It is protected by a password; save it without one")
    ACTIVE = "active", _("It holds macros or scripts; save it without them")
    BOMB = "bomb", _("It unpacks to more than is accepted")
    INFECTED = "infected", _("The virus scanner objects to it")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, actor: Actor) -> "AttachmentQuerySet":
        return visible(self, actor, "attachment.view")  # type: ignore[return-value]

    def readable_by(self, actor: Actor) -> "AttachmentQuerySet":
        """Those whose content the actor may fetch."""
        return visible(self, actor, "attachment.read")  # type: ignore[return-value]

    def attached_to(self, thing: models.Model) -> "AttachmentQuerySet":
        """The files of one thing, in the order in which they came."""
        return self.filter(subject_type=thing._meta.label_lower, subject_id=thing.pk).order_by("pk")

    def kept(self) -> "AttachmentQuerySet":
        """Those that have not been removed."""
        return self.exclude(status=Attachment.Status.REMOVED)


class Attachment(Lifecycle):
    """A file that somebody attached to something; nobody can open it before it was found clean."""

    NOUN = "attachment"

    class Status(models.TextChoices):
        QUARANTINED = "quarantined", _("Being checked")
        RELEASED = "released", _("Checked")
        REFUSED = "refused", _("Not accepted")
        REMOVED = "removed", _("Removed")

    REMOVE = Move("remove", "removed", _("Remove"), tone="danger")
    MOVES: ClassVar = {
        Status.QUARANTINED: {
            Status.RELEASED: Move("release", "released", _("Release")),
            Status.REFUSED: Move("refuse", "refused", _("Refuse"), reasons=RefuseReason),
        },
        Status.RELEASED: {Status.REMOVED: REMOVE},
        Status.REFUSED: {Status.REMOVED: REMOVE},
    }

    public_id = models.CharField(max_length=32, unique=True, default=new_name, editable=False)
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("organization"))
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("attached by"))
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    stored_as = models.CharField(max_length=32, unique=True, default=new_name, editable=False)
    status = models.CharField(
        _("state"), max_length=12, choices=Status.choices, default=Status.QUARANTINED, editable=False
    )
    fault = models.CharField(_("why it was refused"), max_length=12, choices=RefuseReason.choices, blank=True)
    created_at = models.DateTimeField(_("attached"), auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="files_attachment_subject")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The place on the page of its thing where the file stands."""
        return f"{self.thing.get_absolute_url()}#files"

    @property
    def kind(self) -> Subject:
        """The kind of thing it is attached to."""
        return of_type(self.subject_type)

    @cached_property
    def thing(self) -> Any:
        """What it is attached to; a list of one thing's files sets it for all of them."""
        return self.kind.model._default_manager.filter(pk=self.subject_id).first()
