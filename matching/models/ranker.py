"""Rankers that were learned: each a record, from training over comparison to serving, and back."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journal.lifecycle import Lifecycle, Move
from policy import Actor, visible


def better_than_serving(ranker: "RankerVersion", actor: Actor) -> Mapping[str, list[str]]:
    """On held-back decisions it is better than what serves, the whole interval of the difference above nought."""
    if ranker.comparison.get("low", 0) > 0:
        return {}
    return {"": [_now("It is not surely better than what serves.")]}


def the_seat() -> int:
    """There is one, so two can never serve at once."""
    return 1


def no_seat() -> None:
    """Whoever no longer serves gives it back."""


class RankerQuerySet(models.QuerySet["RankerVersion"]):
    def visible_to(self, actor: Actor) -> "RankerQuerySet":
        return visible(self, actor, "ranker.view")  # type: ignore[return-value]

    def serving(self) -> "RankerQuerySet":
        """The one that orders suggestions now; none means the engine's own order."""
        return self.filter(status=RankerVersion.Status.PROMOTED)


class RankerVersion(Lifecycle):
    """A ranker learned from decisions, with what it was compared on; only one that is surely better serves."""

    NOUN = "ranker"

    class Status(models.TextChoices):
        TRAINED = "trained", _("Trained")
        PROMOTED = "promoted", _("Serving")
        REJECTED = "rejected", _("Not better")
        RETIRED = "retired", _("Retired")

    SERVES: ClassVar = {"promoted_at": timezone.now, "seat": the_seat}
    MOVES: ClassVar = {
        Status.TRAINED: {
            Status.PROMOTED: Move("promote", "promoted", _("Let it serve"), guard=better_than_serving, sets=SERVES),
            Status.REJECTED: Move("reject", "rejected", _("Reject")),
        },
        Status.PROMOTED: {
            Status.RETIRED: Move(
                "retire", "retired", _("Back to the engine's own order"), note="optional", sets={"seat": no_seat}
            )
        },
        Status.RETIRED: {
            Status.PROMOTED: Move("restore", "restored", _("Roll back to this one"), note="optional", sets=SERVES)
        },
    }

    name = models.CharField(_("version of the weights"), max_length=12, unique=True)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.TRAINED, editable=False)
    dump = models.TextField(_("weights"))
    weights = models.JSONField(_("what weighs how much"), default=list)
    comparison = models.JSONField(_("comparison on held-back decisions"), default=dict)
    decisions = models.PositiveIntegerField(_("decisions learned from"))
    needs = models.PositiveIntegerField(_("needs learned from"))
    data_hash = models.CharField(_("hash of the decisions"), max_length=64)
    trained_at = models.DateTimeField(_("trained"))
    seat = models.PositiveSmallIntegerField(null=True, editable=False)
    promoted_at = models.DateTimeField(_("serving since"), null=True)

    objects = RankerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ranker")
        verbose_name_plural = _("rankers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat"], name="matching_ranker_one_serves", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(status="promoted", seat=1) | (~Q(status="promoted") & Q(seat=None)),
                name="matching_ranker_serving_has_seat",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("matching:ranker", args=[self.pk])

    @property
    def better(self) -> dict[str, Any]:
        """How much better it was than what served, in points of nDCG@10 from 0 to 100."""
        return {name: 100 * self.comparison[name] for name in ("difference", "low", "high") if name in self.comparison}
