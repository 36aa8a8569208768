"""The queue of needs to be scored."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from information.models import Need


class ScoringQuerySet(models.QuerySet["Scoring"]):
    def due(self) -> "ScoringQuerySet":
        """Needs for which a scoring was asked since their last one."""
        return self.filter(Q(scored_at=None) | Q(scored_at__lt=F("requested_at")))


class Scoring(models.Model):
    """A need's place in the queue of the engine, and when it was last scored.

    However often a scoring is asked for while one is due, one run answers all of them.
    """

    need = models.OneToOneField(Need, on_delete=models.CASCADE, primary_key=True, related_name="scoring")
    requested_at = models.DateTimeField()
    scored_at = models.DateTimeField(null=True)
    engine_version = models.CharField(max_length=80, blank=True)
    silence = models.CharField(_("why there is no semantic signal"), max_length=300, blank=True)

    objects = ScoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("scoring")
        verbose_name_plural = _("scorings")
        indexes: ClassVar = [
            models.Index(
                fields=["requested_at"],
                name="matching_scoring_due",
                condition=Q(scored_at=None) | Q(scored_at__lt=F("requested_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"scoring of need {self.pk}"
