"""How an actor is tied to an object, each tie said once and usable in two ways.

`q` selects the objects so tied in the database, `holds` asks one object already in memory. A test
asserts that both give the same answer for every user and object of the demonstration data.
Paths are Django look-ups from the object, for example "need__owner_id".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policy.standing import Standing

Text: TypeAlias = str | Promise


def follow(obj: object, path: str) -> Any:
    """The value at a look-up path without to-many steps; None where a step is empty."""
    value: Any = obj
    for name in path.split("__"):
        if value is None:
            return None
        value = getattr(value, name)
    return value


class Relation:
    """A tie between actor and object; the base one ties everybody to everything."""

    denial: Text = ""

    def q(self, standing: Standing) -> Q:
        """A filter for the objects to which this actor is so tied."""
        return Q()

    def holds(self, standing: Standing, obj: Model) -> bool:
        """Whether this actor is so tied to this object."""
        return True


ANYONE = Relation()


@dataclass(frozen=True)
class WorksFor(Relation):
    """The actor is a member of the organization at one of the paths."""

    paths: tuple[str, ...]
    denial: Text = _("Only members of the organization it belongs to can do this.")

    def __init__(self, *paths: str) -> None:
        object.__setattr__(self, "paths", paths)

    def ties(self, standing: Standing) -> frozenset[int]:
        return standing.works_for

    def q(self, standing: Standing) -> Q:
        return any_of(Q(**{f"{path}__in": sorted(self.ties(standing))}) for path in self.paths)

    def holds(self, standing: Standing, obj: Model) -> bool:
        return any(follow(obj, path) in self.ties(standing) for path in self.paths)


class Represents(WorksFor):
    """The actor may speak for the organization at one of the paths."""

    denial: Text = _("Only a manager of the organization it belongs to can do this. Ask one of your managers.")

    def ties(self, standing: Standing) -> frozenset[int]:
        return standing.represents


class Supervises(WorksFor):
    """The actor holds a supervisor's office of the government organization at one of the paths."""

    denial: Text = _("Only a supervisor of the government organization that takes part can do this.")

    def ties(self, standing: Standing) -> frozenset[int]:
        return standing.supervises_for


@dataclass(frozen=True)
class ByMandate(WorksFor):
    """The actor belongs to a broker to which the organization at one of the paths gave a mandate in this matter."""

    matter: str = ""
    denial: Text = _("The organization it belongs to has given you no mandate for this.")

    def __init__(self, matter: str, *paths: str) -> None:
        object.__setattr__(self, "paths", paths)
        object.__setattr__(self, "matter", matter)

    def ties(self, standing: Standing) -> frozenset[int]:
        return standing.acting(self.matter)


class Uninvolved(WorksFor):
    """The actor has no interest in the organizations at the paths: nobody judges his own case."""

    denial: Text = _("You have an interest in one of the parties. Another administrator has to decide this case.")

    def ties(self, standing: Standing) -> frozenset[int]:
        return standing.works_for | standing.interests

    def q(self, standing: Standing) -> Q:
        return ~super().q(standing)

    def holds(self, standing: Standing, obj: Model) -> bool:
        return not super().holds(standing, obj)


@dataclass(frozen=True)
class Created(Relation):
    """The actor started it."""

    path: str = "owner_id"
    denial: Text = _("Only the person who started it can do this.")

    def q(self, standing: Standing) -> Q:
        return Q(**{self.path: standing.user_id}) if standing.user_id else nothing()

    def holds(self, standing: Standing, obj: Model) -> bool:
        return standing.user_id is not None and follow(obj, self.path) == standing.user_id


@dataclass(frozen=True)
class Having(Relation):
    """The object's field has one of the values, whoever asks."""

    path: str
    values: tuple[str, ...]
    denial: Text = _("It is not open to you.")

    def q(self, standing: Standing) -> Q:
        return Q(**{f"{self.path}__in": self.values})

    def holds(self, standing: Standing, obj: Model) -> bool:
        return follow(obj, self.path) in self.values


@dataclass(frozen=True)
class Lacking(Relation):
    """The object's field is still empty, whoever asks."""

    path: str
    denial: Text = _("This has been done already.")

    def q(self, standing: Standing) -> Q:
        return Q(**{f"{self.path}__isnull": True})

    def holds(self, standing: Standing, obj: Model) -> bool:
        return follow(obj, self.path) is None


@dataclass(frozen=True)
class Filled(Relation):
    """The object's field is no longer empty, whoever asks."""

    path: str
    denial: Text = _("It is not open to you.")

    def q(self, standing: Standing) -> Q:
        return Q(**{f"{self.path}__isnull": False})

    def holds(self, standing: Standing, obj: Model) -> bool:
        return follow(obj, self.path) is not None


@dataclass(frozen=True)
class InScope(Relation):
    """A supervisor answers for the region of one of the region paths and for the chain at the chain path."""

    regions: tuple[str, ...]
    chain: str
    denial: Text = _("It lies outside the region or the industrial chain that you supervise.")

    def q(self, standing: Standing) -> Q:
        return any_of(self.within(scope.region_prefix, scope.chain) for scope in standing.scopes)

    def within(self, prefix: str, chain: str) -> Q:
        """One scope as a filter; an empty part of it covers everything."""
        wanted = any_of(Q(**{f"{path}__startswith": prefix}) for path in self.regions) if prefix else Q()
        return wanted & Q(**{self.chain: chain}) if chain else wanted

    def holds(self, standing: Standing, obj: Model) -> bool:
        # Chains hang on a to-many path, so the database answers for the single object too.
        return type(obj)._default_manager.filter(self.q(standing), pk=obj.pk).exists()


@dataclass(frozen=True)
class Granted(Relation):
    """An organization of the actor was let in, by a row that has not ended: rows at a to-many path, of these levels.

    Such a row has `organization`, `level` and `until`.
    """

    path: str
    levels: tuple[str, ...]
    denial: Text = _("It has not been opened to your organization.")

    def q(self, standing: Standing) -> Q:
        return Q(
            **{
                f"{self.path}__organization_id__in": sorted(standing.works_for),
                f"{self.path}__level__in": self.levels,
                f"{self.path}__until__isnull": True,
            }
        )

    def holds(self, standing: Standing, obj: Model) -> bool:
        # Without an organization nobody can have been let in, and the database need not be asked.
        return bool(standing.works_for) and type(obj)._default_manager.filter(self.q(standing), pk=obj.pk).exists()


@dataclass(frozen=True)
class Alongside(Relation):
    """All of several ties together."""

    parts: tuple[Relation, ...]
    denial: Text = ""

    def __init__(self, *parts: Relation, denial: Text = "") -> None:
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "denial", denial or parts[0].denial)

    def q(self, standing: Standing) -> Q:
        condition = Q()
        for part in self.parts:
            condition &= part.q(standing)
        return condition

    def holds(self, standing: Standing, obj: Model) -> bool:
        return all(part.holds(standing, obj) for part in self.parts)


def nothing() -> Q:
    """A filter that no row passes."""
    return Q(pk__in=[])


def any_of(conditions: Iterable[Q]) -> Q:
    """The union of filters; of none at all, nothing passes; one empty filter among them lets everything pass."""
    union: Q | None = None
    for condition in conditions:
        # Django's `|` drops an empty filter, as if it let nothing pass.
        if not condition:
            return condition
        union = condition if union is None else union | condition
    return nothing() if union is None else union
