"""Who wants to hear of what: receivers by the name of the journal entry."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal.models import Entry

Receiver = Callable[["Entry"], None]

_receivers: dict[str, Receiver] = {}
_subscriptions: dict[str, list[str]] = defaultdict(list)


def on(*names: str) -> Callable[[Receiver], Receiver]:
    """Call the function once for each entry of these names, after commit, in a transaction of its own.

    The receiver is known by its dotted path, which receipts keep: renaming one orphans what it still owes.
    """

    def subscribe(receiver: Receiver) -> Receiver:
        path = f"{receiver.__module__}.{receiver.__qualname__}"
        _receivers[path] = receiver
        for name in names:
            if path not in _subscriptions[name]:
                _subscriptions[name].append(path)
        return receiver

    return subscribe


def receivers_of(name: str) -> list[str]:
    """The dotted paths of the receivers that subscribed to entries of this name."""
    return _subscriptions.get(name, [])


def receiver_at(path: str) -> Receiver:
    """The receiver known by this dotted path; raises LookupError if no app subscribed it."""
    try:
        return _receivers[path]
    except KeyError:
        raise LookupError(f"no receiver {path}: was it renamed while receipts were owed?") from None
