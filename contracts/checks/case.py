"""What the pre-check looks at, as plain values, and what it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.functional import Promise

Severity = Literal["blocking", "advice"]


@dataclass(frozen=True)
class Finding:
    """Something missing, contradictory or unwise, and what to do about it.

    `clause` is the key of the clause, "" for the contract as a whole. What is blocking keeps it from being frozen.
    """

    severity: Severity
    code: str
    clause: str
    article: str
    what: str | Promise
    todo: str | Promise

    @property
    def blocking(self) -> bool:
        return self.severity == "blocking"


@dataclass(frozen=True)
class Text:
    """One clause as it reads now, and the labels of the particulars that are missing in it."""

    key: str
    number: str
    title: str
    zh: str
    en: str
    missing: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    """Those that are there in one language only."""


@dataclass(frozen=True)
class Case:
    """A contract before the pre-check."""

    kind: str
    title_zh: str
    title_en: str
    clauses: Sequence[Text]
    particulars: Mapping[str, Any]
    parties_named: Mapping[str, bool] = field(default_factory=dict)
    """By role: whether the party is known by its name and its code."""
    government_joined: bool = False

    def clause(self, key: str) -> Text | None:
        """The clause of this key, if the contract has it."""
        return next((each for each in self.clauses if each.key == key), None)

    def said(self, key: str) -> Any:
        """A particular, None while it is empty."""
        return self.particulars.get(key)

    def day(self, key: str) -> date | None:
        """A particular that is a day."""
        return date.fromisoformat(self.particulars[key]) if self.particulars.get(key) else None

    def number(self, key: str) -> Decimal | None:
        """A particular that is money or a percentage."""
        return Decimal(str(self.particulars[key])) if self.particulars.get(key) is not None else None


def blocking(code: str, clause: str, article: str, what: str | Promise, todo: str | Promise) -> Finding:
    """A finding that must be settled before the text is frozen."""
    return Finding("blocking", code, clause, article, what, todo)


def advice(code: str, clause: str, article: str, what: str | Promise, todo: str | Promise) -> Finding:
    """A finding that the parties may knowingly leave."""
    return Finding("advice", code, clause, article, what, todo)
