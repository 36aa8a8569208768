"""From the particulars that the parties agreed on to the plan of the project."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from contracts.document import Bilingual
from contracts.execution.plan import Instalment, Plan, Step
from contracts.models import Payment

WHOLE = gettext_noop("The result as agreed")
FORMS_WITH_ROYALTY = ("royalty", "entry_royalty")


def plan_of(particulars: Mapping[str, Any], *, currency: str, today: date) -> Plan:
    """Steps and amounts of a contract; `particulars` in the form in which `contracts.particulars` keeps them.

    Instalments are steps with an amount each. A lump sum is due with the one step that there is then, an entry fee at
    the beginning, a royalty follows the client's reports. Where no date was agreed the step is due `today`.
    """
    form = particulars.get("price_form", "lump_sum")
    royalty = (
        Decimal(particulars["royalty_rate"]) if form in FORMS_WITH_ROYALTY and "royalty_rate" in particulars else None
    )
    if form == "instalments" and particulars.get("instalments"):
        steps, amounts = by_instalments(particulars, today)
    else:
        steps, amounts = (whole(particulars, today),), at_once(form, particulars)
    total = sum((each.amount for each in amounts), Decimal(0)) if amounts else None
    return Plan(currency=currency, total=total, royalty_percent=royalty, steps=steps, instalments=amounts)


def by_instalments(particulars: Mapping[str, Any], today: date) -> tuple[tuple[Step, ...], tuple[Instalment, ...]]:
    """Each instalment is a step, in the order of their dates; one without a date is due at the end."""
    end = particulars.get("end_date") or today.isoformat()
    rows = sorted(({**row, "due": row.get("due") or end} for row in particulars["instalments"]), key=itemgetter("due"))
    steps = tuple(
        Step(Bilingual(row["zh"], row["en"]), Bilingual("", ""), date.fromisoformat(row["due"])) for row in rows
    )
    amounts = tuple(
        Instalment(Payment.Kind.INSTALMENT, Decimal(row["amount"]), step=number) for number, row in enumerate(rows, 1)
    )
    return steps, amounts


def whole(particulars: Mapping[str, Any], today: date) -> Step:
    """The one step of a contract that is paid at once or by royalty."""
    due = particulars.get("end_date") or particulars.get("licence_start")
    said = particulars.get("deliverables", {})
    return Step(
        title=Bilingual(in_language("zh-hans"), in_language("en")),
        deliverable=Bilingual(said.get("zh", ""), said.get("en", "")),
        due_on=date.fromisoformat(due) if due else today,
    )


def in_language(code: str) -> str:
    """What the one step is called in this language."""
    with override(code):
        return _(WHOLE)


def at_once(form: str, particulars: Mapping[str, Any]) -> tuple[Instalment, ...]:
    """The fixed amounts of a contract without instalments."""
    if form == "entry_royalty" and "entry_fee" in particulars:
        return (Instalment(Payment.Kind.ENTRY_FEE, Decimal(particulars["entry_fee"])),)
    if form not in FORMS_WITH_ROYALTY and "price" in particulars:
        return (Instalment(Payment.Kind.INSTALMENT, Decimal(particulars["price"]), step=1),)
    return ()
