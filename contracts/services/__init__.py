"""Use cases of a contract."""

from collections.abc import Callable, Mapping

from contracts.models import Contract
from contracts.services.dividing import put_shares
from contracts.services.drafting import describe, join, negotiate, open_draft, withdraw
from contracts.services.ending import decline, expire, expire_overdue
from contracts.services.external import prepare, submit
from contracts.services.filling import fill_from_room, fill_from_terms
from contracts.services.freezing import agree, freeze, reopen
from contracts.services.intent import Intent, statement
from contracts.services.negotiating import accept_all, accept_clause, comment, decline_proposal, propose
from contracts.services.signing import sign, start_signing
from contracts.signing.external import ROOM as LARGEST_SIGNATURE

ACTIONS: Mapping[str, Callable[..., Contract]] = {
    "negotiate": negotiate,
    "agree": agree,
    "freeze": freeze,
    "start_signing": start_signing,
    "decline": decline,
    "reopen": reopen,
    "withdraw": withdraw,
}
"""The use case behind each action of the lifecycle, for pages and API alike."""

__all__ = [
    "ACTIONS",
    "LARGEST_SIGNATURE",
    "Intent",
    "accept_all",
    "accept_clause",
    "agree",
    "comment",
    "decline",
    "decline_proposal",
    "describe",
    "expire",
    "expire_overdue",
    "fill_from_room",
    "fill_from_terms",
    "freeze",
    "join",
    "negotiate",
    "open_draft",
    "prepare",
    "propose",
    "put_shares",
    "reopen",
    "sign",
    "start_signing",
    "statement",
    "submit",
    "withdraw",
]
