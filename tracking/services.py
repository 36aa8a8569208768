"""Use cases of tracking: keep the course of each case, and tell matching what became of it."""

from datetime import datetime

from django.db import transaction

from contracts.models import Contract
from matching.models import Outcome
from matching.services import note_outcome
from tracking.models import Case


@transaction.atomic
def open_case(match_id: int, *, at: datetime) -> Case:
    """Begin to watch an approved match; gives its case under lock. Of several calls the earliest time counts."""
    Case.objects.get_or_create(match_id=match_id, defaults={"approved_at": at})
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(match_id=match_id)
    if at < case.approved_at:
        case.approved_at = at
        case.save(update_fields=["approved_at"])
    return case


@transaction.atomic
def note_draft(contract_id: int, *, at: datetime) -> None:
    """The contract of a case was opened. News may overtake each other: the case is opened here if it is not yet."""
    contract = Contract.objects.get(pk=contract_id)
    case = open_case(contract.match_id, at=at)
    case.contract, case.drafted_at = contract, at
    case.save(update_fields=["contract", "drafted_at"])
    note_outcome(contract.match_id, Outcome.Kind.DRAFTED)


@transaction.atomic
def note_withdrawal(contract_id: int, *, reason: str, at: datetime) -> None:
    """The contract of a case was given up: the case ends."""
    contract = Contract.objects.get(pk=contract_id)
    case = open_case(contract.match_id, at=at)
    case.contract, case.ended_at, case.ending = contract, at, reason
    case.save(update_fields=["contract", "ended_at", "ending"])
    note_outcome(contract.match_id, Outcome.Kind.WITHDRAWN)
