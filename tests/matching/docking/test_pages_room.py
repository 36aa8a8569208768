"""The page of a docking room, for both sides and for those who only oversee it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from matching.docking import meetings, sheet, talks
from matching.docking.page import feed_address
from matching.models import Meeting, Message, Proposal, Question, Room
from tests import factories
from tests.matching.docking.conftest import VALUES, sign
from tests.matching.docking.test_talks import ahead

pytestmark = pytest.mark.django_db


def page_of(client: Client, room: Room, who: User) -> str:
    """The page of the room as this person sees it."""
    client.force_login(who)
    return client.get(room.get_absolute_url()).content.decode()


def test_both_sides_see_whose_turn_it_is_and_what_is_empty(
    english: Client, room: Room, enterprise_manager: User
) -> None:
    page = page_of(english, room, enterprise_manager)

    assert "Whose turn is it?" in page
    assert f"<b>You</b> ({room.match.need.owner.name})" in page
    assert "0 of 12 fields agreed" in page
    assert "Make a proposal" in page


def test_before_the_signatures_there_is_only_the_agreement(
    english: Client, nda_room: Room, enterprise_manager: User
) -> None:
    page = page_of(english, nda_room, enterprise_manager)

    assert nda_room.nda.sha256 in page
    assert "Sign for your organization" in page
    assert "Term sheet" not in page


def test_signing_through_the_page_opens_the_room(
    english: Client, nda_room: Room, enterprise_manager: User, university_manager: User
) -> None:
    sign(nda_room, university_manager)
    english.force_login(enterprise_manager)
    given = {"name": enterprise_manager.name, "confirmed": "on", "sha256": nda_room.nda.sha256}

    answer = english.post(f"/rooms/{nda_room.pk}/sign/", given)

    assert (answer.status_code, answer["Location"]) == (302, f"/rooms/{nda_room.pk}/#nda")
    assert Room.objects.get().status == "talking"


def test_a_signature_under_another_name_stays_in_the_form_with_the_fault(
    english: Client, nda_room: Room, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)
    given = {"name": "Somebody Else", "confirmed": "on", "sha256": nda_room.nda.sha256}

    answer = english.post(f"/rooms/{nda_room.pk}/sign/", given)

    assert answer.status_code == 400
    assert f"Type your name as it stands in your account: {enterprise_manager.name}." in answer.content.decode()
    assert 'value="Somebody Else"' in answer.content.decode()


def as_form(name: str, value: Any) -> dict[str, Any]:
    """A value as the form of its field sends it."""
    if isinstance(value, list):
        return {f"{name}-{key}_{place}": each for place, row in enumerate(value) for key, each in row.items()}
    parts = value if isinstance(value, dict) else {"value": value}
    return {f"{name}-{key}": each for key, each in parts.items()}


@pytest.mark.parametrize("name", sorted(VALUES))
def test_every_field_can_be_proposed_through_its_form(
    english: Client, room: Room, enterprise_manager: User, name: str
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post(f"/rooms/{room.pk}/terms/{name}/", {**as_form(name, VALUES[name]), "number": "0"})

    assert (answer.status_code, answer["Location"]) == (302, f"/rooms/{room.pk}/#term-{name}")
    assert Proposal.objects.get().value == VALUES[name]


def test_htmx_gets_the_field_and_the_state_of_the_room_beside_it(
    english: Client, room: Room, enterprise_manager: User, university_manager: User
) -> None:
    sheet.put(room, "duration", 12, by=enterprise_manager, number=0)
    english.force_login(university_manager)

    answer = english.post(f"/rooms/{room.pk}/terms/duration/accept/", {"number": "1"}, headers={"hx-request": "true"})

    fragment = answer.content.decode()
    assert '<li class="term term--agreed" id="term-duration">' in fragment
    assert 'id="room-state" hx-swap-oob="true"' in fragment
    assert "<html" not in fragment


def test_htmx_reloads_the_page_when_the_terms_are_agreed(
    english: Client, room: Room, enterprise_manager: User, university_manager: User
) -> None:
    for name, value in VALUES.items():
        sheet.put(room, name, value, by=enterprise_manager, number=0)
        if name != "duration":
            sheet.accept(room, name, by=university_manager, number=1)
    english.force_login(university_manager)

    answer = english.post(f"/rooms/{room.pk}/terms/duration/accept/", {"number": "1"}, headers={"hx-request": "true"})

    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    assert "the terms are agreed" in page_of(english, room, university_manager)


def test_a_field_that_changed_meanwhile_shows_what_stands_and_keeps_what_was_typed(
    english: Client, room: Room, enterprise_manager: User, university_manager: User
) -> None:
    sheet.put(room, "subject", {"zh": "", "en": "The earlier wording"}, by=enterprise_manager, number=0)
    english.force_login(university_manager)

    answer = english.post(f"/rooms/{room.pk}/terms/subject/", {"subject-en": "My own wording", "number": "0"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "was changed while you were looking at it" in page
    assert "The earlier wording" in page
    assert "My own wording" in page
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("say/", {}),
        ("say/", {"text": "<img src=x onerror=alert(1)>"}),
        ("say/", {"text": "nul \0 byte"}),
        ("ask/", {"text": "When?", "days": "soon"}),
        ("ask/", {"text": "When?", "days": "99999999999999"}),
        ("meet/", {"subject": "Kick-off", "minutes": "60", "slot_1": "yesterday"}),
        ("meet/", {"subject": "Kick-off", "minutes": "60", "slot_1": "2020-01-01T10:00"}),
        ("terms/price/", {"price-amount": "a lot", "price-currency": "CNY", "number": "0"}),
        ("terms/price/", {"price-amount": "1" * 400, "price-currency": "CNY", "number": "0"}),
        ("terms/price/", {"price-amount": "1", "price-currency": "CNY", "number": "first"}),
        ("terms/duration/", {"number": "0"}),
        ("terms/milestones/", {"number": "0", "milestones-month_x": "1"}),
        ("terms/price/accept/", {"number": "0"}),
    ],
)
def test_bad_input_is_answered_with_what_to_do_and_leaves_nothing(
    english: Client, room: Room, enterprise_manager: User, address: str, given: dict[str, str]
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post(f"/rooms/{room.pk}/{address}", given)

    assert answer.status_code == 400
    assert "<img src=x" not in answer.content.decode()
    assert [kind.objects.count() for kind in (Message, Question, Meeting, Proposal)] == [0, 0, 0, 0]


def test_an_overseer_sees_stages_and_clocks_and_no_word(
    english: Client, room: Room, enterprise_manager: User, supervisor: User
) -> None:
    talks.say(room, by=enterprise_manager, text="Between ourselves")
    sheet.put(room, "subject", {"zh": "", "en": "A secret subject"}, by=enterprise_manager, number=0)

    page = page_of(english, room, supervisor)

    assert "Whose turn is it?" in page
    assert "What is said here is confidential" in page
    assert "Between ourselves" not in page
    assert "A secret subject" not in page
    assert english.get(f"/rooms/{room.pk}/messages/").status_code == 404
    assert english.get(f"/rooms/{room.pk}/meetings.ics").status_code == 404


def test_an_administrator_reads_on_record_and_both_sides_see_that(
    english: Client, room: Room, enterprise_manager: User, administrator: User
) -> None:
    talks.say(room, by=enterprise_manager, text="Between ourselves")

    before = page_of(english, room, administrator)
    refused = english.post(f"/rooms/{room.pk}/inspect/", {"note": ""})
    read = english.post(f"/rooms/{room.pk}/inspect/", {"note": "A complaint about silence"}).content.decode()

    assert "Between ourselves" not in before
    assert refused.status_code == 400
    assert "Between ourselves" in read
    assert "A complaint about silence" in page_of(english, room, enterprise_manager)


def test_a_stranger_finds_nothing(english: Client, room: Room, outsider: User) -> None:
    english.force_login(outsider)

    assert english.get(room.get_absolute_url()).status_code == 404
    assert english.post(f"/rooms/{room.pk}/say/", {"text": "Hello"}).status_code == 404
    assert room.match.need.title_en not in english.get("/rooms/").content.decode()


def test_a_time_is_chosen_with_one_press_and_stands_in_the_calendar(
    english: Client, room: Room, enterprise_manager: User, university_manager: User
) -> None:
    meeting = meetings.propose(room, by=enterprise_manager, subject="Kick-off", slots=[ahead(2), ahead(3)])
    slot = meeting.slots.first()
    assert slot is not None
    english.force_login(university_manager)

    english.post(f"/rooms/{room.pk}/meetings/{meeting.pk}/choose/", {"slot": str(slot.pk)})

    calendar = english.get(f"/rooms/{room.pk}/meetings.ics")
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"SUMMARY:Kick-off" in calendar.content


def test_the_address_of_a_calendar_works_without_login_and_only_as_it_was_given(
    client: Client, room: Room, enterprise_manager: User, university_manager: User, outsider: User
) -> None:
    meeting = meetings.propose(room, by=enterprise_manager, subject="Kick-off", slots=[ahead(2)])
    meetings.choose(meeting, meeting.slots.get().pk, by=university_manager)

    mine, theirs = client.get(feed_address(enterprise_manager)), client.get(feed_address(outsider))
    forged = client.get("/rooms/calendar/1:forged.ics")

    assert b"SUMMARY:Kick-off" in mine.content
    assert b"SUMMARY" not in theirs.content
    assert forged.status_code == 404


def test_the_desk_tells_of_rooms_that_wait_for_me(english: Client, room: Room, enterprise_manager: User) -> None:
    english.force_login(enterprise_manager)

    waiting = english.get("/desk/").content.decode()
    talks.say(room, by=enterprise_manager, text="Here we are")
    after = english.get("/desk/").content.decode()

    assert "Docking rooms: your turn" in waiting
    assert "Docking rooms: your turn" not in after
    assert room.get_absolute_url() in after


def test_the_match_leads_to_its_room(english: Client, room: Room, enterprise_manager: User) -> None:
    english.force_login(enterprise_manager)

    page = english.get(room.match.get_absolute_url()).content.decode()

    assert "Enter the docking room" in page


def talk_much(room: Room, one: User, other: User, rounds: int) -> None:
    """So many messages, answered and open questions, meetings and proposals of each field."""
    for number in range(rounds):
        talks.say(room, by=one, text=f"Message {number}")
        talks.answer(talks.ask(room, by=one, text="Why?"), by=other, text="Because.")
        talks.ask(room, by=other, text="And then?")
        meetings.propose(room, by=one, subject="Again", slots=[ahead(2), ahead(3)])
        sheet.put(room, "duration", 12 + number, by=one, number=number)


def test_the_page_takes_as_many_queries_whatever_was_said(
    client: Client,
    room: Room,
    enterprise_manager: User,
    university_manager: User,
    count_queries: Callable[[str], int],
) -> None:
    client.force_login(enterprise_manager)
    talk_much(room, enterprise_manager, university_manager, 1)
    little = count_queries(room.get_absolute_url())
    sheet.put(room, "subject", VALUES["subject"], by=university_manager, number=0)
    for number in range(2):
        talks.say(room, by=university_manager, text=f"Answer {number}")
        talks.ask(room, by=university_manager, text="Really?")
        meetings.propose(room, by=university_manager, subject="Again", slots=[ahead(4)])

    assert count_queries(room.get_absolute_url()) == little
    assert little <= 40


def test_the_list_of_rooms_takes_as_many_queries_for_three_as_for_one(
    client: Client, room: Room, administrator: User, count_queries: Callable[[str], int]
) -> None:
    client.force_login(administrator)
    one = count_queries("/rooms/")
    for _ in range(2):
        Room.objects.create(match=factories.MatchFactory.create(status="approved"), status="talking")

    assert count_queries("/rooms/") == one
