"""What an actor is: the roles and ties from which every decision is made."""

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Scope:
    """The part of the country and the industry that a supervisor answers for; "" means all of it.

    `region` is a GB/T 2260 code whose trailing zero pairs are wildcards: "210000" covers "210200".
    """

    region: str = ""
    chain: str = ""

    @property
    def region_prefix(self) -> str:
        """The digits that a region code of this scope begins with."""
        prefix = self.region
        while prefix.endswith("00"):
            prefix = prefix[:-2]
        return prefix


@dataclass(frozen=True)
class Standing:
    """An actor's roles, and the organizations (by primary key) that tie the actor to objects.

    `works_for` holds every organization of which the actor is a member, `represents` those for
    which the actor may speak to the outside, `supervises_for` those for which the actor holds a supervisor's office;
    `mandated` pairs each matter with an organization that gave a mandate for it, and `interests` are those
    organizations whose affairs the actor cannot judge.
    """

    roles: frozenset[str]
    user_id: int | None = None
    works_for: frozenset[int] = frozenset()
    represents: frozenset[int] = frozenset()
    supervises_for: frozenset[int] = frozenset()
    scopes: tuple[Scope, ...] = field(default=())
    mandated: frozenset[tuple[str, int]] = frozenset()
    interests: frozenset[int] = frozenset()

    def acting(self, matter: str) -> frozenset[int]:
        """The organizations for which the actor acts in this matter by mandate."""
        return frozenset(organization for granted, organization in self.mandated if granted == matter)


VISITOR = Standing(roles=frozenset({"visitor"}))


class Actor(Protocol):
    """Whoever acts: a user, or the platform itself."""

    @property
    def pk(self) -> Any: ...

    @property
    def standing(self) -> Standing: ...


class Platform:
    """The actor of moves that the clock or a job makes, not a person."""

    pk: None = None
    standing = Standing(roles=frozenset({"platform"}))

    def __str__(self) -> str:
        return "Tenon"


PLATFORM = Platform()


def standing_of(actor: object) -> Standing:
    """The actor's standing; whoever has none (an anonymous request) stands as a visitor. A standing is its own."""
    if isinstance(actor, Standing):
        return actor
    standing = getattr(actor, "standing", VISITOR)
    return standing if isinstance(standing, Standing) else VISITOR
