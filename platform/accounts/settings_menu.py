"""The pages under /settings/: each app registers its own; a tag draws them as tabs."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Place:
    """A page of the settings: where, what it is called, and the action of the policy table that it needs."""

    order: int
    url_name: str
    label: str | Promise
    action: str


_places: dict[str, Place] = {}


def register(*places: Place) -> None:
    """Put pages among the settings, small orders first; registering again moves them."""
    _places.update({place.url_name: place for place in places})


def every_place() -> list[Place]:
    """The pages in order."""
    return sorted(_places.values(), key=lambda place: place.order)
