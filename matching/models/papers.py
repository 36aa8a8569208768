"""The papers of a docking room: the non-disclosure agreement, the proposals field by field, the agreed term sheet."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from matching.models.room import Room
from matching.models.side import Side
from texts.fields import LineField


class Nda(models.Model):
    """The non-disclosure agreement of one room as it was laid before both sides; its texts never change."""

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="nda", verbose_name=_("docking room"))
    template = models.PositiveSmallIntegerField(_("version of the template"))
    text_zh = models.TextField(_("Chinese text"))
    text_en = models.TextField(_("English text"))
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("non-disclosure agreement")
        verbose_name_plural = _("non-disclosure agreements")

    def __str__(self) -> str:
        return f"NDA of room {self.room_id}"


class NdaSignature(models.Model):
    """One side's word on the agreement: who declared it, under which name, to which text."""

    nda = models.ForeignKey(Nda, on_delete=models.CASCADE, related_name="signatures")
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = LineField(_("name as typed"), max_length=120)
    sha256 = models.CharField(_("hash of the text"), max_length=64)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("signature of a non-disclosure agreement")
        verbose_name_plural = _("signatures of non-disclosure agreements")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["nda", "side"], name="matching_nda_signed_once_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.side} signed {self.nda_id}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def standing(self) -> "ProposalQuerySet":
        """The latest proposal of each field of each room: what stands now."""
        return self.order_by("room_id", "name", "-number").distinct("room_id", "name")


class Proposal(models.Model):
    """One value that a side put forward for one field of the term sheet; the latest of a field is what stands.

    Acceptance belongs to the proposal, so whatever changes a field leaves the earlier acceptance behind.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("docking room"))
    name = models.CharField(_("field"), max_length=20)
    number = models.PositiveIntegerField(_("number within the field"))
    value = models.JSONField(_("value"))
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    need_accepted_at = models.DateTimeField(_("accepted by the need's side"), null=True)
    need_accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    achievement_accepted_at = models.DateTimeField(_("accepted by the achievement's side"), null=True)
    achievement_accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering: ClassVar = ["name", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "name", "number"], name="matching_proposal_once_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number} of room {self.room_id}"

    def accepted(self, side: str) -> bool:
        """Whether that side has accepted it."""
        return getattr(self, f"{side}_accepted_at") is not None

    @property
    def settled(self) -> bool:
        """Whether both sides have accepted it."""
        return all(self.accepted(side) for side in Side.values)


class TermSheet(models.Model):
    """What both sides agreed on, as a whole; after a change the next agreement is another sheet."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="sheets", verbose_name=_("docking room"))
    number = models.PositiveIntegerField(_("number"))
    terms: Any = models.JSONField(_("terms"))
    sha256 = models.CharField("SHA-256", max_length=64)
    agreed_at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("term sheet")
        verbose_name_plural = _("term sheets")
        ordering: ClassVar = ["room", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "number"], name="matching_term_sheet_once_a_number")
        ]

    def __str__(self) -> str:
        return f"term sheet {self.number} of room {self.room_id}"
