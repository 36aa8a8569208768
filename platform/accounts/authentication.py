"""Who asks over the API: a program's key (`Authorization: Bearer tenon_…`), or address and password."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.models import ApiToken
from accounts.services.tokens import opened_by
from accounts.throttle import WINDOW, Attempt, place_of
from rest.authentication import BasicAuthentication

SCHEME = "bearer"


class TokenAuthentication(authentication.BaseAuthentication):
    """The token's owner asks; a token for reading opens nothing else."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        token = opened_by(key.strip())
        if token is None:
            raise AuthenticationFailed(_("This token is unknown, expired or revoked. Create another one."))
        if token.scope == ApiToken.Scope.READ and request.method not in SAFE_METHODS:
            raise PermissionDenied(_("This token may only read. Create one that may write."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Tenon"'


class PasswordAuthentication(BasicAuthentication):
    """E-mail address and password with every request; failures are counted as those of the login page are."""

    def authenticate_credentials(self, userid: str, password: str, request: Request | None = None) -> Any:
        attempt = Attempt(userid, place_of(request._request if request else None))
        if attempt.blocked:
            raise Throttled(wait=WINDOW, detail=_("Too many attempts."))
        try:
            found = super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed:
            attempt.failed()
            raise
        attempt.succeeded()
        return found
