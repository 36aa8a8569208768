"""A contract that takes effect becomes a project by itself, with the plan that its parties agreed on."""

from collections.abc import Callable

import pytest

from contracts.models import Contract, Project
from tests.contracts import signers

pytestmark = pytest.mark.django_db


def test_the_last_signature_begins_the_project(started: signers.Case, deliver_news: Callable[[], int]) -> None:
    Contract.objects.filter(pk=started.contract.pk).update(
        particulars={"price_form": "lump_sum", "price": "250000.00", "end_date": "2099-06-30"}
    )

    for role in ("client", "provider", "government"):
        started.sign(role)
    deliver_news()

    project = Project.objects.get(contract=started.contract)
    assert [(str(each.amount), each.status) for each in project.payments.all()] == [("250000.00", "planned")]
    assert [each.due_on.isoformat() for each in project.milestones.all()] == ["2099-06-30"]
