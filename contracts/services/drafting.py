"""A contract's beginning: the draft and what it is filled with, its third party, the clauses it starts from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.composing import chosen
from contracts.government import answerable_for, office_of
from contracts.models import Clause, Contract, LibraryClause
from contracts.particulars.beginning import from_the_posts
from contracts.services.checking import checked_particulars
from contracts.services.negotiating import locked
from information.models import Need
from journal.errors import BadInput, GuardFailed, NotAllowed, StaleVersion
from journal.recording import record
from matching.models import Match
from policy import PLATFORM, decide

DRAFTED = ("kind", "governing_language", "title_zh", "title_en", "currency")

TYPE_OF_KIND: Mapping[str, str] = {str(kind): code for code, kind in Contract.KIND_OF_TYPE.items()} | {
    str(Contract.Kind.COOPERATIVE): "development"
}


@transaction.atomic
def open_draft(match_id: int) -> Contract:
    """Open the contract of an approved match, filled from the posts; a second call gives the same contract.

    The government organization whose supervisor answers for the case is asked to be the third party. Takes the match's
    lock. Raises GuardFailed for a match that is not approved.
    """
    match = Match.locked(match_id)
    if match.status != Match.Status.APPROVED:
        raise GuardFailed(_("Only an approved match opens a contract."))
    if existing := Contract.objects.filter(match=match).first():
        return existing
    need, government = match.need, answerable_for(match)
    contract = Contract.objects.create(
        match=match,
        client_id=need.owner_id,
        provider_id=match.achievement.owner_id,
        government=government,
        type=need.type,
        kind=Contract.KIND_OF_TYPE[need.type_id],
        title_zh=need.title_zh,
        title_en=need.title_en,
        **frame_of_price(need),
        currency=need.currency,
        particulars=from_the_posts(need, match.achievement),
    )
    record(contract, "opened", by=PLATFORM, data={"match": match.pk, "government": government and government.pk})
    return contract


def frame_of_price(need: Need) -> dict[str, Decimal | None]:
    """The need's budget as the draft's frame; not of a need that is open under an NDA: nobody has signed one yet."""
    if need.visibility == Need.Visibility.NDA:
        return {"price_min": None, "price_max": None}
    return {"price_min": need.budget_min, "price_max": need.budget_max}


@transaction.atomic
def describe(
    contract: Contract, *, by: User, version: int, particulars: Mapping[str, Any] | None = None, **fields: str
) -> Contract:
    """Fill in the draft: its form, its names, its particulars; those not named stay as they are.

    Raises NotAllowed, StaleVersion, BadInput by field.
    """
    current = locked(contract, "contract.edit", by=by)
    if current.version != version:
        raise StaleVersion(_("The other side changed the draft while you were writing. Compare, and save again."))
    if odd := sorted(set(fields) - set(DRAFTED)):
        raise BadInput(_("There is no such field."), fields={odd[0]: [_("There is no such field.")]})
    said = {**current.particulars, **checked_particulars(particulars or {})}
    changes: dict[str, Any] = {
        **fields,
        "particulars": {key: value for key, value in said.items() if value is not None},
    }
    if "kind" in fields:
        changes["type_id"] = TYPE_OF_KIND.get(fields["kind"], current.type_id)
    for name, value in changes.items():
        setattr(current, name, value)
    try:
        current.clean_fields(exclude=[each.name for each in Contract._meta.fields if each.name not in fields])
    except ValidationError as fault:
        raise BadInput(" ".join(fault.messages), fields=fault.message_dict) from fault
    current.apply({**changes, "version": current.version + 1})
    record(current, "described", by=by, data={"version": current.version})
    return current


@transaction.atomic
def negotiate(contract: Contract, *, by: User, version: int, reason: str = "", note: str = "") -> Contract:
    """Start the negotiation: the clauses of the library that fit the draft become the text to be agreed on."""
    current = contract.move_to(Contract.Status.NEGOTIATING, by=by, expected=version, reason=reason, note=note)
    library = LibraryClause.objects.latest_versions()
    clauses = chosen(library, current.kind, current.particulars)
    if not clauses:
        raise GuardFailed(_("The clause library is empty. Ask an administrator to load it."))
    Clause.objects.bulk_create(
        Clause(
            contract=current,
            key=each.key,
            position=position,
            library=each,
            title_zh=each.title_zh,
            title_en=each.title_en,
            body_zh=each.body_zh,
            body_en=each.body_en,
        )
        for position, each in enumerate(clauses, start=1)
    )
    return current


@transaction.atomic
def join(contract: Contract, *, by: User, version: int) -> Contract:
    """A supervisor takes part for the government: supports, supervises and signs, but neither edits nor is paid.

    Raises StaleVersion, NotAllowed.
    """
    current = Contract.locked(contract.pk, version=version)
    if not (decision := decide(by, "contract.join", current)):
        raise NotAllowed(decision.reason)
    government_id = current.government_id or office_of(by, current)
    current.apply(
        {"government_id": government_id, "government_joined_at": timezone.now(), "version": current.version + 1}
    )
    record(current, "government_joined", by=by, data={"government": government_id, "version": current.version})
    return current


def withdraw(contract: Contract, *, by: User, version: int, reason: str = "", note: str = "") -> Contract:
    """A party gives the contract up before it was signed."""
    return contract.move_to(Contract.Status.WITHDRAWN, by=by, expected=version, reason=reason, note=note)
