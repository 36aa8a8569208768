"""Who wants to hear of what: receivers by the name of the journal entry."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journal.models import Entry

Receiver = Callable[["Entry"], None]

_receivers: dict[str, Receiver] = {}
_subscriptions: dict[str, dict[str, str]] = defaultdict(dict)


def on(*names: str, unless: str = "") -> Callable[[Receiver], Receiver]:
    """Call the function once for each entry of these names, after commit, in a transaction of its own.

    Entries that have the particular `unless` are passed over: many at once are told of by one entry at their end.
    The receiver is known by its dotted path, which receipts keep: renaming one orphans what it still owes.
    """

    def subscribe(receiver: Receiver) -> Receiver:
        path = f"{receiver.__module__}.{receiver.__qualname__}"
        _receivers[path] = receiver
        for name in names:
            _subscriptions[name][path] = unless
        return receiver

    return subscribe


def receivers_of(name: str, data: Mapping[str, Any]) -> list[str]:
    """The dotted paths of the receivers that want to hear of an entry of this name with these particulars."""
    return [path for path, unless in _subscriptions.get(name, {}).items() if not unless or unless not in data]


def receiver_at(path: str) -> Receiver:
    """The receiver known by this dotted path; raises LookupError if no app subscribed it."""
    try:
        return _receivers[path]
    except KeyError:
        raise LookupError(f"no receiver {path}: was it renamed while receipts were owed?") from None
