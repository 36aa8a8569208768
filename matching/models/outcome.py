"""What became of matches."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.models.match import Match


class Outcome(models.Model):
    """What became of a match, as the floors above report it; the engine learns from it."""

    class Kind(models.TextChoices):
        DRAFTED = "drafted", _("Contract drafted")
        WITHDRAWN = "withdrawn", _("Contract withdrawn")

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="outcomes", verbose_name=_("match"))
    kind = models.CharField(_("outcome"), max_length=12, choices=Kind.choices)
    value = models.FloatField(_("value"), null=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints: ClassVar = [models.UniqueConstraint(fields=["match", "kind"], name="matching_outcome_once")]

    def __str__(self) -> str:
        return f"{self.kind} of match {self.match_id}"
