"""Both sides write the term sheet field by field, and accept it field by field."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from journal.errors import BadInput, NotAllowed, StaleVersion
from journal.models import Entry
from matching.docking import sheet
from matching.models import Proposal, Room, TermSheet
from matching.queries import agreed_terms
from matching.terms import TERMS, checked
from tests.matching.docking.conftest import VALUES, agree_on_everything

pytestmark = pytest.mark.django_db
PRICE = {"amount": "1000000.00", "currency": "CNY"}
OTHER_PRICE = {"amount": "1200000.00", "currency": "CNY"}


@pytest.mark.usefixtures("in_english")
class TestProposing:
    def test_a_manager_s_proposal_is_accepted_for_the_own_side_and_handed_to_the_other(
        self, room: Room, enterprise_manager: User
    ) -> None:
        proposal = sheet.put(room, "price", PRICE, by=enterprise_manager, number=0)

        assert (proposal.number, proposal.accepted("need"), proposal.accepted("achievement")) == (1, True, False)
        assert list(room.handovers.open().values_list("side", "task").order_by("side", "task")) == [
            ("achievement", "begin"),
            ("achievement", "terms"),
        ]

    def test_a_contributor_s_proposal_binds_nobody(self, room: Room, enterprise_contributor: User) -> None:
        proposal = sheet.put(room, "price", PRICE, by=enterprise_contributor, number=0)

        assert not proposal.accepted("need")
        with pytest.raises(NotAllowed):
            sheet.accept(room, "price", by=enterprise_contributor, number=1)

    def test_any_change_voids_both_acceptances_of_that_field_and_of_no_other(
        self, room: Room, enterprise_manager: User, university_manager: User, enterprise_contributor: User
    ) -> None:
        for name, value in (("price", PRICE), ("duration", 12)):
            sheet.put(room, name, value, by=enterprise_manager, number=0)
            sheet.accept(room, name, by=university_manager, number=1)

        sheet.put(room, "price", OTHER_PRICE, by=enterprise_contributor, number=1)

        found = sheet.standing(room)
        assert [found["price"].accepted(side) for side in ("need", "achievement")] == [False, False]
        assert found["duration"].settled

    def test_what_stands_already_changes_nothing(self, room: Room, enterprise_manager: User) -> None:
        first = sheet.put(room, "price", PRICE, by=enterprise_manager, number=0)

        again = sheet.put(room, "price", {"amount": "1000000", "currency": "CNY"}, by=enterprise_manager, number=1)

        assert again == first
        assert Proposal.objects.count() == 1

    def test_whoever_writes_over_a_change_that_was_not_seen_is_told_so(
        self, room: Room, enterprise_manager: User, university_manager: User
    ) -> None:
        sheet.put(room, "price", PRICE, by=enterprise_manager, number=0)

        with pytest.raises(StaleVersion, match="“Price” was changed"):
            sheet.put(room, "price", OTHER_PRICE, by=university_manager, number=0)

        assert sheet.standing(room)["price"].value == PRICE

    def test_a_field_that_there_is_not_and_a_stranger_leave_nothing_behind(
        self, room: Room, enterprise_manager: User, outsider: User, administrator: User
    ) -> None:
        with pytest.raises(BadInput):
            sheet.put(room, "bribe", "yes", by=enterprise_manager, number=0)
        for person in (outsider, administrator):
            with pytest.raises(NotAllowed):
                sheet.put(room, "price", PRICE, by=person, number=0)

        assert Proposal.objects.count() == 0


class TestAgreeing:
    def test_with_the_last_acceptance_the_terms_are_agreed_and_kept(self, agreed_room: Room) -> None:
        kept = agreed_terms(agreed_room.match_id)

        assert agreed_room.status == "agreed"
        assert kept is not None
        assert (kept.number, kept.terms) == (1, VALUES)
        entry = Entry.objects.get(name="matching.room.agreed")
        assert entry.data["sha256"] == kept.sha256
        assert agreed_room.handovers.open().count() == 0

    def test_one_required_field_less_is_no_agreement(
        self, room: Room, enterprise_manager: User, university_manager: User
    ) -> None:
        for name, value in VALUES.items():
            if name != "ip_option":
                sheet.put(room, name, value, by=enterprise_manager, number=0)
                sheet.accept(room, name, by=university_manager, number=1)

        assert Room.objects.get().status == "talking"
        assert agreed_terms(room.match_id) is None

    def test_an_optional_field_that_was_proposed_must_be_accepted_too(
        self, room: Room, enterprise_manager: User, university_manager: User
    ) -> None:
        sheet.put(room, "failure", {"zh": "各半", "en": "Half each"}, by=university_manager, number=0)

        agree_on_everything(room, enterprise_manager, university_manager)
        before = Room.objects.get().status
        sheet.accept(room, "failure", by=enterprise_manager, number=1)

        assert (before, Room.objects.get().status) == ("talking", "agreed")

    def test_a_change_after_the_agreement_opens_the_terms_again(
        self, agreed_room: Room, enterprise_manager: User, university_manager: User
    ) -> None:
        sheet.put(agreed_room, "duration", 18, by=enterprise_manager, number=1)
        between = (Room.objects.get().status, agreed_terms(agreed_room.match_id))
        sheet.accept(agreed_room, "duration", by=university_manager, number=2)

        again = agreed_terms(agreed_room.match_id)
        assert between == ("talking", None)
        assert again is not None
        assert (again.number, again.terms["duration"]) == (2, 18)
        assert TermSheet.objects.get(number=1).terms["duration"] == 12

    def test_accepting_twice_changes_nothing(
        self, room: Room, enterprise_manager: User, university_manager: User
    ) -> None:
        sheet.put(room, "price", PRICE, by=enterprise_manager, number=0)

        for _ in range(2):
            sheet.accept(room, "price", by=university_manager, number=1)

        assert Entry.objects.filter(name="matching.room.term_accepted").count() == 1

    def test_what_was_changed_since_is_not_accepted(
        self, room: Room, enterprise_manager: User, university_manager: User
    ) -> None:
        sheet.put(room, "price", PRICE, by=enterprise_manager, number=0)
        sheet.put(room, "price", OTHER_PRICE, by=enterprise_manager, number=1)

        with pytest.raises(StaleVersion):
            sheet.accept(room, "price", by=university_manager, number=1)

        assert not sheet.standing(room)["price"].settled

    def test_nothing_can_be_accepted_where_nothing_stands(self, room: Room, enterprise_manager: User) -> None:
        with pytest.raises(BadInput):
            sheet.accept(room, "price", by=enterprise_manager, number=0)


BAD: list[tuple[str, Any]] = [
    ("contract_type", "marriage"), ("contract_type", None), ("contract_type", 7), ("price_form", ["royalty"]),
    ("subject", "just text"), ("subject", {"zh": "", "en": " "}), ("subject", {"fr": "non"}), ("subject", {"zh": 1}),
    ("subject", {"zh": "<b>hi</b>", "en": ""}), ("subject", {"zh": "a\0b", "en": ""}), ("subject", {"zh": "長" * 4001}),
    ("price", {"amount": "-1", "currency": "CNY"}), ("price", {"amount": "1e13", "currency": "CNY"}),
    ("price", {"amount": "NaN", "currency": "CNY"}), ("price", {"amount": "1.001", "currency": "CNY"}),
    ("price", {"amount": "ten", "currency": "CNY"}), ("price", {"amount": "1", "currency": "DOGE"}),
    ("price", {"amount": "1"}), ("price", 5), ("start", "31.1.2027"), ("start", "2027-02-30"), ("start", "1066-10-14"),
    ("start", 20270131), ("duration", 0), ("duration", 241), ("duration", "12"), ("duration", True), ("duration", 1.5),
    ("milestones", []), ("milestones", {}), ("milestones", [{"zh": "x", "month": 1, "share": 99}]),
    ("milestones", [{"zh": "", "en": "", "month": 1, "share": 100}]), ("milestones", [{"zh": "x", "share": 100}]),
    ("milestones", [{"zh": "x", "month": -1, "share": 100}]), ("milestones", [5]),
    ("milestones", [{"zh": "x", "month": 1, "share": 100, "colour": "red"}]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_value_that_nobody_can_mean_is_refused_beside_its_field(
    room: Room, enterprise_manager: User, name: str, value: Any
) -> None:
    with pytest.raises(BadInput) as fault:
        sheet.put(room, name, value, by=enterprise_manager, number=0)

    assert list(fault.value.fields) == [name]
    assert Proposal.objects.count() == 0


@given(
    name=st.sampled_from(sorted(TERMS)),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["zh", "en", "amount"]), inner),
        max_leaves=6,
    ),
)
def test_whatever_is_sent_is_kept_in_its_one_shape_or_refused(name: str, value: Any) -> None:
    try:
        kept = checked(name, value)
    except ValidationError:
        return

    assert checked(name, kept) == kept
