"""The link in a letter that stops its kind of mail, for whoever holds the letter, without a login."""

from collections.abc import Sequence

from django.core import signing
from django.http import Http404

from accounts.models import User
from notifications.kinds import Channel, Kind, find
from notifications.services import choose

SALT = "notifications.unsubscribe"


def token_for(user_id: int, kinds: Sequence[str]) -> str:
    """The signed part of the address: whose mail, and which kinds of it."""
    return signing.dumps([user_id, list(kinds)], salt=SALT)


def read(token: str) -> tuple[User, list[Kind]]:
    """Whose mail and which kinds the address speaks of; raises Http404 for one that was not issued here."""
    try:
        user_id, names = signing.loads(token, salt=SALT)
        user = User.objects.get(pk=user_id)
    except (signing.BadSignature, ValueError, User.DoesNotExist) as fault:
        raise Http404 from fault
    return user, [kind for name in names if (kind := find(name))]


def leave(token: str) -> list[Kind]:
    """Stop the mails of these kinds; they still stand in the inbox. Pressing twice changes nothing."""
    user, kinds = read(token)
    choose(user, {kind.name: Channel.OFF.value for kind in kinds})
    return kinds
