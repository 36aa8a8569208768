"""Start-up check: every URL names a row of the table, each REST action separately.

gunicorn and Celery do not run Django's system checks to any effect, so `config` calls `require_complete` in its WSGI
module and at worker start as well.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from policy.marks import action_of
from policy.rest import ByPolicy
from policy.table import table


def require_complete(urlconf: str | None = None) -> None:
    """Raise ImproperlyConfigured, naming every URL that has no policy or one the table does not know."""
    faults = list(missing(get_resolver(urlconf).url_patterns))
    if faults:
        raise ImproperlyConfigured("URLs without a policy:\n  " + "\n  ".join(faults))


def missing(patterns: list[Any], prefix: str = "/") -> Iterator[str]:
    """One line for each URL (and REST action) that the table does not cover."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from missing(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            for name, action in actions_behind(pattern.callback):
                if action is None or action not in table():
                    yield f"{route} ({name}): {action or 'no policy'}"


def actions_behind(view: Any) -> Iterator[tuple[str, str | None]]:
    """The (name, table action) pairs that one URL can perform; REST views count only behind the gate `ByPolicy`."""
    cls = getattr(view, "cls", None)
    if cls is None:
        yield getattr(view, "__name__", str(view)), action_of(view)
        return
    gates = getattr(view, "initkwargs", {}).get("permission_classes", cls.permission_classes)
    policies = getattr(cls, "policies", {}) if ByPolicy in gates else {}
    routed = getattr(view, "actions", None)
    names = (
        list(routed.values()) if routed else [m for m in cls.http_method_names if hasattr(cls, m) and m != "options"]
    )
    for name in names:
        yield f"{cls.__name__}.{name}", policies.get(name)
