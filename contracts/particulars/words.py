"""Particulars in the words of a contract, in Chinese and in English; the language of the reader plays no part here."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from contracts.particulars.amounts import in_capitals
from contracts.particulars.declared import PARTICULARS, Particular

Tongue = Literal["zh", "en"]

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
CURRENCIES: Mapping[str, str] = {"CNY": "人民币", "USD": "美元", "EUR": "欧元"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
UNSAID: Mapping[Tongue, tuple[str, str]] = {"zh": ("【待填：", "】"), "en": ("[to be filled in: ", "]")}
OTHERS: Mapping[str, Promise] = {
    "client": _("client"),
    "provider": _("provider"),
    "government": _("government party"),
    "title": _("project name"),
    "language": _("governing language"),
}


def placeholders(body: str) -> list[str]:
    """The placeholders of a text, each once, in their order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(body)))


def filled(body: str, words: Mapping[str, str], language: Tongue) -> str:
    """The text with its placeholders filled; one that is still empty is shown in brackets, with its name."""
    return PLACEHOLDER.sub(lambda found: words.get(found[1]) or unsaid(found[1], language), body)


def unsaid(key: str, language: Tongue) -> str:
    """What stands in the place of a particular that is still missing, in the language of the text around it."""
    before, after = UNSAID[language]
    with override({"zh": "zh-hans", "en": "en"}[language]):
        return f"{before}{PARTICULARS[key].label if key in PARTICULARS else OTHERS.get(key, key)}{after}"


def in_words(values: Mapping[str, Any], currency: str, language: Tongue) -> dict[str, str]:
    """Every particular that is said, as the contract writes it in this language."""
    return {
        key: said(PARTICULARS[key], value, currency, language) for key, value in values.items() if value is not None
    }


def said(particular: Particular, value: Any, currency: str, language: Tongue) -> str:
    """One particular as the contract writes it; "" if it is missing in this language."""
    match particular.kind:
        case "line" | "prose":
            return str(value.get(language, ""))
        case "money":
            return money(Decimal(value), currency, language)
        case "date":
            return day(value, language)
        case "choice":
            return next((getattr(each, language) for each in particular.choices if each.value == value), "")
        case "instalments":
            return "\n".join(instalment_lines(value, currency, language))
        case "rights":
            return "\n".join(right_lines(value, language))
        case _:
            return str(value)


def money(amount: Decimal, currency: str, language: Tongue) -> str:
    """ "人民币1,200,000.00元（大写：壹佰贰拾万元整）", "CNY 1,200,000.00"."""
    if language == "en":
        return f"{currency} {amount:,.2f}"
    if currency == "CNY":
        return f"人民币{amount:,.2f}元（大写：{in_capitals(amount)}）"
    return f"{CURRENCIES.get(currency, currency)}{amount:,.2f}"


def day(iso: str, language: Tongue) -> str:
    """ "2026年12月1日", "1 December 2026"."""
    if not iso:
        return ""
    found = date.fromisoformat(iso)
    if language == "zh":
        return f"{found.year}年{found.month}月{found.day}日"
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def instalment_lines(rows: list[Mapping[str, str]], currency: str, language: Tongue) -> Iterator[str]:
    """One line for each instalment."""
    for place, row in enumerate(rows, start=1):
        amount, due = money(Decimal(row["amount"]), currency, language), day(row["due"], language)
        if language == "zh":
            yield f"（{place}）{row['zh']}{f'（预计{due}前）' if due else ''}：{amount}"
        else:
            yield f"({place}) {row['en']}{f' (expected by {due})' if due else ''}: {amount}"


def right_lines(rows: list[Mapping[str, str]], language: Tongue) -> Iterator[str]:
    """One line for each right: name, number, holder, dates."""
    words = {
        "zh": ("权利人", "申请日", "期限至", "，", "：", "（{}）"),
        "en": ("holder", "filed", "in force until", ", ", " ", "({}) "),
    }[language]
    holder, filed, expires, comma, colon, count = words
    for place, row in enumerate(rows, start=1):
        dated = [
            (holder, row["holder"]),
            (filed, day(row["filed"], language)),
            (expires, day(row["expires"], language)),
        ]
        parts = [row["number"], *(f"{label}{colon}{value}" for label, value in dated if value)]
        yield count.format(place) + comma.join(
            part for part in [row[language] or row["zh"] or row["en"], *parts] if part
        )
