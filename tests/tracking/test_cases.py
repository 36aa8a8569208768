"""Each approved match is a case from its approval on, in whatever order the news of it arrive."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from contracts.models import Contract
from contracts.services import withdraw
from matching.models import Outcome
from tests import factories
from tracking import services
from tracking.models import Case

APPROVED = datetime(2026, 3, 1, 9, tzinfo=UTC)
OPENED = APPROVED + timedelta(minutes=1)
WITHDRAWN = APPROVED + timedelta(days=3)


@pytest.fixture
def contract(db: None) -> Contract:
    return factories.ContractFactory.create()


@pytest.mark.parametrize("order", list(permutations(["approved", "opened", "withdrawn"])))
def test_news_may_overtake_each_other(contract: Contract, order: tuple[str, ...]) -> None:
    news: dict[str, Callable[[], object]] = {
        "approved": lambda: services.open_case(contract.match_id, at=APPROVED),
        "opened": lambda: services.note_draft(contract.pk, at=OPENED),
        "withdrawn": lambda: services.note_withdrawal(contract.pk, reason="terms", at=WITHDRAWN),
    }

    for name in order:
        news[name]()

    case = Case.objects.get()
    assert (case.approved_at, case.drafted_at, case.ended_at) == (APPROVED, OPENED, WITHDRAWN)
    assert (case.contract, case.ending, case.stage) == (contract, "terms", Case.Stage.WITHDRAWN)
    assert set(Outcome.objects.values_list("match_id", "kind")) == {
        (contract.match_id, "drafted"),
        (contract.match_id, "withdrawn"),
    }


def test_the_same_news_twice_changes_nothing(contract: Contract) -> None:
    for _ in range(2):
        services.open_case(contract.match_id, at=APPROVED)
        services.note_draft(contract.pk, at=OPENED)

    case = Case.objects.get()
    assert (case.stage, case.approved_at, case.drafted_at) == (Case.Stage.DRAFTING, APPROVED, OPENED)


def test_a_withdrawn_contract_ends_its_case_through_the_journal(
    contract: Contract, deliver_news: Callable[[], int]
) -> None:
    services.note_draft(contract.pk, at=OPENED)

    withdraw(contract, by=factories.member(contract.client), version=1, reason="plans")
    deliver_news()

    case = Case.objects.get()
    assert (case.stage, case.ending) == (Case.Stage.WITHDRAWN, "plans")
