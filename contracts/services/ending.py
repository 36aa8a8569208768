"""How a signing ends without a contract: somebody declines, or the deadline passes."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Contract, Signing
from journal.errors import DomainError, GuardFailed
from policy import PLATFORM


def decline(contract: Contract, *, by: User, version: int, reason: str = "", note: str = "") -> Contract:
    """A party does not sign; the signatures made so far go for nothing, and the text can be negotiated again."""
    return contract.move_to(Contract.Status.DECLINED, by=by, expected=version, reason=reason, note=note)


def expire(contract: Contract, *, at: datetime | None = None) -> Contract:
    """The deadline passed. Raises GuardFailed before it has."""
    signing = Signing.objects.get(document=contract.frozen_version_id)
    if not signing.overdue(at or timezone.now()):
        raise GuardFailed(_("The deadline for signing has not passed yet."))
    return contract.move_to(Contract.Status.EXPIRED, by=PLATFORM, data={"deadline": signing.deadline_at})


def expire_overdue(limit: int = 100) -> int:
    """Expire the signings whose deadline has passed; gives their number. One that moved meanwhile is left alone."""
    due = Signing.objects.filter(
        contract__status=Contract.Status.SIGNING,
        document=F("contract__frozen_version"),
        deadline_at__lt=timezone.now(),
        completed_at=None,
    )
    expired = 0
    for signing in due.select_related("contract").order_by("deadline_at")[:limit]:
        try:
            expire(signing.contract)
        except DomainError:
            continue
        expired += 1
    return expired
