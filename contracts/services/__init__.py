"""Use cases of a contract."""

from collections.abc import Callable, Mapping

from contracts.models import Contract
from contracts.services.drafting import describe, join, negotiate, open_draft, withdraw
from contracts.services.freezing import agree, freeze, reopen
from contracts.services.negotiating import accept_all, accept_clause, comment, decline_proposal, propose

ACTIONS: Mapping[str, Callable[..., Contract]] = {
    "negotiate": negotiate,
    "agree": agree,
    "freeze": freeze,
    "reopen": reopen,
    "withdraw": withdraw,
}
"""The use case behind each action of the lifecycle, for pages and API alike."""

__all__ = [
    "ACTIONS",
    "accept_all",
    "accept_clause",
    "agree",
    "comment",
    "decline_proposal",
    "describe",
    "freeze",
    "join",
    "negotiate",
    "open_draft",
    "propose",
    "reopen",
    "withdraw",
]
