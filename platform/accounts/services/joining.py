"""Accepting an invitation: with the account one has, or by opening one."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Invitation, User
from accounts.services.members import accept
from journal.errors import GuardFailed
from journal.recording import record


@transaction.atomic
def join(invitation: Invitation, person: User | AnonymousUser, fields: Mapping[str, Any]) -> User:
    """Accept for the person logged in, or for a new one with this name and password; gives who accepted.

    The link proves the address, so it counts as confirmed. Raises GuardFailed.
    """
    if isinstance(person, User):
        accept(invitation, by=person)
        return person
    if not fields or User.objects.filter(email__iexact=invitation.email).exists():
        raise GuardFailed(_("There is an account with this address already. Log in to accept."))
    made = User.objects.create_user(
        invitation.email, fields["password"], name=fields["name"], language=get_language() or ""
    )
    record(made, "joined", by=made)
    accept(invitation, by=made)
    return made
