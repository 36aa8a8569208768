"""Use cases of notices: tell, mark as read, choose how they are mailed."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.errors import BadInput
from journal.models import Entry
from notifications.clock import mail_at
from notifications.kinds import Channel, every_kind, named
from notifications.models import Notice, Preference

BATCH = 1000


@transaction.atomic
def tell(kind: str, entry: Entry, recipients: Iterable[int]) -> int:
    """Put the entry into the inboxes of these people (by primary key) and have it mailed as each has chosen.

    Nobody is told what he did himself, nor anything twice: the same call again changes nothing. A bounded number of
    queries for each thousand recipients. Gives how many people were to be told.
    """
    declared, now = named(kind), timezone.now()
    wanted = sorted({pk for pk in recipients if pk != entry.actor_id})
    for start in range(0, len(wanted), BATCH):
        some = User.objects.filter(pk__in=wanted[start : start + BATCH], is_active=True).values_list("pk", flat=True)
        chosen = dict(Preference.objects.filter(user__in=some, kind=kind).values_list("user", "channel"))
        Notice.objects.bulk_create(
            [
                Notice(
                    entry=entry,
                    recipient_id=pk,
                    kind=kind,
                    created_at=now,
                    mail_at=mail_at(chosen.get(pk, declared.channel), now),
                )
                for pk in some
            ],
            ignore_conflicts=True,
        )
    return len(wanted)


def mark_read(notice: Notice) -> Notice:
    """Note that the person has seen it; a second time changes nothing."""
    if notice.read_at is None:
        now = timezone.now()
        Notice.objects.unread().filter(pk=notice.pk).update(read_at=now)
        notice.read_at = now
    return notice


def mark_all_read(user: User) -> int:
    """Note that the person has seen everything in the inbox; gives how many were new."""
    return Notice.objects.unread().filter(recipient=user).update(read_at=timezone.now())


@transaction.atomic
def choose(user: User, channels: Mapping[str, str]) -> None:
    """Set how kinds of notices are mailed to the person from now on; those already waiting keep their time.

    Raises BadInput on a kind or a channel that does not exist; then nothing is changed.
    """
    faults = {}
    declared = {kind.name for kind in every_kind()}
    for kind, channel in channels.items():
        if kind not in declared:
            faults[kind[:60]] = [_("There is no such kind of notice.")]
        elif channel not in Channel.values:
            faults[kind] = [_("Choose one of: %(values)s.") % {"values": ", ".join(Channel.values)}]
    if faults:
        raise BadInput(_("Some fields need another look."), fields=faults)
    Preference.objects.bulk_create(
        [Preference(user=user, kind=kind, channel=channel) for kind, channel in channels.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["channel"],
    )
