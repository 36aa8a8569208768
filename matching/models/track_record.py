"""How an organization's earlier cooperations went, as tracking knows it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization


class TrackRecord(models.Model):
    """The published evaluations of an organization in one figure, with how sure it is; filled by the floor above.

    `mean` lies from 0 to 1, `low` and `high` bound its interval, `cases` says on how many cooperations it rests. An
    organization without a row has no record, which is something else than a bad one.
    """

    NOUN = "track_record"

    organization = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="track_record", verbose_name=_("organization")
    )
    mean = models.FloatField(_("mean"))
    low = models.FloatField(_("lower end"))
    high = models.FloatField(_("upper end"))
    cases = models.PositiveIntegerField(_("cooperations"))
    updated_at = models.DateTimeField(_("as of"))

    class Meta:
        verbose_name = _("track record")
        verbose_name_plural = _("track records")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(low__gte=0, high__lte=1, low__lte=F("mean"), high__gte=F("mean")),
                name="matching_track_record_interval_holds_mean",
            ),
            models.CheckConstraint(condition=Q(cases__gte=1), name="matching_track_record_rests_on_cases"),
        ]

    def __str__(self) -> str:
        return f"track record of {self.organization_id}"

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end."""
        return self.low, self.high
