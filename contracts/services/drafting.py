"""A contract's beginning: the draft, its third party, and its withdrawal."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.government import answerable_for, office_of
from contracts.models import Contract
from information.models import Need
from journal.errors import GuardFailed, NotAllowed
from journal.recording import record
from matching.models import Match
from policy import PLATFORM, decide


@transaction.atomic
def open_draft(match_id: int) -> Contract:
    """Open the contract of an approved match, filled from the need; a second call gives the same contract.

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
    )
    record(contract, "opened", by=PLATFORM, data={"match": match.pk, "government": government and government.pk})
    return contract


def frame_of_price(need: Need) -> dict[str, Decimal | None]:
    """The need's budget as the draft's frame; not of a need that is open under an NDA: nobody has signed one yet."""
    if need.visibility == Need.Visibility.NDA:
        return {"price_min": None, "price_max": None}
    return {"price_min": need.budget_min, "price_max": need.budget_max}


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
