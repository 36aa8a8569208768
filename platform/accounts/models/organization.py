"""Organizations, and how they are verified."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import validate_uscc
from journal.lifecycle import Lifecycle, Move
from policy import Actor, visible
from taxonomy.models import Region


class OrganizationReason(models.TextChoices):
    EVIDENCE = "evidence", _("The evidence is missing or cannot be read")
    MISMATCH = "mismatch", _("Name and code do not belong together")
    AUTHORITY = "authority", _("It is not clear that the person may act for it")
    OTHER = "other", _("Something else")


class SuspendReason(models.TextChoices):
    DISSOLVED = "dissolved", _("It no longer exists or was struck off")
    ABUSE = "abuse", _("It broke the rules of the platform")
    DISPUTE = "dispute", _("It is disputed who may act for it")


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, actor: Actor) -> "OrganizationQuerySet":
        return visible(self, actor, "organization.view")  # type: ignore[return-value]

    def staffed_for(self, actor: Actor) -> "OrganizationQuerySet":
        """Those of which the actor may know who acts for them."""
        return visible(self, actor, "organization.staff")  # type: ignore[return-value]


class Organization(Lifecycle):
    """An enterprise, university, institute, government body, broker or financial institution, known by its USCC.

    Its members can write at once; nothing of it is published before an administrator has verified it.
    """

    NOUN = "organization"

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        UNIVERSITY = "university", _("University")
        INSTITUTE = "institute", _("Research institute")
        GOVERNMENT = "government", _("Government")
        BROKER = "broker", _("Broker")
        FINANCIAL = "financial", _("Financial institution")

    class Status(models.TextChoices):
        UNVERIFIED = "unverified", _("Not verified")
        SUBMITTED = "submitted", _("To be verified")
        RETURNED = "returned", _("Returned for changes")
        VERIFIED = "verified", _("Verified")
        REJECTED = "rejected", _("Rejected")
        SUSPENDED = "suspended", _("Suspended")

    SUBMIT = Move("submit", "submitted", _("Ask to be verified"), tone="primary", sets={"changed_at": timezone.now})
    VERIFY = Move("verify", "verified", _("Verify"), tone="primary", sets={"changed_at": timezone.now})
    MOVES: ClassVar = {
        Status.UNVERIFIED: {Status.SUBMITTED: SUBMIT},
        Status.RETURNED: {Status.SUBMITTED: SUBMIT},
        Status.SUBMITTED: {
            Status.VERIFIED: VERIFY,
            Status.RETURNED: Move(
                "return", "returned", _("Return for changes"), reasons=OrganizationReason, note="required"
            ),
            Status.REJECTED: Move(
                "reject", "rejected", _("Reject"), reasons=OrganizationReason, note="optional", tone="danger"
            ),
        },
        Status.VERIFIED: {
            Status.SUSPENDED: Move(
                "suspend", "suspended", _("Suspend"), reasons=SuspendReason, note="required", tone="danger"
            )
        },
        Status.SUSPENDED: {Status.VERIFIED: VERIFY},
    }

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True, validators=[validate_uscc])
    region = models.ForeignKey(Region, on_delete=models.PROTECT, verbose_name=_("region"))
    about_zh = models.TextField(_("about, in Chinese"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    status = models.CharField(
        _("state"), max_length=12, choices=Status.choices, default=Status.UNVERIFIED, editable=False
    )
    changed_at = models.DateTimeField(_("state since"), default=timezone.now, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering: ClassVar = ["name_zh", "pk"]
        indexes: ClassVar = [models.Index(fields=["status", "changed_at"], name="accounts_organization_queue")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:organization", args=[self.pk])

    @property
    def name(self) -> str:
        """The name in the reader's language, as far as there is one."""
        return (self.name_en if (get_language() or "").startswith("en") else self.name_zh) or self.name_zh
