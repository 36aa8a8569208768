"""Who asks: a browser's session, or e-mail address and password in the request."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the pages, with its CSRF check.

    Names a scheme, so that a visitor is answered 401 and not 403; not "Basic", which would make browsers ask for a
    password in a window of their own.
    """

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="Tenon"'


class BasicAuthentication(authentication.BasicAuthentication):
    """E-mail address and password with every request, for programs."""

    www_authenticate_realm = "Tenon"

    def authenticate_credentials(self, userid: str, password: str, request: Request | None = None) -> Any:
        # PostgreSQL cannot even be asked for an address with a NUL byte in it.
        if "\0" in userid:
            raise AuthenticationFailed(_("Invalid e-mail address or password."))
        try:
            return super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed as fault:
            raise AuthenticationFailed(_("Invalid e-mail address or password.")) from fault
