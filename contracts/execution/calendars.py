"""The dates of a project as a calendar that programs can subscribe to (RFC 5545)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import User
from contracts.models import Milestone, Payment, Project

SALT = "contracts.calendar"


def key_for(user: User, project: Project) -> str:
    """What a calendar program shows in place of a login: it opens this person's dates of this project, nothing else.

    Always the same for the same two, so that a page leads to one address however often it is opened.
    """
    return signing.Signer(salt=SALT).sign_object([user.pk, project.pk])


def owner_of(key: str, project_id: int) -> User | None:
    """The person for whom the key was made, None if it is not ours, for another project, or the account is closed."""
    try:
        user_id, of = signing.Signer(salt=SALT).unsign_object(key)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return User.objects.filter(pk=user_id, is_active=True).first() if of == project_id else None


def calendar_of(project: Project, address: str) -> bytes:
    """Milestones and payments that are still owed, a day each; `address` is that of the project's page."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tenon//projects//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(project))
    for uid, day, words in dates(project):
        event = Event()
        event.add("uid", f"{uid}@tenon")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", words)
        event.add("url", address)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def dates(project: Project) -> Iterable[tuple[str, date, str]]:
    """(name, day, words) for each date that still matters."""
    number = project.contract.number
    for step in project.milestones.exclude(status=Milestone.Status.ACCEPTED):
        yield f"milestone-{step.pk}", step.due_on, f"{number} · {step}"
        if step.answer_due:
            words = _("%(milestone)s: answer due") % {"milestone": step}
            yield f"answer-{step.pk}", timezone.localdate(step.answer_due), f"{number} · {words}"
    for payment in project.payments.filter(status__in=Payment.OPEN, due_on__isnull=False):
        yield f"payment-{payment.pk}", payment.due_on, f"{number} · {payment}"  # type: ignore[misc]  # filtered
