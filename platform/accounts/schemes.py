"""How the ways to authenticate are described in the API's schema.

Apart from them, because the framework reads its authentication classes while it is being imported.
"""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from accounts.authentication import SCHEME
from rest.schema import BasicScheme


class PasswordScheme(BasicScheme):  # type: ignore[no-untyped-call]  # registered by the library
    """E-mail address and password."""

    target_class = "accounts.authentication.PasswordAuthentication"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registered by the library
    """An API token."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "tokenAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": SCHEME}
