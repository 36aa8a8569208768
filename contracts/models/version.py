"""Frozen versions of a contract."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract


class ContractVersion(models.Model):
    """The text of a contract as it was frozen, never changed: a database trigger refuses UPDATE, DELETE and TRUNCATE.

    `content` is the document in canonical JSON (RFC 8785), `sha256` the hex digest of exactly these bytes.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="versions", verbose_name=_("contract")
    )
    number = models.PositiveSmallIntegerField(_("version number"))
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen"))

    class Meta:
        verbose_name = _("version of a contract")
        verbose_name_plural = _("versions of contracts")
        ordering: ClassVar = ["contract", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "number"], name="contracts_version_once_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="contracts_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
                name="contracts_version_hash_is_of_its_content",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of contract {self.contract_id}"

    @property
    def document(self) -> Any:
        """The document that was frozen (`contracts.document`)."""
        return json.loads(bytes(self.content))
