"""An approval opens a room; where a post asks for an NDA, nothing opens before both sides have signed it."""

from collections.abc import Callable

import pytest

from accounts.models import User
from information.models import Achievement, Grant
from journal.errors import BadInput, NotAllowed
from journal.models import Entry
from matching import services
from matching.docking import rooms
from matching.models import Handover, Match, NdaSignature, Room
from tests import factories
from tests.matching.docking.conftest import sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def names(room: Room) -> list[str]:
    """What the journal says of the room, in short."""
    return [name.rpartition(".")[2] for name in Entry.objects.about(room).values_list("name", flat=True)]


def owed(room: Room) -> list[tuple[str, str]]:
    """Who owes what."""
    return sorted(room.handovers.open().values_list("side", "task"))


def test_an_approval_opens_the_room_in_its_own_transaction(mutual_match: Match, administrator: User) -> None:
    services.approve(mutual_match, by=administrator, version=mutual_match.version)

    room = Room.objects.get(match=mutual_match)
    assert (room.status, room.needs_nda, names(room)) == ("talking", False, ["opened"])
    assert owed(room) == [("achievement", "begin"), ("need", "begin")]
    assert set(Grant.objects.values_list("level", "until")) == {("interest", None)}


def test_opening_twice_gives_the_same_room(room: Room, administrator: User) -> None:
    again = rooms.open_room(room.match, by=administrator)

    assert again.pk == room.pk
    assert names(room) == ["opened"]


def test_with_an_nda_both_sides_owe_a_signature_and_the_text_names_them(nda_room: Room) -> None:
    paper, match = nda_room.nda, nda_room.match

    assert (nda_room.status, nda_room.needs_nda) == ("nda", True)
    assert owed(nda_room) == [("achievement", "sign"), ("need", "sign")]
    for text, owner in ((paper.text_zh, match.need.owner), (paper.text_zh, match.achievement.owner)):
        assert owner.name_zh in text
        assert owner.uscc in text
    assert match.need.title_en in paper.text_en
    assert len(paper.sha256) == 64


def test_the_full_text_opens_with_the_second_signature_and_not_before(
    nda_room: Room, enterprise_manager: User, university_manager: User
) -> None:
    readable = Achievement.objects.readable_by

    before = readable(enterprise_manager).exists()
    after_one = (sign(nda_room, university_manager).status, readable(enterprise_manager).exists())
    after_both = (sign(nda_room, enterprise_manager).status, readable(enterprise_manager).exists())

    assert (before, after_one, after_both) == (False, ("nda", False), ("talking", True))
    assert names(nda_room) == ["opened", "nda_signed", "nda_signed", "disclosed"]
    assert owed(nda_room) == [("achievement", "begin"), ("need", "begin")]


def test_a_signature_keeps_who_for_whom_under_which_name_to_which_text(
    nda_room: Room, enterprise_manager: User
) -> None:
    sign(nda_room, enterprise_manager)

    kept = NdaSignature.objects.get()
    assert (kept.side, kept.signer, kept.organization) == ("need", enterprise_manager, nda_room.match.need.owner)
    assert (kept.name, kept.sha256) == (enterprise_manager.name, nda_room.nda.sha256)
    assert Entry.objects.get(name="matching.room.nda_signed").data["sha256"] == nda_room.nda.sha256


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"name": "Somebody Else"}, "name"), ({"confirmed": False}, "confirmed"), ({"sha256": "0" * 64}, "sha256")],
)
def test_without_intent_there_is_no_signature(
    nda_room: Room, enterprise_manager: User, changed: dict[str, object], field: str
) -> None:
    given = {"name": enterprise_manager.name, "confirmed": True, "sha256": nda_room.nda.sha256, **changed}

    with pytest.raises(BadInput) as fault:
        rooms.sign(nda_room, by=enterprise_manager, **given)  # type: ignore[arg-type]

    assert list(fault.value.fields) == [field]
    assert NdaSignature.objects.count() == 0


def test_a_side_signs_once_and_only_by_somebody_who_may_speak_for_it(
    nda_room: Room, enterprise_manager: User, enterprise_contributor: User, outsider: User
) -> None:
    sign(nda_room, enterprise_manager)

    for person in (enterprise_manager, enterprise_contributor, outsider):
        with pytest.raises(NotAllowed):
            sign(nda_room, person)

    assert NdaSignature.objects.count() == 1


def test_breaking_off_closes_the_texts_and_stops_every_clock(
    nda_room: Room, enterprise_manager: User, university_manager: User
) -> None:
    for person in (university_manager, enterprise_manager):
        sign(nda_room, person)
    nda_room.refresh_from_db()

    rooms.break_off(nda_room, by=university_manager, version=nda_room.version, reason="fit", note="Another alloy.")

    assert Room.objects.get().status == "broken_off"
    assert owed(nda_room) == []
    assert not Achievement.objects.readable_by(enterprise_manager).exists()
    assert set(Grant.objects.values_list("until", flat=True)) != {None}


def test_breaking_off_needs_one_of_the_reasons(room: Room, enterprise_manager: User) -> None:
    with pytest.raises(BadInput):
        rooms.break_off(room, by=enterprise_manager, version=room.version, reason="mood")

    assert Room.objects.get().status == "talking"


def test_a_contract_that_takes_effect_is_noted_once(agreed_room: Room) -> None:
    first, second = rooms.contracted(agreed_room.match_id), rooms.contracted(agreed_room.match_id)

    assert first is not None
    assert second is not None
    assert (first.status, second.version) == ("contracted", first.version)


def test_a_contract_that_was_negotiated_by_itself_concludes_the_talks(room: Room) -> None:
    rooms.contracted(room.match_id)

    assert Room.objects.get().status == "contracted"
    assert owed(room) == []


def test_a_room_that_is_over_stays_as_it_is(room: Room, enterprise_manager: User) -> None:
    rooms.break_off(room, by=enterprise_manager, version=room.version, reason="plans")

    rooms.contracted(room.match_id)

    assert Room.objects.get().status == "broken_off"


def test_whoever_is_no_party_reads_only_with_a_reason_and_on_record(
    room: Room, administrator: User, supervisor: User
) -> None:
    with pytest.raises(BadInput):
        rooms.inspect(room, by=administrator, note=" ")
    with pytest.raises(NotAllowed):
        rooms.inspect(room, by=supervisor, note="Curious")
    rooms.inspect(room, by=administrator, note="The enterprise complains of silence")

    entry = Entry.objects.get(name="matching.room.inspected")
    assert (entry.actor, entry.data) == (administrator, {"note": "The enterprise complains of silence"})


def test_reports_of_an_unknown_match_are_passed_over(db: None, deliver_news: Callable[[], int]) -> None:
    assert rooms.contracted(factories.MatchFactory.create().pk) is None
    assert Handover.objects.count() == 0
