"""Personal data: what is kept about a person, and its erasure."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Invitation, Membership, User
from journal.errors import BadInput, GuardFailed
from journal.models import Entry
from journal.recording import record

ERASED = "已注销 / deleted account"
MOST_ENTRIES = 10_000

Part = Callable[[User], Any]

_parts: dict[str, Part] = {}


def contribute(name: str, part: Part) -> None:
    """What a floor above keeps about a person, as JSON can hold it; the same name again replaces the earlier one."""
    _parts[name] = part


def export(user: User) -> dict[str, Any]:
    """Everything that is kept about a person, for that person: a JSON object."""
    own = {
        "profile": {"id": user.pk, "email": user.email, "name": user.name, "language": user.language}
        | {"joined_at": user.joined_at.isoformat()},
        "memberships": list(user.memberships.order_by("pk").values("organization__name_zh", "role", "since", "until")),
        "offices": list(user.offices.order_by("pk").values("kind", "region__code", "chain__code", "since", "until")),
        "interests": list(user.interests.order_by("pk").values("organization__name_zh", "kind", "since", "until")),
        "tokens": list(user.tokens.order_by("pk").values("name", "scope", "created_at", "expires_at", "last_used_at")),
        "invitations": list(
            Invitation.objects.filter(email__iexact=user.email).values("organization__name_zh", "role")
        ),
        "deeds": list(Entry.objects.filter(actor=user).order_by("-pk").values("name", "stream", "at")[:MOST_ENTRIES]),
    }
    return own | {name: part(user) for name, part in sorted(_parts.items())}


@transaction.atomic
def erase(user: User, *, confirmed: str) -> None:
    """Forget who a person is: name, address, password, tokens; what was done stays, under a number without a name.

    `confirmed` is the person's own address, typed once more. Raises BadInput, and GuardFailed for the last manager of
    an organization or the holder of an office. Locks the person's row; the account is closed at once.
    """
    current = User.objects.select_for_update().get(pk=user.pk)
    if confirmed.strip().lower() != current.email.lower():
        message = _("Type your own e-mail address to confirm.")
        raise BadInput(message, fields={"confirmed": [message]})
    if current.offices.current().exists():
        raise GuardFailed(_("You hold an office. Ask an administrator to end it first."))
    if alone := [each for each in current.own_memberships if is_last_manager(each)]:
        raise GuardFailed(
            _("%(organization)s would be left without a manager. Make somebody else a manager first.")
            % {"organization": alone[0].organization.name}
        )
    now = timezone.now()
    Invitation.objects.filter(email__iexact=current.email).update(email=f"erased-{current.pk}@erased.invalid")
    current.memberships.current().update(until=now)
    current.interests.current().update(until=now)
    current.tokens.all().delete()
    current.email, current.name, current.language = f"erased-{current.pk}@erased.invalid", ERASED, ""
    current.is_active = False
    current.set_unusable_password()
    current.save()
    record(current, "erased", by=current)


def is_last_manager(membership: Membership) -> bool:
    """Whether the organization would be left without anybody to speak for it."""
    managers = Membership.objects.current().filter(
        organization=membership.organization_id, role=Membership.Role.MANAGER
    )
    return membership.role == Membership.Role.MANAGER and not managers.exclude(pk=membership.pk).exists()
