"""Use cases of a contract."""

from collections.abc import Callable, Mapping

from contracts.models import Contract
from contracts.services.drafting import join, open_draft, withdraw
from contracts.services.ending import decline, expire, expire_overdue
from contracts.services.external import prepare, submit
from contracts.services.intent import Intent, statement
from contracts.services.signing import sign, start_signing
from contracts.signing.external import ROOM as LARGEST_SIGNATURE

ACTIONS: Mapping[str, Callable[..., Contract]] = {
    "start_signing": start_signing,
    "decline": decline,
    "withdraw": withdraw,
}
"""The use case behind each action of the lifecycle, for pages and API alike."""

__all__ = [
    "ACTIONS",
    "LARGEST_SIGNATURE",
    "Intent",
    "decline",
    "expire",
    "expire_overdue",
    "join",
    "open_draft",
    "prepare",
    "sign",
    "start_signing",
    "statement",
    "submit",
    "withdraw",
]
