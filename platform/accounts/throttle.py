"""Slowing down those who guess passwords: failures are counted in the cache, and after too many nobody is let in.

Counted by account and place together, so that nobody locks somebody else out from afar; by place, against one who
tries many accounts; and by account, against many places that try one.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 300
"""Seconds for which a failure counts."""
PER_ACCOUNT_AND_PLACE, PER_PLACE, PER_ACCOUNT = 8, 100, 60


@dataclass(frozen=True)
class Attempt:
    """Somebody at a network address tries a password for an account."""

    account: str
    place: str

    def counters(self) -> dict[str, int]:
        """The keys in the cache and how many failures each bears; the account's address is not kept."""
        account = hashlib.sha256(self.account.strip().lower().encode(errors="replace")).hexdigest()[:32]
        return {
            f"guess:{account}:{self.place}": PER_ACCOUNT_AND_PLACE,
            f"guess:place:{self.place}": PER_PLACE,
            f"guess:account:{account}": PER_ACCOUNT,
        }

    @property
    def blocked(self) -> bool:
        """Whether there were too many failures lately."""
        limits = self.counters()
        return any(failures >= limits[key] for key, failures in cache.get_many(list(limits)).items())

    def failed(self) -> None:
        """Count a wrong password."""
        for key in self.counters():
            # `add` sets the end of the window once; what comes later does not prolong it.
            if not cache.add(key, 1, WINDOW):
                try:
                    cache.incr(key)
                except ValueError:
                    cache.add(key, 1, WINDOW)

    def succeeded(self) -> None:
        """The right password ends the count for this account at this place."""
        cache.delete(next(iter(self.counters())))


def place_of(request: HttpRequest | None) -> str:
    """The network address that asks: the one that the proxy in front saw, if there is one."""
    if request is None:
        return ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if settings.SECURE_PROXY_SSL_HEADER and forwarded else str(request.META.get("REMOTE_ADDR", ""))
