"""Public duties."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organization import Organization
from accounts.models.terms import TermOfOffice
from accounts.models.user import User
from policy import Scope
from taxonomy.models import Chain, Region


class Office(models.Model):
    """A public duty: to administer the platform, to supervise a region and a chain for the government, or to give an
    expert's judgement."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        SUPERVISOR = "supervisor", _("Supervisor")
        EXPERT = "expert", _("Expert")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offices", verbose_name=_("user"))
    kind = models.CharField(_("office"), max_length=14, choices=Kind.choices)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("government organization")
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("chain"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = TermOfOffice.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["administrator", "expert"], organization=None)
                | Q(kind="supervisor", organization__isnull=False),
                name="accounts_office_supervisor_of_an_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"

    @property
    def scope(self) -> Scope:
        """What a supervisor answers for."""
        return Scope(
            region=self.region.code if self.region else "",
            chain=self.chain.code if self.chain else "",
        )
