"""The contract itself: its parties and its lifecycle; so far the draft that an approved match opens."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information.models import Need
from journal.lifecycle import Lifecycle, Move
from matching.models import Match
from policy import Actor, visible
from taxonomy.models import ContractType
from texts.fields import LineField


class WithdrawReason(models.TextChoices):
    TERMS = "terms", _("No agreement on the terms")
    PLANS = "plans", _("Plans have changed")
    TRUST = "trust", _("Doubts about the other side")
    OTHER = "other", _("Another reason")


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, actor: Actor) -> "ContractQuerySet":
        return visible(self, actor, "contract.view")  # type: ignore[return-value]


class Contract(Lifecycle):
    """A technology contract between the need's organization (client) and the achievement's (provider)."""

    NOUN = "contract"

    class Status(models.TextChoices):
        DRAFTING = "drafting", _("Drafting")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES: ClassVar = {
        Status.DRAFTING: {
            Status.WITHDRAWN: Move(
                "withdraw", "withdrawn", _("Withdraw"), reasons=WithdrawReason, note="optional", tone="danger"
            ),
        },
    }

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="contract", verbose_name=_("match"))
    client = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("client"))
    provider = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("provider"))
    type = models.ForeignKey(ContractType, on_delete=models.PROTECT, to_field="code", verbose_name=_("contract type"))
    title_zh = LineField(_("project name in Chinese"), max_length=120, blank=True)
    title_en = LineField(_("project name in English"), max_length=240, blank=True)
    price_min = models.DecimalField(_("price from"), max_digits=14, decimal_places=2, null=True)
    price_max = models.DecimalField(_("price up to"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Need.Currency.choices)
    status = models.CharField(
        _("state"), max_length=12, choices=Status.choices, default=Status.DRAFTING, editable=False
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering: ClassVar = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title_zh or self.title_en}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:contract", args=[self.pk])

    @property
    def number(self) -> str:
        """The number under which people speak of it, for example "TC-2026-00012"."""
        return f"TC-{self.opened_at:%Y}-{self.pk:05d}"
