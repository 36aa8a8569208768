"""The desk: one page for every role, to which each floor above contributes what concerns the person.

A floor registers its sections when its app is ready; this module knows none of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

from web.requests import UserRequest

Group = Literal["waiting", "news", "started"]
"""What waits for me, what is new, what did I start."""


@dataclass(frozen=True)
class DeskSection:
    """One card of the desk: a heading, the template of its body with that template's context, and a way onward.

    With `empty` set the body is replaced by that sentence, which says how the card gets filled. `count` is shown
    beside the heading where it is not None.
    """

    title: str | Promise
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    group: Group = "waiting"
    icon: str = "inbox"
    count: int | None = None
    empty: str | Promise = ""
    more_url: str = ""
    more_label: str | Promise = ""


@dataclass(frozen=True)
class Section:
    """A contribution: its place on the desk (small first), and what builds the card, None when it has no business."""

    order: int
    build: Callable[[UserRequest], DeskSection | None]


class Desk:
    """The sections registered, one for each builder."""

    def __init__(self) -> None:
        self._sections: dict[Callable[[UserRequest], DeskSection | None], Section] = {}

    def register(self, section: Section) -> None:
        """Add a section; the same builder again replaces its earlier place."""
        self._sections[section.build] = section

    def cards_for(self, request: UserRequest) -> dict[Group, list[DeskSection]]:
        """The cards for this person, by group, in order."""
        cards: dict[Group, list[DeskSection]] = {"waiting": [], "news": [], "started": []}
        for section in sorted(self._sections.values(), key=lambda each: each.order):
            if built := section.build(request):
                cards[built.group].append(built)
        return cards


everybody = Desk()
"""The one desk of the platform."""


def register(section: Section) -> None:
    """Add a section to everybody's desk."""
    everybody.register(section)
