"""The values of the term sheet in words, for the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.terms import TERMS, Kind, Term
from web.wording import in_chinese, money


def lines(name: str, value: Any) -> list[str]:
    """A value as lines of text."""
    term = TERMS[name]
    return WORDS[term.kind](term, value)


def choice(term: Term, value: Any) -> list[str]:
    return [str(term.choices(value).label)] if term.choices else []


def text(term: Term, value: Any) -> list[str]:
    del term
    own, other = ("zh", "en") if in_chinese() else ("en", "zh")
    return str(value[own] or value[other]).splitlines()


def sum_of_money(term: Term, value: Any) -> list[str]:
    del term
    return [money(Decimal(value["amount"]), value["currency"])]


def day(term: Term, value: Any) -> list[str]:
    del term
    return [formats.date_format(date.fromisoformat(value), "DATE_FORMAT")]


def months(term: Term, value: Any) -> list[str]:
    del term
    return [ngettext("%(number)s month", "%(number)s months", value) % {"number": value}]


def plan(term: Term, value: Any) -> list[str]:
    return [
        _("Month %(month)s: %(title)s (%(share)s %% of the price)")
        % {"month": row["month"], "title": "".join(text(term, row)), "share": row["share"]}
        for row in value
    ]


WORDS: Mapping[Kind, Callable[[Term, Any], list[str]]] = {
    "choice": choice,
    "text": text,
    "money": sum_of_money,
    "day": day,
    "months": months,
    "plan": plan,
}
