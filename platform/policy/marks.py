"""The mark that a view carries: the action of the table that it performs."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def policy(action: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say which action a function view performs; the middleware and the start-up check read it."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.policy = action  # type: ignore[attr-defined]
        return view

    return mark


def action_of(view: Any) -> str | None:
    """The action that a view was marked with, if any."""
    action = getattr(view, "policy", None)
    return action if isinstance(action, str) else None
