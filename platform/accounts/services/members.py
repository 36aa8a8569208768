"""Use cases of membership: invite, accept, change a role, end it."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Invitation, Membership, Organization, User
from accounts.services.permission import checked, require
from journal.errors import BadInput, GuardFailed
from journal.recording import record

OPEN_FOR = timedelta(days=7)
SALT = "accounts.invitation"


@transaction.atomic
def invite(organization: Organization, *, email: str, role: str, by: User) -> Invitation:
    """Ask somebody by mail to act for the organization; the mail leaves after the commit.

    A second invitation to the same address takes the place of the first. Raises NotAllowed, BadInput by field.
    """
    email = email.strip().lower()
    invitation = Invitation(
        organization=organization,
        email=email,
        role=role,
        invited_by=by,
        language=get_language() or "",
        expires_at=timezone.now() + OPEN_FOR,
    )
    require(by, "invitation.send", invitation)
    # The organization's row is the lock that invitations to it share.
    Organization.locked(organization.pk)
    if organization.memberships.current().filter(user__email__iexact=email).exists():
        message = _("This person acts for the organization already.")
        raise BadInput(message, fields={"email": [message]})
    Invitation.objects.filter(organization=organization, email=email, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    checked(invitation)
    invitation.save()
    # The address is personal data, which the journal does not keep.
    record(invitation, "sent", by=by, data={"organization": organization.pk, "role": role})
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back; its link stops working at once. Raises NotAllowed."""
    require(by, "invitation.revoke", invitation)
    if Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        record(invitation, "revoked", by=by, data={"organization": invitation.organization_id})
    return Invitation.objects.get(pk=invitation.pk)


def token_of(invitation: Invitation) -> str:
    """The signed part of the invitation's address; it is in the mail and nowhere else."""
    return signing.dumps([invitation.pk, invitation.secret], salt=SALT)


def read(token: str) -> Invitation:
    """The invitation behind an address; raises Http404 for one that was not issued here."""
    try:
        pk, secret = signing.loads(token, salt=SALT)
        return Invitation.objects.select_related("organization", "invited_by").get(pk=pk, secret=secret)
    except (signing.BadSignature, ValueError, TypeError, Invitation.DoesNotExist) as fault:
        raise Http404 from fault


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """Become a member with the invited role; takes the invitation's lock, so the link works once.

    Raises GuardFailed where the invitation is over or was sent to another address.
    """
    held = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not held.is_open:
        raise GuardFailed(_("This invitation was used, taken back, or has expired. Ask for a new one."))
    if by.email.lower() != held.email.lower():
        raise GuardFailed(_("This invitation was sent to another address. Log in with that one, or ask for a new one."))
    held.accepted_at = timezone.now()
    held.save(update_fields=["accepted_at"])
    membership, created = Membership.objects.get_or_create(
        user=by, organization_id=held.organization_id, until=None, defaults={"role": held.role}
    )
    if created:
        particulars = {"organization": held.organization_id, "role": held.role, "invitation": held.pk}
        record(membership, "began", by=by, data=particulars)
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User) -> Membership:
    """Give a member another role, from the next request on. Raises NotAllowed, BadInput, GuardFailed."""
    require(by, "membership.change", membership)
    current = held_alone(membership, keeps=role)
    if current.role != role:
        before, current.role = current.role, role
        checked(current)
        current.save(update_fields=["role"])
        record(current, "changed", by=by, data={"from": before, "to": role, "organization": current.organization_id})
    return current


@transaction.atomic
def end(membership: Membership, *, by: User) -> Membership:
    """End a membership: at the next request the person no longer acts for the organization.

    Raises NotAllowed, GuardFailed for the last manager.
    """
    require(by, "membership.end", membership)
    current = held_alone(membership, keeps="")
    if current.until is None:
        current.until = timezone.now()
        current.save(update_fields=["until"])
        record(current, "ended", by=by, data={"organization": current.organization_id})
    return current


def held_alone(membership: Membership, *, keeps: str) -> Membership:
    """The membership under its organization's lock; raises GuardFailed if that would be left without a manager."""
    Organization.locked(membership.organization_id)
    current = Membership.objects.get(pk=membership.pk)
    managers = Membership.objects.current().filter(organization=current.organization_id, role=Membership.Role.MANAGER)
    if current.role == Membership.Role.MANAGER != keeps and not managers.exclude(pk=current.pk).exists():
        raise GuardFailed(_("The organization would be left without a manager. Make somebody else a manager first."))
    return current
