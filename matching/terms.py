"""The term sheet: what two sides agree on, field by field, before a contract is written. Declared as data.

Names and shapes of values are what the contract is filled from, so they stay as they are:

    contract_type, price_form, ip_option, governing_language   one of the declared codes
    subject, deliverables, acceptance, confidentiality, publication, failure   {"zh": text, "en": text}, one may be ""
    price           {"amount": "1200000.00", "currency": "CNY"}
    start           "2027-01-31"
    duration        months, a whole number
    milestones      [{"zh": title, "en": title, "month": months after the start, "share": per cent of the price}]
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeAlias

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from information.models import Need
from texts.plain import validate_plain

Kind: TypeAlias = Literal["choice", "text", "money", "day", "months", "plan"]

LONGEST = 4000
LINE = 120
MOST_MONEY = Decimal("1e12")
MOST_MONTHS = 240
MOST_MILESTONES = 12
WHOLE = 100
"""Per cent: what the shares of the milestones add up to."""


class ContractKind(models.TextChoices):
    COMMISSIONED = "commissioned", _("Commissioned development")
    COOPERATIVE = "cooperative", _("Cooperative development")
    TRANSFER = "transfer", _("Technology transfer")
    LICENCE = "licence", _("Technology licence")
    CONSULTING = "consulting", _("Technology consulting")
    SERVICE = "service", _("Technology service")


class PriceForm(models.TextChoices):
    """How the price is paid (Civil Code, art. 846)."""

    LUMP_SUM = "lump_sum", _("Lump sum, paid at once")
    INSTALMENTS = "instalments", _("Lump sum, paid in instalments")
    ROYALTY = "royalty", _("Royalty on the proceeds")
    ENTRY_FEE = "entry_fee_royalty", _("Entry fee, then a royalty")


class IPOption(models.TextChoices):
    """Who owns the results and who may use them (after the Lambert toolkit)."""

    LICENCE = "1", _("University owns, enterprise may use (non-exclusive)")
    OPTION_ON_LICENCE = "2", _("University owns, enterprise may choose an exclusive licence")
    OPTION_ON_ASSIGNMENT = "3", _("University owns, enterprise may choose to acquire some results")
    ENTERPRISE_OWNS = "4", _("Enterprise owns, university may go on with research and teaching")
    CONTRACT_RESEARCH = "5", _("Enterprise owns, university publishes with its consent only")
    EACH_ITS_OWN = "6", _("Each side owns what it creates")


class Language(models.TextChoices):
    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")


@dataclass(frozen=True)
class Term:
    """One field of the term sheet; without the required ones there is no agreement."""

    name: str
    label: Promise
    hint: Promise
    kind: Kind
    required: bool = True
    choices: type[models.TextChoices] | None = None


TERMS: Mapping[str, Term] = {
    term.name: term
    for term in (
        Term("contract_type", _("Type of contract"), _("It decides which clauses the law asks for."), "choice",
             choices=ContractKind),
        Term("subject", _("Subject"), _("What is developed, transferred, licensed or advised on."), "text"),
        Term("deliverables", _("Deliverables"), _("What is handed over, in which form and number."), "text"),
        Term("acceptance", _("Acceptance"), _("By which figures and tests it counts as done, and who tests."), "text"),
        Term("price_form", _("Form of payment"), _("At once, in instalments, or with the proceeds."), "choice",
             choices=PriceForm),
        Term("price", _("Price"), _("The whole sum; for a royalty, the entry fee or 0."), "money"),
        Term("start", _("Start"), _("The day on which work begins."), "day"),
        Term("duration", _("Duration in months"), _("From the start to the final acceptance."), "months"),
        Term("milestones", _("Milestones"), _("Roughly: what is reached when, and which share of the price it brings."),
             "plan"),
        Term("ip_option", _("Ownership of the results"), _("Who owns what is created, and who may use it."), "choice",
             choices=IPOption),
        Term("confidentiality", _("Confidentiality"), _("What stays secret, for how long, and who may know it."),
             "text"),
        Term("publication", _("Publication"), _("What may be published, and after which delay."), "text",
             required=False),
        Term("failure", _("If research fails"), _("How loss is shared if it proves impossible (Civil Code, art. 858)."),
             "text", required=False),
        Term("governing_language", _("Governing language"), _("Which text counts if the two differ."), "choice",
             choices=Language),
    )
}  # fmt: skip


def checked(name: str, value: Any) -> Any:
    """The value of a term as it is kept; raises ValidationError, LookupError for a term that does not exist."""
    return CHECKS[TERMS[name].kind](TERMS[name], value)


def choice(term: Term, value: Any) -> str:
    """One of the declared codes."""
    if term.choices is None or value not in term.choices.values:
        raise ValidationError(_now("Choose one of the possibilities."))
    return str(value)


def text(term: Term, value: Any) -> dict[str, str]:
    """Plain text in at least one language."""
    del term
    kept = both_languages(value, LONGEST)
    if not any(kept.values()):
        raise ValidationError(_now("Write it in Chinese or English."))
    return kept


def both_languages(value: Any, longest: int) -> dict[str, str]:
    """A text in the two languages, either of which may be empty."""
    if not isinstance(value, Mapping) or value.keys() - {"zh", "en"}:
        raise ValidationError(_now("Text in Chinese (zh) and English (en) is expected."))
    kept = {}
    for language in ("zh", "en"):
        words = value.get(language, "")
        if not isinstance(words, str):
            raise ValidationError(_now("Write text here."))
        words = "\n".join(line.rstrip() for line in words.strip().splitlines())
        if len(words) > longest:
            raise ValidationError(_now("At most %(length)s characters.") % {"length": longest})
        validate_plain(words)
        kept[language] = words
    return kept


def money(term: Term, value: Any) -> dict[str, str]:
    """A sum to the cent and its currency."""
    del term
    if not isinstance(value, Mapping) or value.keys() != {"amount", "currency"}:
        raise ValidationError(_now("A sum and its currency are expected."))
    if value["currency"] not in Need.Currency.values:
        raise ValidationError(_now("Choose one of the currencies."))
    try:
        amount = Decimal(str(value["amount"]).strip())
    except InvalidOperation as fault:
        raise ValidationError(_now("Write the sum as a number, for example 1200000.")) from fault
    if not amount.is_finite() or not 0 <= amount <= MOST_MONEY:
        raise ValidationError(_now("This sum is out of any sensible range."))
    if amount != round(amount, 2):
        raise ValidationError(_now("Not finer than a cent."))
    return {"amount": f"{amount:.2f}", "currency": str(value["currency"])}


def day(term: Term, value: Any) -> str:
    """A date of the calendar."""
    del term
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2027-01-31") else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2100:
        raise ValidationError(_now("A day is expected, as in 2027-01-31."))
    return found.isoformat()


def months(term: Term, value: Any) -> int:
    """A whole number of months."""
    del term
    return whole(value, 1, MOST_MONTHS)


def whole(value: Any, least: int, most: int) -> int:
    """A whole number within bounds."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValidationError(
            _now("A whole number from %(least)s to %(most)s is expected.") % {"least": least, "most": most}
        )
    return value


