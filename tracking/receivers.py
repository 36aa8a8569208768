"""What tracking does when something happens on the floors below."""

from journal.models import Entry
from journal.subscriptions import on
from tracking import services


@on("matching.match.approved")
def open_case(entry: Entry) -> None:
    services.open_case(entry.subject_id, at=entry.at)


@on("contracts.contract.opened")
def note_draft(entry: Entry) -> None:
    services.note_draft(entry.subject_id, at=entry.at)


@on("contracts.contract.withdrawn")
def note_withdrawal(entry: Entry) -> None:
    services.note_withdrawal(entry.subject_id, reason=entry.data.get("reason", ""), at=entry.at)
