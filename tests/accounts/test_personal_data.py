"""Taking one's data along, and being forgotten."""

import json
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import ApiToken, Organization, User
from accounts.services import personal, tokens
from journal.errors import BadInput, GuardFailed
from journal.models import Entry
from journal.recording import record
from notifications.models import Notice, Preference
from notifications.services import choose, tell
from tests import factories


@pytest.fixture
def leaving(enterprise: Organization, enterprise_manager: User) -> User:
    """A contributor with traces everywhere."""
    del enterprise_manager
    person = factories.member(enterprise, "contributor", name="Li Na", email="li.na@tenon.example")
    tokens.issue(person, name="ERP", scope="read", days=1)
    choose(person, {"post.published": "off"})
    return person


def test_the_export_holds_what_is_kept(english: Client, leaving: User, enterprise: Organization) -> None:
    english.force_login(leaving)

    answer = english.get("/settings/data/export/")

    kept = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="tenon-my-data.json"'
    assert kept["profile"]["email"] == leaving.email
    assert [each["organization__name_zh"] for each in kept["memberships"]] == [enterprise.name_zh]
    assert [each["name"] for each in kept["tokens"]] == ["ERP"]
    assert kept["mail_settings"] == {"post.published": "off"}
    assert "digest" not in str(kept)
    assert "password" not in str(kept)


def test_erasure_forgets_the_name_and_keeps_what_was_done(
    english: Client, leaving: User, deliver_news: Callable[[], int]
) -> None:
    english.force_login(leaving)
    deeds = Entry.objects.filter(actor=leaving).count()

    answer = english.post("/settings/data/erase/", {"confirmed": "LI.NA@tenon.example"})
    deliver_news()

    person = User.objects.get(pk=leaving.pk)
    assert answer["Location"] == "/"
    assert (person.is_active, person.has_usable_password(), person.standing.works_for) == (False, False, frozenset())
    assert "Li Na" not in f"{person.name} {person.email}"
    assert not ApiToken.objects.filter(user=person).exists()
    assert not Preference.objects.filter(user=person).exists()
    assert Entry.objects.filter(actor=person).count() == deeds + 1
    assert english.get("/desk/").status_code == 302


def test_notices_of_an_erased_person_are_deleted(
    leaving: User, administrator: User, deliver_news: Callable[[], int]
) -> None:
    need = factories.NeedFactory.create(status="published")
    with transaction.atomic():
        tell("post.published", record(need, "told", by=administrator), [leaving.pk])

    personal.erase(leaving, confirmed=leaving.email)
    deliver_news()

    assert not Notice.objects.filter(recipient=leaving).exists()


def test_a_wrong_confirmation_erases_nothing(english: Client, leaving: User) -> None:
    english.force_login(leaving)

    for typed in ("", "somebody@tenon.example"):
        answer = english.post("/settings/data/erase/", {"confirmed": typed})
        assert answer.status_code == 400
        assert "field__error" in answer.content.decode()

    assert User.objects.get(pk=leaving.pk).is_active


def test_the_last_manager_and_the_holder_of_an_office_stay(enterprise_manager: User, administrator: User) -> None:
    for person in (enterprise_manager, administrator):
        with pytest.raises(GuardFailed):
            personal.erase(person, confirmed=person.email)
    with pytest.raises(BadInput):
        personal.erase(administrator, confirmed="x")

    assert User.objects.filter(is_active=True, pk__in=[enterprise_manager.pk, administrator.pk]).count() == 2
