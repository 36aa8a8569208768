"""Use cases of API tokens."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiToken, User
from accounts.models.token import digest_of, new_key
from accounts.services.permission import checked, require
from journal.errors import BadInput
from journal.recording import record

MOST_DAYS = 366
MOST_TOKENS = 20
SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def issue(user: User, *, name: str, scope: str, days: int) -> tuple[ApiToken, str]:
    """A new token and its key, which can be read here and never again. Raises NotAllowed, BadInput by field."""
    token = ApiToken(user=user, name=name.strip(), scope=scope, expires_at=timezone.now() + timedelta(days=1))
    require(user, "token.create", token)
    if not 1 <= days <= MOST_DAYS:
        message = _("Choose between 1 and %(most)s days.") % {"most": MOST_DAYS}
        raise BadInput(message, fields={"days": [message]})
    # The person's row is the lock under which tokens are counted.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if ApiToken.objects.valid().filter(user=user).count() >= MOST_TOKENS:
        raise BadInput(_("You have %(most)s valid tokens. Revoke one first.") % {"most": MOST_TOKENS})
    key = new_key()
    token.expires_at = timezone.now() + timedelta(days=days)
    token.beginning, token.digest = key[:12], digest_of(key)
    checked(token)
    token.save()
    record(token, "issued", by=user, data={"scope": scope, "days": days})
    return token, key


@transaction.atomic
def revoke(token: ApiToken, *, by: User) -> ApiToken:
    """Make a token worthless at once. Raises NotAllowed."""
    require(by, "token.revoke", token)
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(token, "revoked", by=by)
    return ApiToken.objects.get(pk=token.pk)


def opened_by(key: str) -> ApiToken | None:
    """The valid token of a key whose owner's account is open; notes that it was used, at most once a minute."""
    token = ApiToken.objects.valid().filter(digest=digest_of(key), user__is_active=True).select_related("user").first()
    if token is None:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > SEEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
