"""What notifications keep about a person: for the export, and to be deleted when the person is erased."""

from typing import Any

from accounts.models import User
from accounts.services.personal import contribute
from journal.models import Entry
from journal.subscriptions import on
from notifications.models import Letter, Notice, Preference


def notices(user: User) -> list[dict[str, Any]]:
    """What the person was told: kind and moments; the words are made from the journal when they are read."""
    return [dict(row) for row in user.notices.order_by("pk").values("kind", "created_at", "read_at")]


def mail_settings(user: User) -> dict[str, str]:
    """How the person wants kinds of notices mailed."""
    return dict(Preference.objects.filter(user=user).values_list("kind", "channel"))


contribute("notices", notices)
contribute("mail_settings", mail_settings)


@on("accounts.user.erased")
def forget(entry: Entry) -> None:
    """Nobody reads these notices any more."""
    Notice.objects.filter(recipient=entry.subject_id).delete()
    Letter.objects.filter(recipient=entry.subject_id).delete()
    Preference.objects.filter(user=entry.subject_id).delete()
