"""Cases: the course of each approved match, as oversight sees it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from matching.models import Match
from policy import Actor, visible


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> "CaseQuerySet":
        return visible(self, actor, "case.view")  # type: ignore[return-value]


class Case(models.Model):
    """One approved match from its approval on; the stage follows from the dates, it is never stored."""

    NOUN = "case"

    class Stage(models.TextChoices):
        APPROVED = "approved", _("Approved, contract not yet opened")
        DRAFTING = "drafting", _("Contract being drafted")
        WITHDRAWN = "withdrawn", _("Contract withdrawn")

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="case", verbose_name=_("match"))
    contract = models.OneToOneField(
        Contract, on_delete=models.PROTECT, null=True, related_name="case", verbose_name=_("contract")
    )
    approved_at = models.DateTimeField(_("approved"))
    drafted_at = models.DateTimeField(_("contract opened"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ending = models.CharField(_("how it ended"), max_length=40, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering: ClassVar = ["-approved_at", "-pk"]

    def __str__(self) -> str:
        return f"case of match {self.match_id}"

    @property
    def stage(self) -> Stage:
        """Where it stands, from its dates."""
        if self.ended_at:
            return self.Stage.WITHDRAWN
        return self.Stage.DRAFTING if self.drafted_at else self.Stage.APPROVED
