"""Working days, which a clock counts: Monday to Friday. Public holidays differ from year to year and are not known."""

from datetime import datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5
END_OF_WORK = time(18, 0)


def after_working_days(since: datetime, days: int) -> datetime:
    """The end of work on the day that comes so many working days after `since`, in the platform's time zone."""
    day = timezone.localtime(since).date()
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return timezone.make_aware(datetime.combine(day, END_OF_WORK))
