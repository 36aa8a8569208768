"""Use cases of a contract."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Contract
from journal.errors import GuardFailed
from journal.recording import record
from matching.models import Match
from policy import PLATFORM


@transaction.atomic
def open_draft(match_id: int) -> Contract:
    """Open the contract of an approved match, filled from the need; a second call gives the same contract.

    Takes the match's lock. Raises GuardFailed for a match that is not approved.
    """
    match = Match.locked(match_id)
    if match.status != Match.Status.APPROVED:
        raise GuardFailed(_("Only an approved match opens a contract."))
    if existing := Contract.objects.filter(match=match).first():
        return existing
    need = match.need
    contract = Contract.objects.create(
        match=match,
        client_id=need.owner_id,
        provider_id=match.achievement.owner_id,
        type=need.type,
        title_zh=need.title_zh,
        title_en=need.title_en,
        price_min=need.budget_min,
        price_max=need.budget_max,
        currency=need.currency,
    )
    record(contract, "opened", by=PLATFORM, data={"match": match.pk})
    return contract


def withdraw(contract: Contract, *, by: User, version: int, reason: str = "", note: str = "") -> Contract:
    """A party gives the contract up before it was signed."""
    return contract.move_to(Contract.Status.WITHDRAWN, by=by, expected=version, reason=reason, note=note)


ACTIONS: Mapping[str, Callable[..., Contract]] = {"withdraw": withdraw}
"""The use case behind each action of the lifecycle, for pages and API alike."""
