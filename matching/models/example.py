"""What the engine learns from: where suggestions were shown, and what people made of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.models.match import Match
from matching.models.side import Side


class Features(models.Model):
    """A pair as the engine saw it: every signal by name (null where it is absent), and what it was computed from."""

    features = models.JSONField(_("signals"))
    engine_version = models.CharField(_("engine"), max_length=80)
    need_hash = models.CharField(_("hash of the need"), max_length=64)
    achievement_hash = models.CharField(_("hash of the achievement"), max_length=64)
    position = models.PositiveIntegerField(_("place in the list"), null=True)

    class Meta:
        abstract = True


class Showing(Features):
    """A suggestion was shown to one side, at a position of its list, while that side had not spoken.

    The last showing of a suggestion before a side speaks is what that side decided on. A measurement, not an act of
    anybody: it stands in no journal.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="showings", verbose_name=_("match"))
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("shown to")
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("showing")
        verbose_name_plural = _("showings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["match", "side"], name="matching_showing_once_per_side"),
            models.CheckConstraint(condition=Q(position__gte=1), name="matching_showing_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"match {self.match_id} shown to the {self.side}'s side"


class Example(Features):
    """What people's words and the outcome say about one pair: a grade from 0 (does not fit) to 4 (it went well).

    Rebuilt from the journal, so building it again changes nothing. `weight` says how much the decision tells about fit.
    """

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="example", verbose_name=_("match"))
    grade = models.PositiveSmallIntegerField(_("grade"))
    weight = models.FloatField(_("weight"))
    source = models.CharField(_("what it rests on"), max_length=40)
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(grade__lte=4), name="matching_example_grade_to_4"),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=1), name="matching_example_weight_to_1"),
        ]
        indexes: ClassVar = [models.Index(fields=["decided_at", "id"], name="matching_example_by_time")]

    def __str__(self) -> str:
        return f"grade {self.grade} for match {self.match_id}"
