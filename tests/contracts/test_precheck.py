"""The pre-check: a complete contract of each kind passes, and each thing that can be wrong is found in its clause."""

from datetime import date
from typing import Any

import pytest

from contracts.composing import written
from contracts.guards import case_of, pre_check
from contracts.kinds import KINDS, PRICE_FORMS
from contracts.models import Contract
from tests.complete import EVERYTHING, complete
from tests.factories import LONG_AGO, ContractFactory, supervisor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def contract(kind: str = "commissioned", **particulars: Any) -> Contract:
    """A complete contract of this kind in which the government takes part."""
    person = supervisor()
    made = ContractFactory.create(
        kind=kind,
        status="negotiating",
        government=person.offices.get().organization,
        government_joined_at=LONG_AGO,
    )
    return complete(made, **particulars)


def codes(made: Contract, *, blocking: bool = True) -> list[tuple[str, str]]:
    """What was found, as (clause, code)."""
    return [(each.clause, each.code) for each in pre_check(made) if each.blocking == blocking]


@pytest.mark.parametrize("price_form", PRICE_FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_contract_of_each_kind_and_price_has_nothing_that_blocks(kind: str, price_form: str) -> None:
    if price_form not in KINDS[kind].price_forms:
        assert codes(contract(kind, price_form=price_form))[0][0] == "price"
        return

    assert codes(contract(kind, price_form=price_form)) == []


@pytest.mark.parametrize(("kind", "option"), [(kind, each) for kind in KINDS for each in KINDS[kind].ip_options])
def test_every_option_on_results_makes_a_complete_contract(kind: str, option: str) -> None:
    assert codes(contract(kind, ip_option=option)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_particular_that_a_contract_asks_for_is_missed_when_it_is_empty(kind: str) -> None:
    made = contract(kind)
    asked = {
        key for each in written(made, made.clauses.all()) for key in EVERYTHING if f"{{{key}}}" in each.clause.body_zh
    }

    for key in sorted(asked):
        made.particulars = {name: value for name, value in EVERYTHING.items() if name != key}
        found = [each for each in pre_check(made) if each.blocking]
        assert {each.code for each in found} <= {"empty-placeholder", "no-failure-split"}, key
        assert found, key


WRONG: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("commissioned", {"start_date": "2028-07-01"}, ("performance", "dates-out-of-order")),
    ("commissioned", {"price": "1200000.01"}, ("price", "instalments-sum")),
    ("commissioned", {"client_share": "60.0001"}, ("income", "shares-sum")),
    ("commissioned", {"risk_provider_share": "40"}, ("risk", "shares-sum")),
    ("commissioned", {"risk_provider_share": None}, ("risk", "no-failure-split")),
    ("commissioned", {"territory": {"zh": "中国境内", "en": ""}}, ("ip", "one-language")),
    (
        "commissioned",
        {"goal": {"zh": "温升不超过25 K。", "en": "A rise of at most 52 K."}},
        ("project", "figures-differ"),
    ),
    ("cooperative", {"ip_option": "5"}, ("ip", "option-unfit")),
    ("licence", {"licence_end": "2037-07-22"}, ("licence", "licence-outlasts-patent")),
    ("licence", {"licence_end": "2027-01-04"}, ("licence", "licence-out-of-order")),
    ("licence", {"territory": None}, ("licence", "empty-placeholder")),
    ("licence", {"rights": [EVERYTHING["rights"][0] | {"number": ""}]}, ("rights", "right-without-number")),
    ("licence", {"price_form": "royalty", "royalty_rate": "0"}, ("price", "royalty-of-nothing")),
    (
        "commissioned",
        {"instalments": [EVERYTHING["instalments"][0] | {"due": ""}, EVERYTHING["instalments"][1]]},
        ("price", "instalment-without-day"),
    ),
    (
        "commissioned",
        {"instalments": [EVERYTHING["instalments"][0] | {"en": ""}, EVERYTHING["instalments"][1]]},
        ("price", "instalment-one-language"),
    ),
    ("commissioned", {"place": {"zh": "沈阳\u2e9f", "en": "Shenyang"}}, ("performance", "unprintable")),
    (
        "commissioned",
        {"instalments": [*reversed(EVERYTHING["instalments"])]},
        ("price", "instalments-out-of-order"),
    ),
]


@pytest.mark.parametrize(("kind", "change", "found"), WRONG)
def test_what_is_wrong_is_found_in_its_clause(kind: str, change: dict[str, Any], found: tuple[str, str]) -> None:
    assert found in codes(contract(kind, **change))


@pytest.mark.parametrize(
    ("kind", "change", "found"),
    [
        ("licence", {"inventor_share": "20"}, ("inventors", "low-reward")),
        ("licence", {"exclusivity": "nonexclusive", "sublicence": "yes"}, ("licence", "free-sublicence")),
        ("service", {"goal": {"zh": "更好。", "en": "Better."}}, ("project", "goal-without-figures")),
        ("commissioned", {"start_date": "2027-02-01"}, ("price", "instalment-before-begin")),
    ],
)
def test_what_the_parties_may_leave_is_advice(kind: str, change: dict[str, Any], found: tuple[str, str]) -> None:
    made = contract(kind, **change)

    assert found in codes(made, blocking=False)
    assert codes(made) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "甲方不得从其他来源取得同类技术。"),
        ("zh", "甲方应当将改进无偿回授乙方。"),
        ("en", "Party A may not challenge the validity of the patents."),
        ("en", "Party A shall not purchase materials from others."),
    ],
)
def test_a_term_that_restrains_competition_blocks(language: str, words: str) -> None:
    made = contract("licence")
    clause = made.clauses.get(key="effect")
    setattr(clause, f"body_{language}", words)
    clause.save()

    assert ("effect", "restraint") in codes(made)


def test_figures_spelled_out_in_the_other_language_are_the_same_figures() -> None:
    made = contract(deliverables={"zh": "样机2台、报告三份。", "en": "Two prototypes and 3 reports."})

    assert codes(made) == []


def test_without_a_government_the_text_is_not_frozen() -> None:
    made = contract()
    made.government_joined_at = None

    assert codes(made) == [("government", "no-government")]


def test_a_clause_that_the_law_asks_for_is_missed_and_the_default_is_told() -> None:
    made = contract()
    made.clauses.filter(key="risk").delete()

    found = next(each for each in pre_check(made) if each.code == "no-clause")

    assert (found.clause, found.article) == ("risk", "858")
    assert "shared reasonably" in str(found.what)


def test_days_are_read_as_days() -> None:
    made = contract()

    assert case_of(made, []).day("start_date") == date(2027, 1, 4)
