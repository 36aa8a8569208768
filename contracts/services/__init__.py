"""Use cases of a contract."""

from collections.abc import Callable, Mapping

from contracts.models import Contract
from contracts.services.drafting import describe, join, negotiate, open_draft, withdraw
from contracts.services.freezing import agree, freeze, reopen
from contracts.services.negotiating import accept, accept_all, comment, decline, propose

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
    "accept",
    "accept_all",
    "agree",
    "comment",
    "decline",
    "describe",
    "freeze",
    "join",
    "negotiate",
    "open_draft",
    "propose",
    "reopen",
    "withdraw",
]
