"""Use cases of a contract."""

from collections.abc import Callable, Mapping

from contracts.models import Contract
from contracts.services.drafting import join, open_draft, withdraw

ACTIONS: Mapping[str, Callable[..., Contract]] = {"withdraw": withdraw}
"""The use case behind each action of the lifecycle, for pages and API alike."""

__all__ = ["ACTIONS", "join", "open_draft", "withdraw"]
