"""The signing of one frozen version: whose turn it is, the signatures made, and the file after each of them."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from contracts.models.contract import Contract
from contracts.models.version import ContractVersion
from contracts.paper import Place
from policy import Actor, visible


class Role(models.TextChoices):
    CLIENT = "client", _("Client")
    PROVIDER = "provider", _("Provider")
    GOVERNMENT = "government", _("Government")


class Level(models.TextChoices):
    PLATFORM = "platform", _("Key held by the platform (demonstration)")
    CERTIFICATE = "certificate", _("The signer's own certificate, handed over for the moment of signing")
    EXTERNAL = "external", _("The signer's own device; the key never leaves it")


class SigningQuerySet(models.QuerySet["Signing"]):
    def visible_to(self, actor: Actor) -> "SigningQuerySet":
        return visible(self, actor, "signing.view")  # type: ignore[return-value]


class Signing(models.Model):
    """The signing of a frozen version, until a deadline; `turn` is the role that signs next, "" when all have.

    `level` is the weakest custody of keys that this signing admits. Changed only under the contract's lock.
    """

    NOUN = "signing"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signings")
    document = models.OneToOneField(ContractVersion, on_delete=models.PROTECT, related_name="signing")
    turn = models.CharField(_("turn"), max_length=10, choices=Role.choices, blank=True)
    level = models.CharField(_("custody of keys"), max_length=12, choices=Level.choices)
    parties = models.PositiveSmallIntegerField(_("number of parties"))
    started_at = models.DateTimeField(_("started"))
    deadline_at = models.DateTimeField(_("deadline"))
    completed_at = models.DateTimeField(_("completed"), null=True)
    boxes = models.JSONField(_("where the parties sign on the paper"))

    objects = SigningQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing of a contract")
        verbose_name_plural = _("signings of contracts")
        ordering: ClassVar = ["-started_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(turn="", completed_at__isnull=False) | (~Q(turn="") & Q(completed_at=None)),
                name="contracts_signing_complete_when_nobody_is_due",
            ),
            models.CheckConstraint(condition=Q(parties__in=[2, 3]), name="contracts_signing_two_or_three_parties"),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("started_at")), name="contracts_signing_deadline_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"signing of {self.document_id}"

    @property
    def places(self) -> list[Place]:
        """Where each party signs."""
        return [Place(each["role"], each["page"], tuple(each["box"])) for each in self.boxes]

    def overdue(self, at: datetime) -> bool:
        """Whether the deadline has passed; derived from the clock, never stored."""
        return bool(self.turn) and at > self.deadline_at


class ContractFile(models.Model):
    """One file of a version, known by its hash: number 0 the paper, then one after each signature.

    Each is the beginning of the next; a database trigger refuses anything else, and any change.
    """

    document = models.ForeignKey(ContractVersion, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("file of a contract")
        verbose_name_plural = _("files of contracts")
        ordering: ClassVar = ["document", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="contracts_file_once_per_number"),
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
                name="contracts_file_hash_is_of_its_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number} {self.sha256[:12]}"


class Signature(models.Model):
    """One signature, and what was shown and typed when it was made; never changed.

    The platform's certification has no role, organization or person. A database trigger holds `before_sha256` and
    `after_sha256` against the files: after n comes before n + 1.
    """

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="signatures")
    number = models.PositiveSmallIntegerField(_("number"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    typed_name = models.CharField(_("typed name"), max_length=80, blank=True)
    statement = models.TextField(_("statement shown"), blank=True)
    level = models.CharField(_("custody of the key"), max_length=12, choices=Level.choices)
    holder = models.CharField(_("certificate holder"), max_length=200)
    issuer = models.CharField(_("certificate issuer"), max_length=400)
    fingerprint = models.CharField(_("certificate fingerprint"), max_length=64)
    certificate_until = models.DateTimeField(_("certificate valid until"))
    signed_at = models.DateTimeField(_("signed"))
    stamped_at = models.DateTimeField(_("time stamp"), null=True)
    before_sha256 = models.CharField(_("hash before"), max_length=64)
    after_sha256 = models.CharField(_("hash after"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering: ClassVar = ["signing", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signing", "number"], name="contracts_signature_once_per_number"),
            models.UniqueConstraint(fields=["signing", "role"], name="contracts_signature_once_per_role"),
            models.UniqueConstraint(fields=["signing", "person"], name="contracts_signature_nobody_for_two_parties"),
            models.UniqueConstraint(fields=["signing", "organization"], name="contracts_signature_once_per_party"),
            models.CheckConstraint(
                condition=Q(number=1, role="", organization=None, person=None)
                | Q(number=2, role="client", organization__isnull=False, person__isnull=False)
                | Q(number=3, role="provider", organization__isnull=False, person__isnull=False)
                | Q(number=4, role="government", organization__isnull=False, person__isnull=False),
                name="contracts_signature_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role or 'platform'} on {self.signing_id}"


class PreparedSignature(models.Model):
    """A file that waits for a signature made elsewhere; it goes when it is signed, has expired or is made anew."""

    signing = models.OneToOneField(Signing, on_delete=models.CASCADE, related_name="prepared")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    typed_name = models.CharField(_("typed name"), max_length=80)
    statement = models.TextField(_("statement shown"))
    content = models.BinaryField(_("file with a place for the signature"))
    digest = models.BinaryField(_("digest to be signed"))
    start = models.PositiveIntegerField(_("where the place begins"))
    end = models.PositiveIntegerField(_("where it ends"))
    before_sha256 = models.CharField(_("hash before"), max_length=64)
    prepared_at = models.DateTimeField(_("prepared"))
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("prepared signature")
        verbose_name_plural = _("prepared signatures")

    def __str__(self) -> str:
        return f"prepared for {self.signing_id}"
