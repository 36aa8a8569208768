"""What became of matches."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.models.match import Match


class Outcome(models.Model):
    """What became of a match, as the floors above report it; the engine learns from it.

    `value` says how good it was, from 0 to 1, where the kind of outcome has degrees: an evaluation.
    """

    NOUN = "outcome"

    class Kind(models.TextChoices):
        DRAFTED = "drafted", _("Contract drafted")
        WITHDRAWN = "withdrawn", _("Contract withdrawn")
        BROKEN_OFF = "broken_off", _("Negotiation broken off")
        CONTRACTED = "contracted", _("Contract in effect")
        ACCEPTED = "accepted", _("Result accepted")
        TERMINATED = "terminated", _("Contract terminated")
        EVALUATED = "evaluated", _("Cooperation evaluated")

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="outcomes", verbose_name=_("match"))
    kind = models.CharField(_("outcome"), max_length=12, choices=Kind.choices)
    value = models.FloatField(_("value"), null=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["match", "kind"], name="matching_outcome_once"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lte=1), name="matching_outcome_value_from_0_to_1"
            ),
            models.CheckConstraint(
                condition=~Q(kind="evaluated") | Q(value__isnull=False), name="matching_outcome_evaluation_has_value"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of match {self.match_id}"
