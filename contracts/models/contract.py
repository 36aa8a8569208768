"""The contract itself: its parties, what they agreed on in figures, and its lifecycle up to taking effect."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from contracts.guards import decided, settled_and_whole, whole
from contracts.models.reasons import ReopenReason, SigningRefusal, WithdrawReason
from information.models import Need
from information.models.post import new_public_id
from journal.lifecycle import Lifecycle, Move
from matching.models import Match
from policy import Actor, visible
from taxonomy.models import ContractType
from texts.fields import LineField


def nothing() -> None:
    """Back in negotiation no version is the frozen one any more; it stays on record as a version."""


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, actor: Actor) -> "ContractQuerySet":
        return visible(self, actor, "contract.view")  # type: ignore[return-value]


class Contract(Lifecycle):
    """A technology contract between the need's organization (client) and the achievement's (provider)."""

    NOUN = "contract"

    class Status(models.TextChoices):
        DRAFTING = "drafting", _("Drafting")
        NEGOTIATING = "negotiating", _("Negotiating")
        AGREED = "agreed", _("Agreed")
        FROZEN = "frozen", _("Frozen")
        SIGNING = "signing", _("Being signed")
        DECLINED = "declined", _("Signature declined")
        EXPIRED = "expired", _("Signing expired")
        EFFECTIVE = "effective", _("In effect")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        COMMISSIONED = "commissioned", _("Commissioned development")
        COOPERATIVE = "cooperative", _("Cooperative development")
        TRANSFER = "transfer", _("Technology transfer")
        LICENCE = "licence", _("Technology licence")
        CONSULTING = "consulting", _("Technology consulting")
        SERVICE = "service", _("Technology service")

    KIND_OF_TYPE: ClassVar = {
        "development": Kind.COMMISSIONED,
        "transfer": Kind.TRANSFER,
        "licence": Kind.LICENCE,
        "consulting": Kind.CONSULTING,
        "service": Kind.SERVICE,
    }
    """The form with which a draft of each type of the Civil Code begins; development has a second one."""

    class Language(models.TextChoices):
        CHINESE = "zh", _("Chinese")
        ENGLISH = "en", _("English")

    REOPEN = Move(
        "reopen",
        "reopened",
        _("Back to negotiation"),
        reasons=ReopenReason,
        note="optional",
        sets={"frozen_version": nothing},
    )
    WITHDRAW = Move("withdraw", "withdrawn", _("Withdraw"), reasons=WithdrawReason, note="optional", tone="danger")
    MOVES: ClassVar = {
        Status.DRAFTING: {
            Status.NEGOTIATING: Move(
                "negotiate", "negotiation_opened", _("Start the negotiation"), guard=decided, tone="primary"
            ),
            Status.WITHDRAWN: WITHDRAW,
        },
        Status.NEGOTIATING: {
            Status.AGREED: Move(
                "agree", "agreed", _("Conclude the negotiation"), guard=settled_and_whole, tone="primary"
            ),
            Status.WITHDRAWN: WITHDRAW,
        },
        Status.AGREED: {
            Status.FROZEN: Move("freeze", "frozen", _("Freeze the text"), guard=whole, tone="primary"),
            Status.NEGOTIATING: REOPEN,
            Status.WITHDRAWN: WITHDRAW,
        },
        Status.FROZEN: {
            Status.SIGNING: Move("start_signing", "signing_started", _("Start the signing"), tone="primary"),
            Status.NEGOTIATING: REOPEN,
            Status.WITHDRAWN: WITHDRAW,
        },
        Status.SIGNING: {
            Status.EFFECTIVE: Move("take_effect", "took_effect", _("Take effect")),
            Status.DECLINED: Move(
                "decline", "declined", _("Decline to sign"), reasons=SigningRefusal, note="optional", tone="danger"
            ),
            Status.EXPIRED: Move("expire", "signing_expired", _("Let the signing expire")),
        },
        Status.DECLINED: {Status.NEGOTIATING: REOPEN, Status.WITHDRAWN: WITHDRAW},
        Status.EXPIRED: {Status.NEGOTIATING: REOPEN, Status.WITHDRAWN: WITHDRAW},
    }
    BEFORE_FREEZING = (Status.DRAFTING, Status.NEGOTIATING, Status.AGREED)

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="contract", verbose_name=_("match"))
    client = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("client"))
    provider = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("provider"))
    government = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("government party")
    )
    government_joined_at = models.DateTimeField(_("government joined"), null=True)
    type = models.ForeignKey(ContractType, on_delete=models.PROTECT, to_field="code", verbose_name=_("contract type"))
    kind = models.CharField(_("form of contract"), max_length=12, choices=Kind.choices, default=Kind.COMMISSIONED)
    governing_language = models.CharField(
        _("governing language"), max_length=2, choices=Language.choices, default=Language.CHINESE
    )
    title_zh = LineField(_("project name in Chinese"), max_length=120, blank=True)
    title_en = LineField(_("project name in English"), max_length=240, blank=True)
    price_min = models.DecimalField(_("price from"), max_digits=14, decimal_places=2, null=True)
    price_max = models.DecimalField(_("price up to"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Need.Currency.choices)
    particulars = models.JSONField(_("particulars"), default=dict, editable=False)
    status = models.CharField(
        _("state"), max_length=12, choices=Status.choices, default=Status.DRAFTING, editable=False
    )
    frozen_version = models.OneToOneField(
        "contracts.ContractVersion",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("frozen version"),
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(status__in=["drafting", "negotiating", "agreed"], frozen_version=None)
                    | Q(status="withdrawn")
                    | (
                        ~Q(status__in=["drafting", "negotiating", "agreed", "withdrawn"])
                        & Q(frozen_version__isnull=False)
                    )
                ),
                name="contracts_frozen_means_a_version",
            ),
            models.CheckConstraint(
                condition=Q(government=None) | ~Q(government=F("client")) & ~Q(government=F("provider")),
                name="contracts_government_is_a_third_party",
            ),
            models.CheckConstraint(
                condition=Q(government_joined_at=None) | Q(government__isnull=False),
                name="contracts_joined_means_a_government",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title_zh or self.title_en}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:contract", args=[self.pk])

    @property
    def number(self) -> str:
        """The number under which people speak of it, for example "TC-2026-00012"."""
        return f"TC-{self.opened_at:%Y}-{self.pk:05d}"
