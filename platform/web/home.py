"""The home page: live figures and the newest posts, contributed by the floors above when their apps are ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from django.utils.functional import Promise

from web.requests import UserRequest

T = TypeVar("T")


@dataclass(frozen=True)
class Figure:
    """A number that is counted when the page is asked for, what it counts, and where one sees it."""

    label: str | Promise
    number: int
    url: str = ""
    kind: Literal["", "need", "achievement", "match"] = ""


@dataclass(frozen=True)
class HomeSection:
    """A list of the newest things of one kind: heading, the template of its body with its context, a way onward.

    With `empty` set the body is replaced by that sentence.
    """

    title: str | Promise
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    kind: Literal["", "need", "achievement"] = ""
    empty: str | Promise = ""
    more_url: str = ""
    more_label: str | Promise = ""


class Contributions(Generic[T]):
    """Builders in order; each may answer None for a reader whom it does not concern."""

    def __init__(self) -> None:
        self._builders: dict[Callable[[UserRequest], T | None], int] = {}

    def add(self, order: int, build: Callable[[UserRequest], T | None]) -> None:
        """Small orders come first; the same builder again replaces its earlier place."""
        self._builders[build] = order

    def built_for(self, request: UserRequest) -> list[T]:
        """What the builders have for this reader."""
        built = (build(request) for build in sorted(self._builders, key=lambda each: self._builders[each]))
        return [each for each in built if each is not None]


figures: Contributions[Figure] = Contributions()
sections: Contributions[HomeSection] = Contributions()


def register_figure(order: int, build: Callable[[UserRequest], Figure | None]) -> None:
    """Put a live figure on the home page."""
    figures.add(order, build)


def register_section(order: int, build: Callable[[UserRequest], HomeSection | None]) -> None:
    """Put a list of the newest things on the home page."""
    sections.add(order, build)
