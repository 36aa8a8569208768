"""Letters: gathering what is due into one mail a person, and handing it to the mail server.

Celery is only the doorbell. A notice belongs to one letter for good; a letter is claimed in one transaction, sent, and
marked in another. A crash in between leaves the claim: the letter is sent once more, and never a third time.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from journal.doorbell import ring
from notifications.composing import compose
from notifications.models import Letter, Notice

log = logging.getLogger(__name__)

SEND = "notifications.tasks.send"
GAP = timedelta(minutes=10)
"""At least so long between two letters to one person."""
PATIENCE = timedelta(minutes=5)
"""How long a claimed letter may take; more than the mail server's timeout by far."""
LONGEST_WAIT = timedelta(hours=2)
MOST_ATTEMPTS = 12
MOST_LOST = 2
AT_ONCE = 500


@transaction.atomic
def gather(limit: int = AT_ONCE) -> int:
    """Put everything that is due into one letter for each person; gives how many letters were begun.

    Whoever had a letter within the last ten minutes waits for the next. One gathering at a time: a second one that
    runs beside it does nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('notifications.gather', 0))")
        if not cursor.fetchone()[0]:
            return 0
    now = timezone.now()
    recent = Letter.objects.filter(recipient=OuterRef("recipient"), created_at__gt=now - GAP)
    due = Notice.objects.to_mail().filter(~Exists(recent), mail_at__lte=now)
    people = list(due.order_by("recipient").values_list("recipient", flat=True).distinct()[:limit])
    letters = Letter.objects.bulk_create(Letter(recipient_id=pk, created_at=now, due_at=now) for pk in people)
    mine = Letter.objects.filter(pk__in=[letter.pk for letter in letters], recipient=OuterRef("recipient"))
    waiting = Notice.objects.to_mail().filter(recipient__in=people, mail_at__lte=now)
    waiting.update(letter=Subquery(mine.values("pk")[:1]))
    return len(letters)


def sweep(limit: int = AT_ONCE) -> int:
    """Ring for every letter that is due; gives their number."""
    due = Letter.objects.filter(closed_at=None, due_at__lte=timezone.now()).order_by("due_at")
    found = list(due.values_list("pk", flat=True)[:limit])
    for pk in found:
        ring(SEND, pk)
    return len(found)


def send(letter_id: int) -> bool:
    """Send a letter that is due; False if there was nothing to send or somebody else is at it.

    What the mail server refuses is tried again later, each time after twice the wait.
    """
    letter = claim(letter_id)
    if letter is None:
        return False
    message = compose(letter)
    if message is None:
        settle(letter, sent=False)
        return False
    try:
        message.send()
    except (SMTPException, OSError) as fault:
        put_off(letter, fault)
        return False
    settle(letter, sent=True)
    return True


@transaction.atomic
def claim(letter_id: int) -> Letter | None:
    """Take a letter that is due, committed before it is sent; closes one whose end was lost twice."""
    open_and_due = Letter.objects.filter(Q(closed_at=None), pk=letter_id, due_at__lte=timezone.now())
    letter = open_and_due.select_for_update(skip_locked=True, of=("self",)).select_related("recipient").first()
    if letter is None:
        return None
    letter.lost += letter.under_way
    if letter.lost >= MOST_LOST:
        letter.closed_at, letter.last_error = timezone.now(), "twice nobody heard how sending it ended"
        letter.save(update_fields=["closed_at", "lost", "last_error"])
        log.error("letter %s is given up: %s", letter.pk, letter.last_error)
        return None
    letter.under_way, letter.due_at = True, timezone.now() + PATIENCE
    letter.save(update_fields=["under_way", "due_at", "lost"])
    return letter


def settle(letter: Letter, *, sent: bool) -> None:
    """Close a letter that was sent, or of which nothing was left to tell."""
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(under_way=False, sent_at=now if sent else None, closed_at=now)


def put_off(letter: Letter, fault: Exception) -> None:
    """Note what the mail server said; the letter is tried again later, and given up after about a day."""
    now, attempts = timezone.now(), letter.attempts + 1
    wait = min(timedelta(minutes=2**attempts), LONGEST_WAIT)
    Letter.objects.filter(pk=letter.pk).update(
        under_way=False,
        attempts=attempts,
        due_at=now + wait,
        closed_at=now if attempts >= MOST_ATTEMPTS else None,
        last_error=f"{type(fault).__name__}: {fault}".replace("\0", "")[:300],
    )
    log.warning("letter %s could not be sent: %s", letter.pk, fault)
