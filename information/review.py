"""The administrator's queue: what the floors above add to it beside the posts that wait for verification.

A section is a card like those of the desk, for example mutual interest that waits for a decision.
"""

from web.desk import DeskSection, Section
from web.requests import UserRequest

_sections: dict[object, Section] = {}


def register(section: Section) -> None:
    """Add a card to the queue's page, small orders first; the same builder again replaces its earlier place."""
    _sections[section.build] = section


def sections_for(request: UserRequest) -> list[DeskSection]:
    """The cards for this reader, in order."""
    built = (section.build(request) for section in sorted(_sections.values(), key=lambda each: each.order))
    return [card for card in built if card is not None]
