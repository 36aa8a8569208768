"""A program's key in the request: `Authorization: Bearer tenon_…`."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.models import ApiToken
from accounts.services.tokens import opened_by

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


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registered by the library
    """How a token is described."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "tokenAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": SCHEME}
