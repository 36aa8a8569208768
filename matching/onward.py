"""Where a match leads: the floors above say what has become of it, and matching knows none of them."""

from collections.abc import Callable, Mapping
from typing import Any

from accounts.models import User
from matching.models import Match

Build = Callable[[Match, User], Mapping[str, Any] | None]
"""The next step of one match for one reader, as components/lifecycle_steps.html takes it, and as `invitation` the words
of the button that leads there; None if there is none."""

_builders: list[Build] = []


def register(build: Build) -> None:
    """Add a step that follows the match; registering again changes nothing."""
    if build not in _builders:
        _builders.append(build)


def steps_after(match: Match, user: User) -> list[Mapping[str, Any]]:
    """What has become of the match, as far as this reader may know."""
    built = (build(match, user) for build in _builders)
    return [step for step in built if step is not None]
