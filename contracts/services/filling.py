"""Filling a draft from the term sheet on which both sides agreed in their docking room."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from contracts.models import Contract
from contracts.particulars import checked
from contracts.particulars.agreed import fields_of, note_of, particulars_of
from contracts.services.drafting import TYPE_OF_KIND, open_draft
from journal.recording import record
from matching.models import Room
from matching.queries import agreed_terms
from policy import PLATFORM


def fill_from_room(room_id: int) -> Contract | None:
    """Take over what the sides of a room agreed on; None if they have reopened the talks since."""
    match_id = Room.objects.values_list("match_id", flat=True).get(pk=room_id)
    sheet = agreed_terms(match_id)
    return fill_from_terms(open_draft(match_id).pk, sheet.terms) if sheet else None


@transaction.atomic
def fill_from_terms(contract_id: int, terms: Mapping[str, Any]) -> Contract:
    """Put the agreed terms into the draft, in place of what stood there; what is negotiated already is left alone.

    Takes the contract's lock. Doing it twice changes nothing but the journal.
    """
    current = Contract.locked(contract_id)
    if current.status != Contract.Status.DRAFTING:
        return current
    fields = fields_of(terms)
    changes: dict[str, Any] = {
        **fields,
        "particulars": {**current.particulars, **checked(particulars_of(terms))},
        "version": current.version + 1,
    }
    if "kind" in fields:
        changes["type_id"] = TYPE_OF_KIND[fields["kind"]]
    current.apply(changes)
    record(current, "filled", by=PLATFORM, data={"version": current.version, "note": note_of(terms)})
    return current
