"""Settings: name and language, the organization acted for, API tokens."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiToken, Organization, User
from accounts.models.token import digest_of
from accounts.services import tokens
from journal.errors import BadInput
from tests import factories


@pytest.mark.django_db
def test_the_language_that_a_person_chose_follows_everywhere(client: Client) -> None:
    person = factories.UserFactory.create(language="")
    client.force_login(person)

    client.post("/settings/", {"name": "Li Na", "language": "en"}, headers={"accept-language": "zh-hans"})
    page = client.get("/desk/", headers={"accept-language": "zh-hans"}).content.decode()

    assert User.objects.get(pk=person.pk).language == "en"
    assert "Li Na’s desk" in page


@pytest.mark.django_db
def test_the_switch_in_the_frame_is_kept_as_the_persons_choice(client: Client) -> None:
    person = factories.UserFactory.create(language="en")
    client.force_login(person)

    client.post("/language/", {"language": "zh-hans", "next": "/"})

    assert User.objects.get(pk=person.pk).language == "zh-hans"


@pytest.mark.parametrize("change", [{"name": ""}, {"name": "<b>x</b>"}, {"name": "x" * 81}, {"language": "tlh"}])
def test_a_faulty_profile_is_told_beside_the_field(english: Client, change: dict[str, str]) -> None:
    english.force_login(factories.UserFactory.create())

    answer = english.post("/settings/", {"name": "Li", "language": "en"} | change)

    assert answer.status_code == 400
    assert "field__error" in answer.content.decode()


def test_one_acts_for_one_of_several_organizations_or_for_all(
    english: Client, enterprise: Organization, university: Organization
) -> None:
    person = factories.member(enterprise)
    person.memberships.create(organization=university, role="manager")
    hers, theirs = factories.NeedFactory.create(owner=enterprise), factories.AchievementFactory.create(owner=university)
    english.force_login(person)

    def seen() -> tuple[int, int]:
        return english.get(hers.get_absolute_url()).status_code, english.get(theirs.get_absolute_url()).status_code

    both = seen()
    english.post("/act-for/", {"organization": university.pk, "next": "/desk/"})
    one, page = seen(), english.get("/desk/").content.decode()
    english.post("/act-for/", {"organization": ""})

    assert (both, one, seen()) == ((200, 200), (404, 200), (200, 200))
    assert university.name_en in page


@pytest.mark.parametrize("chosen", ["99999999", "x", "-1"])
def test_one_does_not_act_for_others(english: Client, enterprise_manager: User, chosen: str) -> None:
    english.force_login(enterprise_manager)

    assert english.post("/act-for/", {"organization": chosen}).status_code == 400


def test_a_token_is_shown_once_and_kept_as_a_hash(english: Client, enterprise_manager: User) -> None:
    english.force_login(enterprise_manager)

    page = english.post("/settings/tokens/", {"name": "ERP", "scope": "read", "days": "30"}).content.decode()
    token = ApiToken.objects.get()
    key = page.split('<code class="token">')[1].split("<")[0]

    assert token.digest == digest_of(key)
    assert key.startswith(token.beginning)
    assert key not in english.get("/settings/tokens/").content.decode()


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"name": "<b>x</b>"}, {"scope": "all"}, {"days": "0"}, {"days": "9999"}, {"days": "x"}]
)
def test_a_faulty_token_is_told_beside_the_field(
    english: Client, enterprise_manager: User, change: dict[str, str]
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/settings/tokens/", {"name": "ERP", "scope": "read", "days": "30"} | change)

    assert answer.status_code == 400
    assert "field__error" in answer.content.decode()
    assert not ApiToken.objects.exists()


def asking(key: str) -> APIClient:
    return APIClient(headers={"authorization": f"Bearer {key}", "accept-language": "en"})


def test_a_program_asks_with_a_token(enterprise_manager: User) -> None:
    token, key = tokens.issue(enterprise_manager, name="ERP", scope="read", days=1)

    answer = asking(key).get("/api/v1/me/")

    token.refresh_from_db()
    assert answer.json()["email"] == enterprise_manager.email
    assert token.last_used_at is not None


def test_a_token_for_reading_changes_nothing(enterprise_manager: User) -> None:
    _token, key = tokens.issue(enterprise_manager, name="ERP", scope="read", days=1)

    answer = asking(key).post("/api/v1/notices/read-all/")

    assert answer.status_code == 403
    assert answer.json()["detail"] == "This token may only read. Create one that may write."


def test_a_token_for_writing_needs_no_form_secret(enterprise_manager: User) -> None:
    _token, key = tokens.issue(enterprise_manager, name="ERP", scope="write", days=1)

    assert asking(key).post("/api/v1/notices/read-all/").status_code == 204


@pytest.mark.parametrize("end", ["revoked", "expired", "closed", "mistyped"])
def test_a_token_that_is_over_opens_nothing(enterprise_manager: User, end: str) -> None:
    token, key = tokens.issue(enterprise_manager, name="ERP", scope="read", days=1)
    if end == "revoked":
        tokens.revoke(token, by=enterprise_manager)
    elif end == "expired":
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "closed":
        User.objects.filter(pk=enterprise_manager.pk).update(is_active=False)

    answer = asking(key + ("x" if end == "mistyped" else "")).get("/api/v1/me/")

    assert answer.status_code == 401
    assert answer.json()["detail"] == "This token is unknown, expired or revoked. Create another one."


def test_nobody_piles_up_tokens(enterprise_manager: User) -> None:
    for _ in range(tokens.MOST_TOKENS):
        tokens.issue(enterprise_manager, name="x", scope="read", days=1)

    with pytest.raises(BadInput):
        tokens.issue(enterprise_manager, name="x", scope="read", days=1)


def test_another_persons_token_is_not_found(english: Client, enterprise_manager: User, outsider: User) -> None:
    token, _key = tokens.issue(enterprise_manager, name="ERP", scope="read", days=1)
    english.force_login(outsider)

    assert english.post(f"/settings/tokens/{token.pk}/revoke/").status_code == 404
    assert "ERP" not in english.get("/settings/tokens/").content.decode()
