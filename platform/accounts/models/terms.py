"""What holds from one moment until another."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


class TermOfOffice(models.QuerySet[Any]):
    def current(self) -> "TermOfOffice":
        """Those that have begun and not ended; the clock decides, nothing has to be switched."""
        now = timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now)
