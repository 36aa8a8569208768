"""Until when a clock of a room runs: the end of work on a working day, in the platform's time zone."""

from datetime import datetime, time

from django.utils import timezone

from clocks import after

END_OF_WORK = time(18, 0)


def after_working_days(since: datetime, days: int) -> datetime:
    """The end of work on the day that comes so many working days after `since`."""
    day = after(timezone.localtime(since).date(), days)
    return timezone.make_aware(datetime.combine(day, END_OF_WORK))