def plan(term: Term, value: Any) -> list[dict[str, Any]]:
    """Milestones in the order of their months; their shares of the price add up to the whole."""
    del term
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_MILESTONES:
        raise ValidationError(_now("Between one and %(most)s milestones are expected.") % {"most": MOST_MILESTONES})
    rows = []
    for number, row in enumerate(value, start=1):
        try:
            rows.append(milestone(row))
        except ValidationError as fault:
            raise ValidationError(
                _now("Row %(row)s: %(fault)s") % {"row": number, "fault": " ".join(fault.messages)}
            ) from fault
    if (total := sum(row["share"] for row in rows)) != WHOLE:
        raise ValidationError(_now("The shares must add up to 100 %%; they are %(total)s %%.") % {"total": total})
    return sorted(rows, key=lambda row: int(row["month"]))


def milestone(row: Any) -> dict[str, Any]:
    """One milestone."""
    if not isinstance(row, Mapping) or row.keys() - {"zh", "en", "month", "share"}:
        raise ValidationError(_now("A title, a month and a share are expected."))
    title = both_languages({name: row[name] for name in ("zh", "en") if name in row}, LINE)
    if not any(title.values()):
        raise ValidationError(_now("Name it in Chinese or English."))
    return {**title, "month": whole(row.get("month"), 0, MOST_MONTHS), "share": whole(row.get("share"), 0, WHOLE)}


CHECKS: Mapping[Kind, Callable[[Term, Any], Any]] = {
    "choice": choice,
    "text": text,
    "money": money,
    "day": day,
    "months": months,
    "plan": plan,
}
