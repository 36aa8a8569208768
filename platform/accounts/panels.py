"""What the floors above show on the page of an organization, for example what it has published.

Accounts knows none of them: they register when their apps are ready.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from accounts.models import Organization
from web.requests import UserRequest


@dataclass(frozen=True)
class Panel:
    """A part of an organization's page: heading, template, and what that reads as `panel`."""

    title: str | Promise
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    count: int | None = None


Build = Callable[[UserRequest, Organization], Panel | None]
"""Draws the panel of one organization for one reader; None when there is nothing to show."""

_builders: dict[Build, int] = {}


def register(build: Build, *, order: int = 100) -> None:
    """Put a panel on the pages of organizations, small orders first; registering again moves it."""
    _builders[build] = order


def panels_for(request: UserRequest, organization: Organization) -> list[Panel]:
    """The panels of this organization for this reader, in order."""
    built = (build(request, organization) for build in sorted(_builders, key=lambda each: _builders[each]))
    return [panel for panel in built if panel is not None]
