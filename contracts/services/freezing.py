"""From agreement to a text that never changes, and back."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from contracts.composing import written
from contracts.document import (
    LEVELS,
    ORDER,
    SCHEMA,
    Bilingual,
    Clause,
    Document,
    DocumentFault,
    Level,
    Party,
    Role,
    Signing,
    canonical,
    composed,
)
from contracts.models import Contract, ContractVersion
from contracts.services.paper import keep_paper
from journal.errors import GuardFailed


def agree(contract: Contract, *, by: User, version: int, reason: str = "", note: str = "") -> Contract:
    """Conclude the negotiation: both sides have accepted every clause, and nothing but the third party is missing."""
    return contract.move_to(Contract.Status.AGREED, by=by, expected=version, reason=reason, note=note)


@transaction.atomic
def freeze(contract: Contract, *, by: User, version: int, reason: str = "", note: str = "") -> Contract:
    """Make the agreed text a version that never changes: RFC 8785 JSON, its SHA-256, and the formal contract as PDF/A.

    Raises what `move_to` raises, and GuardFailed where the text cannot be brought into that form.
    """
    current = Contract.locked(contract.pk, version=version)
    current.permitted(Contract.Status.FROZEN, by=by, reason=reason, note=note)
    number = current.versions.count() + 1
    content = content_of(current, number)
    digest = hashlib.sha256(content).hexdigest()
    frozen = ContractVersion.objects.create(
        contract=current, number=number, content=content, sha256=digest, frozen_at=timezone.now()
    )
    keep_paper(frozen)
    return contract.move_to(
        Contract.Status.FROZEN,
        by=by,
        expected=version,
        reason=reason,
        note=note,
        sets={"frozen_version": frozen},
        data={"number": number, "sha256": digest},
    )


def reopen(contract: Contract, *, by: User, version: int, reason: str = "", note: str = "") -> Contract:
    """Take an agreed, frozen, declined or expired contract back to negotiation, where a new version is made."""
    return contract.move_to(Contract.Status.NEGOTIATING, by=by, expected=version, reason=reason, note=note)


def content_of(contract: Contract, number: int) -> bytes:
    """The canonical bytes of the contract as this version; raises GuardFailed with what has to be changed."""
    try:
        return canonical(document_of(contract, number))
    except DocumentFault as fault:
        raise GuardFailed(
            _("The text cannot be frozen as it is. Take it back to negotiation and correct it: %(faults)s")
            % {"faults": fault}
        ) from fault


def document_of(contract: Contract, number: int) -> Document:
    """The contract as the document that is hashed, printed and signed."""
    clauses = written(contract, contract.clauses.select_related("library").order_by("position"))
    parties = tuple(party_of(role, organization) for role, organization in roles(contract))
    return Document(
        schema=SCHEMA,
        contract=contract.public_id,
        number=contract.number,
        version=number,
        type=contract.kind,
        language=contract.governing_language,  # type: ignore[arg-type]  # the field's choices are these two
        title=Bilingual(composed(contract.title_zh), composed(contract.title_en)),
        parties=parties,
        clauses=tuple(
            Clause(
                each.clause.key,
                each.number,
                Bilingual(composed(each.clause.title_zh), composed(each.clause.title_en)),
                Bilingual(composed(each.zh), composed(each.en)),
            )
            for each in clauses
        ),
        annexes=(),
        signing=Signing(tuple(party.role for party in parties), level_asked()),
    )


def roles(contract: Contract) -> list[tuple[Role, Organization]]:
    """The parties in the order in which they sign."""
    parties = {"client": contract.client, "provider": contract.provider, "government": contract.government}
    return [(role, party) for role in ORDER if (party := parties[role]) is not None]


def party_of(role: Role, organization: Organization) -> Party:
    """A party as the contract names it."""
    return Party(
        role=role,
        name_zh=composed(organization.name_zh),
        name_en=composed(organization.name_en),
        uscc=organization.uscc,
        address="",
        representative="",
    )


def level_asked() -> Level:
    """The weakest custody of keys that this platform admits; a start-up check refuses a setting that is none."""
    return next(level for level in LEVELS if level == settings.SIGNING_LEVEL)
