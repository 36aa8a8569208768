"""That somebody meant to sign: the password once more, the name typed, the statement shown and confirmed."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.document import Document, Party, digest
from contracts.paper import Unprintable, unprintable
from journal.errors import BadInput

MOST_WRONG, WAIT = 5, 15 * 60


@dataclass(frozen=True)
class Intent:
    """What a person gave to show that the signature is meant."""

    password: str
    typed_name: str
    confirmed: bool


def statement(document: Document, party: Party) -> str:
    """What the signer declares, in the reader's language; kept with the signature as it was shown."""
    return _(
        "I have read version %(version)s of contract %(number)s, whose data have the SHA-256 hash %(hash)s, and sign"
        " it for %(party)s. I am entitled to do so, and know that the contract binds %(party)s once all parties have"
        " signed."
    ) % {
        "version": document.version,
        "number": document.number,
        "hash": digest(document),
        "party": party.name_zh,
    }


def require_intent(person: User, intent: Intent) -> None:
    """Raise BadInput unless the statement is confirmed, the name is the person's own, and so is the password."""
    faults: dict[str, list[str]] = {}
    if not intent.confirmed:
        faults["confirmed"] = [_("Confirm the statement, or leave this page without signing.")]
    if squeezed(intent.typed_name) != squeezed(person.name):
        faults["typed_name"] = [_("Type your name as it stands in your account: %(name)s.") % {"name": person.name}]
    elif missing := unprintable(intent.typed_name):
        faults["typed_name"] = [str(Unprintable(missing))]
    if not faults and (message := password_fault(person, intent.password)):
        faults["password"] = [message]
    if faults:
        raise BadInput(" ".join(message for messages in faults.values() for message in messages), fields=faults)


def squeezed(name: str) -> str:
    """A name without regard to blanks and case."""
    return "".join(name.split()).casefold()


def password_fault(person: User, password: str) -> str:
    """What is wrong with the password; a few wrong ones in a row have to wait, right or wrong."""
    key = f"contracts.reauthentication.{person.pk}"
    wrong = cache.get(key, 0)
    if wrong >= MOST_WRONG:
        return _("Too many wrong passwords. Wait a quarter of an hour, then try again.")
    # A NUL byte could not even be compared with what the database holds.
    if "\0" in password or not person.check_password(password):
        cache.set(key, wrong + 1, WAIT)
        return _("This is not your password.")
    cache.delete(key)
    return ""
