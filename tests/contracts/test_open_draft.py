"""An approved match opens one contract draft, filled from the need."""

from decimal import Decimal

import pytest

from accounts.models import User
from contracts import services
from contracts.models import Contract
from information.models import Need
from journal.errors import GuardFailed, NotAllowed
from journal.models import Entry
from matching.models import Match
from tests import factories


@pytest.fixture
def approved(mutual_match: Match) -> Match:
    Match.objects.filter(pk=mutual_match.pk).update(status="approved")
    return Match.objects.get(pk=mutual_match.pk)


@pytest.fixture
def contract(approved: Match) -> Contract:
    return services.open_draft(approved.pk)


def test_a_draft_names_the_parties_and_takes_over_title_type_and_price(approved: Match) -> None:
    Need.objects.filter(pk=approved.need_id).update(budget_min=Decimal(400_000), budget_max=Decimal(1_200_000))

    contract = services.open_draft(approved.pk)

    assert (contract.client, contract.provider) == (approved.need.owner, approved.achievement.owner)
    assert (contract.type, contract.title_en) == (approved.need.type, approved.need.title_en)
    assert (contract.price_min, contract.price_max, contract.currency) == (Decimal(400_000), Decimal(1_200_000), "CNY")
    assert contract.number == f"TC-{contract.opened_at:%Y}-{contract.pk:05d}"
    assert Entry.objects.about(contract).get().name == "contracts.contract.opened"


def test_opening_it_twice_gives_the_same_draft(approved: Match) -> None:
    first, second = services.open_draft(approved.pk), services.open_draft(approved.pk)

    assert first == second
    assert Contract.objects.count() == 1
    assert Entry.objects.filter(name="contracts.contract.opened").count() == 1


def test_a_match_that_is_not_approved_opens_nothing(match: Match) -> None:
    with pytest.raises(GuardFailed):
        services.open_draft(match.pk)

    assert not Contract.objects.exists()


@pytest.mark.parametrize("side", ["client", "provider"])
def test_either_party_may_withdraw_a_draft_with_a_reason(contract: Contract, side: str) -> None:
    speaker = factories.member(getattr(contract, side))

    services.withdraw(contract, by=speaker, version=1, reason="terms")

    assert Contract.objects.get().status == "withdrawn"
    assert Entry.objects.about(contract).last().data["reason"] == "terms"  # type: ignore[union-attr]


def test_a_stranger_withdraws_nothing(contract: Contract, outsider: User) -> None:
    with pytest.raises(NotAllowed):
        services.withdraw(contract, by=outsider, version=1, reason="terms")

    assert Contract.objects.get().status == "drafting"
