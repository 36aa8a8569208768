"""A draft is filled from the term sheet as soon as both sides have agreed on it, and only while it is a draft."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import services
from contracts.models import Contract
from contracts.particulars import checked
from contracts.particulars.agreed import instalments, months_after, note_of, particulars_of
from journal.models import Entry

TERMS: dict[str, Any] = {
    "contract_type": "cooperative",
    "governing_language": "en",
    "subject": {"zh": "温升不超过25 K的主轴。", "en": "A spindle that heats up by 25 K at most."},
    "deliverables": {"zh": "样机1台。", "en": "1 prototype."},
    "acceptance": {"zh": "台架试验。", "en": "Rig test."},
    "price_form": "instalments",
    "price": {"amount": "1000000.01", "currency": "EUR"},
    "start": "2027-01-31",
    "duration": 13,
    "milestones": [
        {"zh": "设计", "en": "Design", "month": 1, "share": 33},
        {"zh": "样机", "en": "Prototype", "month": 12, "share": 0},
        {"zh": "验收", "en": "", "month": 13, "share": 67},
    ],
    "ip_option": "6",
    "confidentiality": {"zh": "五年。", "en": "Five years."},
}


def test_the_terms_become_particulars_that_the_contract_accepts() -> None:
    found = particulars_of(TERMS)

    assert checked(found) == found
    assert (found["start_date"], found["end_date"]) == ("2027-01-31", "2028-02-29")
    assert [(row["due"], row["amount"]) for row in found["instalments"]] == [
        ("2027-02-28", "330000.00"),
        ("2028-02-29", "670000.01"),
    ]
    assert found["plan"]["en"] == "month 1: Design; month 12: Prototype; month 13: 验收."
    assert note_of(TERMS) == "五年。\nFive years."


def test_an_entry_fee_is_not_a_total_price() -> None:
    found = particulars_of(TERMS | {"price_form": "entry_fee_royalty"})

    assert (found["price_form"], found["entry_fee"], "price" in found) == ("entry_royalty", "1000000.01", False)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 10**14), st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_instalments_are_the_price_to_the_cent(cents: int, weights: list[int]) -> None:
    total = sum(weights[:-1])
    if total > 100:
        weights = [100]
    rows: list[Any] = [{"zh": "一", "en": "One", "month": n, "share": share} for n, share in enumerate(weights[:-1])]
    rows.append({"zh": "末", "en": "Last", "month": 20, "share": 100 - sum(row["share"] for row in rows)})
    price = Decimal(cents).scaleb(-2)

    found = instalments(rows, price, date(2027, 1, 31))

    assert sum(Decimal(row["amount"]) for row in found) == price


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2027, 12, 15), 0, date(2027, 12, 15)),
        (date(2027, 11, 30), 240, date(2047, 11, 30)),
    ],
)
def test_months_end_where_the_calendar_does(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@pytest.mark.django_db
def test_a_draft_takes_over_what_was_agreed_and_keeps_the_rest(drafted: Contract) -> None:
    contract = services.fill_from_terms(drafted.pk, TERMS)

    assert (contract.kind, contract.type_id, contract.governing_language) == ("cooperative", "development", "en")
    assert (contract.currency, contract.particulars["price"]) == ("EUR", "1000000.01")
    assert contract.particulars["secrecy_years"] == 5
    assert Entry.objects.about(contract).last().name == "contracts.contract.filled"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_what_is_negotiated_already_is_left_alone(negotiated: Contract) -> None:
    before = Contract.objects.get(pk=negotiated.pk).particulars

    services.fill_from_terms(negotiated.pk, TERMS)

    assert Contract.objects.get(pk=negotiated.pk).particulars == before
