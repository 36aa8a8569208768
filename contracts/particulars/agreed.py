"""From the term sheet that both sides agreed on in their docking room to the draft of the contract."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from contracts.sharing import rounded

PRICE_FORMS = {"entry_fee_royalty": "entry_royalty"}
"""The one form of price that the two floors call differently."""
NOTES = ("confidentiality", "publication", "failure")
"""Terms that are free text there and figures here: they are handed on as a note, to be read in filling the draft."""


def fields_of(terms: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the contract itself that the term sheet decides."""
    named = {
        "kind": terms.get("contract_type"),
        "governing_language": terms.get("governing_language"),
        "currency": (terms.get("price") or {}).get("currency"),
    }
    return {name: value for name, value in named.items() if value}


def particulars_of(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars that the term sheet decides, in the form of `contracts.particulars`."""
    form = PRICE_FORMS.get(terms.get("price_form", ""), terms.get("price_form"))
    amount = Decimal((terms.get("price") or {}).get("amount", "0"))
    start = date.fromisoformat(terms["start"]) if terms.get("start") else None
    found = {
        "goal": terms.get("subject"),
        "deliverables": terms.get("deliverables"),
        "acceptance_standard": terms.get("acceptance"),
        "ip_option": terms.get("ip_option"),
        "price_form": form,
        "entry_fee" if form == "entry_royalty" else "price": f"{amount:.2f}" if amount else None,
        "start_date": start and start.isoformat(),
        "end_date": start and terms.get("duration") and months_after(start, terms["duration"]).isoformat(),
        "plan": plan(terms.get("milestones") or []),
    }
    if form == "instalments" and start and amount:
        found["instalments"] = instalments(terms.get("milestones") or [], amount, start)
    return {key: value for key, value in found.items() if value}


def note_of(terms: Mapping[str, Any]) -> str:
    """What was agreed in words and has to be put into figures by hand, in both languages."""
    texts = [text for name in NOTES for text in (terms.get(name) or {}).values() if text]
    return "\n".join(dict.fromkeys(texts))[:2000]


def plan(milestones: list[Mapping[str, Any]]) -> dict[str, str] | None:
    """The milestones as two sentences."""
    if not milestones:
        return None
    zh = "；".join(f"第{row['month']}个月：{row.get('zh') or row.get('en')}" for row in milestones)
    en = "; ".join(f"month {row['month']}: {row.get('en') or row.get('zh')}" for row in milestones)
    return {"zh": f"{zh}。", "en": f"{en}."}


def instalments(milestones: list[Mapping[str, Any]], price: Decimal, start: date) -> list[dict[str, str]]:
    """An instalment for each milestone that brings a share of the price; together they are the price to the cent."""
    paid = [row for row in milestones if row["share"]]
    shares = rounded({str(place): Fraction(price) * row["share"] / 100 for place, row in enumerate(paid)})
    return [
        {
            "zh": row.get("zh") or row.get("en") or "",
            "en": row.get("en") or row.get("zh") or "",
            "due": months_after(start, row["month"]).isoformat(),
            "amount": f"{shares[str(place)]:.2f}",
        }
        for place, row in enumerate(paid)
    ]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last day of the month if it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
