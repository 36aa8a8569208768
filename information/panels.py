"""What the floors above show on the page of a post, below its text.

Information release knows none of them: they register when their apps are ready.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from information.models import Post
from web.requests import UserRequest


@dataclass(frozen=True)
class Panel:
    """A part of a page: a template and what it reads as `panel`; the page's own context is there too."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Build = Callable[[UserRequest, Any], Panel | None]
"""Draws the panel of one post for one reader; None when it is none of the reader's business."""

_builders: dict[str, dict[Build, int]] = {}


def register(noun: str, build: Build, *, order: int = 100) -> None:
    """Put a panel on the pages of one kind ("need", "achievement"), small orders first; registering again moves it."""
    _builders.setdefault(noun, {})[build] = order


def panels_for(request: UserRequest, post: Post) -> list[Panel]:
    """The panels of this post for this reader, in order."""
    builders = _builders.get(post.NOUN, {})
    built = (build(request, post) for build in sorted(builders, key=lambda each: builders[each]))
    return [panel for panel in built if panel is not None]
