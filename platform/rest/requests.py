"""The request as our views see it behind the policy's gate."""

from typing import Any

from rest_framework.request import Request


class MemberRequest(Request):
    """A request whose user the policy has let in; for annotations only, never constructed."""

    user: Any
