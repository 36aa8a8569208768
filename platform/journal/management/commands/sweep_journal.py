"""Ring again for deliveries that are overdue, without waiting for beat; also shows what keeps failing."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.delivery import sweep
from journal.models import Receipt


class Command(BaseCommand):
    help = "Ring for overdue deliveries now, and list those that failed."

    def handle(self, *args: Any, **options: Any) -> None:
        failing = Receipt.objects.owed().filter(attempts__gt=0).select_related("entry").order_by("-attempts")[:50]
        for receipt in failing:
            self.stdout.write(
                f"{receipt.receiver} for {receipt.entry}: {receipt.attempts} attempts, {receipt.last_error}"
            )
        self.stdout.write(f"Rang for {sweep()} overdue deliveries.")
