"""Money in execution: what the database itself refuses, what each form of price plans, and no cent lost."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from contracts.execution import projects
from contracts.execution.plan import split
from contracts.execution.planning import plan_of
from contracts.models import Dispute, Payment, Project
from contracts.models.payment import royalty
from tests.contracts.performing import TODAY, add_up_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE contracts_payment SET amount = amount + 1 WHERE number = 2", "add up to"),
        ("DELETE FROM contracts_payment WHERE number = 3", "add up to"),
        ("UPDATE contracts_project SET total = 1", "add up to"),
        ("UPDATE contracts_payment SET status = 'due' WHERE number = 2", "not met"),
        ("UPDATE contracts_payment SET paid_amount = amount + 1 WHERE number = 1", "paid_at_most_planned"),
        ("UPDATE contracts_payment SET amount = 0 WHERE number = 1", "is_positive"),
        ("UPDATE contracts_payment SET status = 'recorded' WHERE number = 1", "recorded_says_what"),
    ],
)
def test_the_database_itself_refuses_money_that_is_not_owed(project: Project, sql: str, words: str) -> None:
    with pytest.raises(IntegrityError, match=words):
        attempt(sql)


def attempt(sql: str) -> None:
    """Run the statement and ask the deferred triggers, in a savepoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        add_up_now()


def test_the_database_itself_refuses_a_payment_in_a_dispute(project: Project, client_side: User) -> None:
    projects.dispute(project, by=client_side, version=project.version, reason="payment", note="What for?")

    with pytest.raises(IntegrityError, match="waits while"), transaction.atomic():
        Payment.objects.filter(number=1).update(status="recorded", paid_amount=1, paid_on=TODAY)


def test_two_disputes_are_never_open_at_once(project: Project) -> None:
    told = {"project": project, "reason": "delay", "claim": "Late.", "mediate_by": TODAY}
    Dispute.objects.create(opened_by=project.contract.client, **told)

    with pytest.raises(IntegrityError, match="one_open_at_most"), transaction.atomic():
        Dispute.objects.create(opened_by=project.contract.provider, **told)


PARTICULARS: dict[str, Any] = {
    "instalments": [
        {"zh": "验收", "en": "Acceptance", "due": "2027-09-01", "amount": "60000.00"},
        {"zh": "样机", "en": "Prototype", "due": "2027-03-01", "amount": "40000.00"},
    ],
    "price": "100000.00",
    "entry_fee": "30000.00",
    "royalty_rate": "4.25",
    "deliverables": {"zh": "样机一台", "en": "One prototype"},
    "end_date": "2027-12-31",
}


@pytest.mark.parametrize(
    ("form", "total", "royalty_percent", "dues", "amounts"),
    [
        ("instalments", "100000.00", None, ["2027-03-01", "2027-09-01"], [("40000.00", 1), ("60000.00", 2)]),
        ("lump_sum", "100000.00", None, ["2027-12-31"], [("100000.00", 1)]),
        ("royalty", None, "4.25", ["2027-12-31"], []),
        ("entry_royalty", "30000.00", "4.25", ["2027-12-31"], [("30000.00", None)]),
    ],
)
def test_each_form_of_price_has_its_plan(
    form: str, total: str | None, royalty_percent: str | None, dues: list[str], amounts: list[tuple[str, int | None]]
) -> None:
    plan = plan_of({**PARTICULARS, "price_form": form}, currency="CNY", today=TODAY)

    assert (plan.total, plan.royalty_percent) == (
        total and Decimal(total),
        royalty_percent and Decimal(royalty_percent),
    )
    assert [step.due_on.isoformat() for step in plan.steps] == dues
    assert [(str(each.amount), each.step) for each in plan.instalments] == amounts


@given(
    st.decimals("0.01", "999999999999.99", places=2),
    st.decimals(0, 1, places=4),
)
def test_a_split_loses_no_cent(amount: Decimal, share: Decimal) -> None:
    part, rest = split(amount, share)

    assert part + rest == amount
    assert part >= 0
    assert rest >= 0


@given(st.decimals("0", "999999999.99", places=2), st.decimals("0.001", "100", places=3))
def test_a_royalty_is_exact_to_half_a_cent(base: Decimal, percent: Decimal) -> None:
    assert abs(royalty(base, percent) * 100 - base * percent) <= Decimal("0.5")
