"""What contracts does when something happens on the floor below."""

from contracts import services
from journal.models import Entry
from journal.subscriptions import on


@on("matching.match.approved")
def open_draft(entry: Entry) -> None:
    services.open_draft(entry.subject_id)
