"""What the clock does in projects: reminders before a date, news of what is late, payments that fall due by date."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from contracts.execution.payments import due_now
from contracts.models import Milestone, Payment, Project
from contracts.models.milestone import SOON_DAYS
from journal.recording import record
from policy import PLATFORM

AT_ONCE = 200
"""Objects looked at in one sweep; the next one goes on."""


def sweep() -> int:
    """Tell of what is due soon or late, each date once, and let fall due what has come; gives how much was done."""
    today = timezone.localdate()
    return remind(today + timedelta(days=SOON_DAYS)) + tell_late() + let_fall_due()


def remind(until: date) -> int:
    """News for each milestone that is due by then and of which nothing was said for this date."""
    soon = Milestone.objects.owed_by_provider().filter(due_on__gte=timezone.localdate(), due_on__lte=until)
    unsaid = soon.filter(Q(reminded_for=None) | ~Q(reminded_for=F("due_on")))
    return sum(tell(pk, "reminded_for", "due_soon") for pk in unsaid.values_list("pk", flat=True)[:AT_ONCE])


def tell_late() -> int:
    """News for each milestone that has passed its date, once for this date."""
    late = Milestone.objects.owed_by_provider().filter(due_on__lt=timezone.localdate())
    unsaid = late.filter(Q(overdue_for=None) | ~Q(overdue_for=F("due_on")))
    return sum(tell(pk, "overdue_for", "overdue") for pk in unsaid.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def tell(milestone_id: int, mark: str, news: str) -> bool:
    """Write the news and note for which date; False if another sweep was faster."""
    held = Milestone.objects.owed_by_provider().select_for_update(skip_locked=True, of=("self",), no_key=True)
    milestone = held.filter(pk=milestone_id).first()
    if milestone is None or getattr(milestone, mark) == milestone.due_on:
        return False
    setattr(milestone, mark, milestone.due_on)
    milestone.save(update_fields=[mark])
    record(milestone, news, by=PLATFORM, data={"due_on": milestone.due_on, "project": milestone.project_id})
    return True


def let_fall_due() -> int:
    """Payments that hang on no milestone fall due on their day."""
    waiting = Payment.objects.filter(
        status=Payment.Status.PLANNED, milestone=None, due_on__lte=timezone.localdate(), project__status="performing"
    )
    projects = list(waiting.values_list("project_id", flat=True).distinct()[:AT_ONCE])
    for project_id in projects:
        with transaction.atomic():
            due_now(Project.locked(project_id))
    return len(projects)
