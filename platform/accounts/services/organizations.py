"""Use cases of an organization: found it, describe it, have it verified, judge it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Organization, User
from accounts.services.permission import checked, require
from journal.errors import BadInput
from journal.recording import record

IDENTITY = ("kind", "name_zh", "name_en", "uscc")
"""What an administrator verified: it changes only before that."""
DESCRIPTION = ("region", "about_zh", "about_en")
OPEN = frozenset({Organization.Status.UNVERIFIED, Organization.Status.RETURNED})


@transaction.atomic
def found(fields: Mapping[str, Any], *, by: User) -> Organization:
    """Register an organization; the person becomes its manager. Raises NotAllowed, BadInput by field."""
    organization = Organization(**fields)
    require(by, "organization.found", organization)
    checked(organization)
    organization.save()
    record(organization, "founded", by=by)
    membership = Membership.objects.create(user=by, organization=organization, role=Membership.Role.MANAGER)
    record(membership, "began", by=by, data={"organization": organization.pk, "role": membership.role})
    return organization


@transaction.atomic
def describe(organization: Organization, fields: Mapping[str, Any], *, by: User, version: int) -> Organization:
    """Change what is said of an organization; takes its lock. Name, kind and code only before it is verified.

    Raises StaleVersion, NotAllowed, BadInput by field.
    """
    current = Organization.locked(organization.pk, version=version)
    require(by, "organization.describe", current)
    changed = [name for name, value in fields.items() if getattr(current, name) != value]
    if current.status not in OPEN and (fixed := [name for name in changed if name in IDENTITY]):
        message = _("An administrator has verified this. Ask an administrator if it has to change.")
        raise BadInput(message, fields={name: [message] for name in fixed})
    if changed:
        for name in changed:
            setattr(current, name, fields[name])
        current.version += 1
        checked(current)
        current.save()
        record(current, "described", by=by, data={"fields": changed})
    return current


def submit(organization: Organization, *, by: User, version: int, reason: str = "", note: str = "") -> Organization:
    """Ask the administrators to verify the organization."""
    return organization.move_to("submitted", by=by, expected=version, reason=reason, note=note)


def verify(organization: Organization, *, by: User, version: int, reason: str = "", note: str = "") -> Organization:
    """Confirm that the organization is what it says, and that its manager may act for it."""
    return organization.move_to("verified", by=by, expected=version, reason=reason, note=note)


def send_back(organization: Organization, *, by: User, version: int, reason: str = "", note: str = "") -> Organization:
    """Return an organization with a message that says what is missing."""
    return organization.move_to("returned", by=by, expected=version, reason=reason, note=note)


def reject(organization: Organization, *, by: User, version: int, reason: str = "", note: str = "") -> Organization:
    """Refuse an organization for good, with a reason."""
    return organization.move_to("rejected", by=by, expected=version, reason=reason, note=note)


def suspend(organization: Organization, *, by: User, version: int, reason: str = "", note: str = "") -> Organization:
    """Stop an organization from publishing; what it has published stays."""
    return organization.move_to("suspended", by=by, expected=version, reason=reason, note=note)


ACTIONS: Mapping[str, Callable[..., Organization]] = {
    "submit": submit,
    "verify": verify,
    "return": send_back,
    "reject": reject,
    "suspend": suspend,
}
"""The use case behind each action of the lifecycle, for pages and API alike."""
