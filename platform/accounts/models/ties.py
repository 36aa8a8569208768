"""Ties between people and organizations beside membership: interests and mandates."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organization import Organization
from accounts.models.terms import TermOfOffice
from accounts.models.user import User
from policy import Actor, visible


class InterestQuerySet(TermOfOffice):
    def visible_to(self, actor: Actor) -> "InterestQuerySet":
        return visible(self, actor, "interest.view")  # type: ignore[return-value]


class Interest(models.Model):
    """Why somebody cannot judge the affairs of an organization, from one day until another.

    People declare theirs; the floors above add those that follow from contracts. Memberships count without a row here,
    as long as they last and two years beyond.
    """

    NOUN = "interest"

    class Kind(models.TextChoices):
        DECLARED = "declared", _("Declared")
        CONTRACT = "contract", _("Contract")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="interests", verbose_name=_("user"))
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("organization")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organization", "kind"],
                condition=Q(until=None),
                name="accounts_interest_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organization_id}"


class MandateQuerySet(TermOfOffice):
    def visible_to(self, actor: Actor) -> "MandateQuerySet":
        return visible(self, actor, "mandate.view")  # type: ignore[return-value]


class Mandate(models.Model):
    """An organization lets a broker act for it in some matters, from one day until another; it can end it at once."""

    NOUN = "mandate"

    class Matter(models.TextChoices):
        POSTS = "posts", _("Write, submit and withdraw posts")
        MATCHES = "matches", _("Speak in matches")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("organization")
    )
    broker = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="mandated", verbose_name=_("broker")
    )
    matters = ArrayField(models.CharField(max_length=10, choices=Matter.choices), verbose_name=_("matters"))
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("granted by"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="accounts_mandate_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(organization=F("broker")), name="accounts_mandate_for_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.broker_id} for {self.organization_id}"

    @property
    def is_current(self) -> bool:
        """Whether the broker may act now."""
        now = timezone.now()
        return self.since <= now and (self.until is None or self.until > now)

    @property
    def matter_labels(self) -> list[str]:
        """The matters in words."""
        return [str(Mandate.Matter(matter).label) for matter in self.matters]
