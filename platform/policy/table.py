"""The table: rows (role, relation, object, state, action) → allowed, and the reason why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from policy.relations import ANYONE, Relation, Text

ROLES: dict[str, str] = {
    "visitor": "somebody not logged in",
    "member": "everybody who is logged in",
    "enterprise": "a member of an enterprise",
    "university": "a member of a university",
    "institute": "a member of a research institute",
    "government": "a member of a government organization",
    "broker": "a member of a broker",
    "financial": "a member of a financial institution",
    "expert": "an expert who reviews and evaluates",
    "administrator": "an administrator of the platform",
    "supervisor": "a supervisor of a government organization",
    "platform": "the platform itself, by clock or job",
}


@dataclass(frozen=True)
class Rule:
    """One row: these roles, so tied to an object in one of these states, may do this, because.

    `states` None means any state, also that of an object that has none.
    """

    roles: frozenset[str]
    action: str
    relation: Relation
    states: frozenset[str] | None
    because: Text

    @property
    def noun(self) -> str:
        return self.action.split(".")[0]


def allow(
    roles: str, actions: str, *, to: Relation = ANYONE, when: str | Iterable[str] | None = None, because: Text
) -> Iterator[Rule]:
    """Rows for each action; roles, actions and states may be given as words with spaces between."""
    states = frozenset(when.split() if isinstance(when, str) else when) if when is not None else None
    for action in actions.split():
        yield Rule(frozenset(roles.split()), action, to, states, because)


class Table:
    """All rows, by action; what no row allows is denied."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            if unknown := rule.roles - ROLES.keys():
                raise ImproperlyConfigured(f"policy: {rule.action} names unknown roles {sorted(unknown)}")
            self.rules[rule.action].append(rule)

    def __contains__(self, action: str) -> bool:
        return action in self.rules

    def __iter__(self) -> Iterator[Rule]:
        for rules in self.rules.values():
            yield from rules

    def rows(self, action: str) -> list[Rule]:
        """The rows that speak of the action; none means that nobody may."""
        return self.rules.get(action, [])


class Installed:
    """The table in force; empty (everything denied) until config installs one at start-up."""

    table = Table()


def install(rules: Iterable[Rule]) -> None:
    """Put the rows in force, in place of those before."""
    Installed.table = Table(rules)


def table() -> Table:
    """The table in force."""
    return Installed.table
