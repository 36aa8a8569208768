"""What the parties have agreed to do and to pay, as the project takes it over from the contract."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.document import Bilingual


@dataclass(frozen=True)
class Step:
    """A milestone of the plan; its number is its place, from 1."""

    title: Bilingual
    deliverable: Bilingual
    due_on: date


@dataclass(frozen=True)
class Instalment:
    """An amount of the plan: due with a milestone (by number), on a day, or, with neither, at the start."""

    kind: str
    amount: Decimal
    step: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """Steps and amounts; `total` is None where the price is a royalty alone, else the instalments add up to it."""

    currency: str
    total: Decimal | None
    royalty_percent: Decimal | None
    steps: tuple[Step, ...]
    instalments: tuple[Instalment, ...]

    @property
    def end(self) -> date | None:
        """The last date of the plan."""
        return max((step.due_on for step in self.steps), default=None)


def split(amount: Decimal, share: Decimal) -> tuple[Decimal, Decimal]:
    """A share (0..1) of an amount and the rest, to the cent; together they are the amount exactly."""
    part = (amount * share).quantize(Decimal("0.01"))
    return part, amount - part
