"""When mails go out. Functions of moments alone."""

from datetime import datetime, timedelta

from django.utils import timezone

from notifications.kinds import Channel

GATHERING = timedelta(minutes=1)
"""How long a mail "at once" waits for others to the same person."""
MORNING = 8
MONDAY = 0


def mail_at(channel: str, told: datetime) -> datetime | None:
    """When a notice told at a moment is due by mail; daily at eight, weekly on Monday at eight, platform's time."""
    if channel == Channel.OFF:
        return None
    if channel == Channel.AT_ONCE:
        return told + GATHERING
    morning = timezone.localtime(told).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning <= told:
        morning += timedelta(days=1)
    if channel == Channel.WEEKLY:
        morning += timedelta(days=(MONDAY - morning.weekday()) % 7)
    return morning
