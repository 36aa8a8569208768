"""What contracts does when something happens on the floor below."""

from django.utils import timezone

from accounts.people import speakers_of
from contracts import services
from contracts.execution.planning import plan_of
from contracts.execution.projects import begin
from contracts.models import Contract
from journal.models import Entry
from journal.subscriptions import on
from matching.docking import rooms
from notifications.services import tell


@on("matching.match.approved")
def open_draft(entry: Entry) -> None:
    services.open_draft(entry.subject_id)


@on("contracts.contract.opened")
def tell_the_parties(entry: Entry) -> None:
    contract = Contract.objects.get(pk=entry.subject_id)
    tell("contract.opened", entry, speakers_of(contract.client_id, contract.provider_id))


@on("matching.room.agreed")
def fill_draft(entry: Entry) -> None:
    services.fill_from_room(entry.subject_id)


@on("contracts.contract.took_effect")
def conclude_the_talks(entry: Entry) -> None:
    rooms.contracted(Contract.objects.get(pk=entry.subject_id).match_id)


@on("contracts.contract.took_effect")
def begin_project(entry: Entry) -> None:
    contract = Contract.objects.get(pk=entry.subject_id)
    begin(contract, plan_of(contract.particulars, currency=contract.currency, today=timezone.localdate(entry.at)))
