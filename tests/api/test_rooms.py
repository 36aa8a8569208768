"""Docking rooms over REST: both sides from the agreement to agreed terms, and what others are told."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from matching.docking import rooms
from matching.models import Match, Room
from tests.api.conftest import ClientOf
from tests.matching.docking.conftest import VALUES, sign
from tests.matching.docking.test_talks import ahead

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(mutual_match: Match, administrator: User) -> Room:
    """A room whose achievement asks for an NDA."""
    Match.objects.filter(pk=mutual_match.pk).update(status="approved")
    mutual_match.achievement.visibility = "nda"
    mutual_match.achievement.save()
    mutual_match.refresh_from_db()
    return rooms.open_room(mutual_match, by=administrator)


@pytest.fixture
def signed(room: Room, enterprise_manager: User, university_manager: User) -> Room:
    """The same, signed by both."""
    for person in (enterprise_manager, university_manager):
        sign(room, person)
    return room


def test_two_programs_come_from_the_agreement_to_agreed_terms(
    client_of: ClientOf, room: Room, enterprise_manager: User, university_manager: User
) -> None:
    place, one, other = f"/api/v1/rooms/{room.pk}/", client_of(enterprise_manager), client_of(university_manager)
    for client, person in ((one, enterprise_manager), (other, university_manager)):
        paper = client.get(f"{place}nda/").json()
        body = {"name": person.name, "confirmed": True, "sha256": paper["sha256"]}
        assert client.post(f"{place}nda/", body).status_code == 201

    for name, value in VALUES.items():
        assert one.post(f"{place}terms/{name}/", {"value": value, "number": 0}).status_code == 201
        assert other.post(f"{place}terms/{name}/accept/", {"number": 1}).status_code == 200

    found = one.get(place).json()
    assert (found["status"], found["handovers"]) == ("agreed", [])
    terms = {term["name"]: term["standing"]["value"] for term in one.get(f"{place}terms/").json() if term["standing"]}
    assert terms == VALUES


def test_messages_questions_and_meetings(
    client_of: ClientOf, signed: Room, enterprise_manager: User, university_manager: User
) -> None:
    place, one, other = f"/api/v1/rooms/{signed.pk}/", client_of(enterprise_manager), client_of(university_manager)

    one.post(f"{place}messages/", {"text": "Good morning"})
    question = one.post(f"{place}questions/", {"text": "Which alloy?", "days": 2}).json()
    other.post(f"{place}questions/{question['id']}/answer/", {"text": "Silicon nitride"})
    meeting = one.post(f"{place}meetings/", {"subject": "Kick-off", "slots": [ahead(2).isoformat()]}).json()
    other.post(f"{place}meetings/{meeting['id']}/choose/", {"slot": meeting["slots"][0]["id"]})

    assert [each["text"] for each in other.get(f"{place}messages/").json()["results"]] == ["Good morning"]
    assert [each["answer"] for each in one.get(f"{place}questions/").json()] == ["Silicon nitride"]
    assert one.get(f"{place}meetings/").json()[0]["begins"] is not None


def test_a_supervisor_is_told_the_stage_and_nothing_that_was_said(
    client_of: ClientOf, signed: Room, supervisor: User
) -> None:
    client, place = client_of(supervisor), f"/api/v1/rooms/{signed.pk}/"

    assert client.get(place).json()["status"] == "talking"
    for address in ("terms/", "messages/", "questions/", "meetings/", "nda/"):
        assert client.get(place + address).status_code == 404


def test_an_administrator_reads_on_record(
    client_of: ClientOf, signed: Room, enterprise_manager: User, administrator: User
) -> None:
    place = f"/api/v1/rooms/{signed.pk}/"
    client_of(enterprise_manager).post(f"{place}messages/", {"text": "Good morning"})

    without = client_of(administrator).post(f"{place}inspect/", {"note": ""})
    record = client_of(administrator).post(f"{place}inspect/", {"note": "A complaint"}).json()

    assert without.status_code == 400
    assert [each["text"] for each in record["messages"]] == ["Good morning"]


def test_a_stale_number_is_a_conflict_and_a_wrong_value_names_its_field(
    client_of: ClientOf, signed: Room, enterprise_manager: User, university_manager: User
) -> None:
    place = f"/api/v1/rooms/{signed.pk}/terms/duration/"
    client_of(enterprise_manager).post(place, {"value": 12, "number": 0})

    stale = client_of(university_manager).post(place, {"value": 18, "number": 0})
    wrong = client_of(university_manager).post(place, {"value": "long", "number": 1})

    assert (stale.status_code, stale.json()["type"]) == (409, "about:blank#stale-version")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["duration"])


def test_breaking_off_is_a_move_like_any_other(client_of: ClientOf, signed: Room, university_manager: User) -> None:
    client, place = client_of(university_manager), f"/api/v1/rooms/{signed.pk}/"
    version = client.get(place).json()["version"]

    answer = client.post(f"{place}actions/break_off/", {"version": version, "reason": "fit"})

    assert (answer.status_code, answer.json()["status"]) == (200, "broken_off")


def test_strangers_and_visitors_find_nothing(client_of: ClientOf, signed: Room, outsider: User) -> None:
    place = f"/api/v1/rooms/{signed.pk}/"

    assert client_of(outsider).get(place).status_code == 404
    assert client_of(outsider).post(f"{place}messages/", {"text": "Hello"}).status_code == 404
    assert client_of(AnonymousUser()).get(place).status_code == 401
