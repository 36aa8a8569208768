"""Who acts for an organization: invited by mail, with a role, removed from the next request on."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, Membership, Organization, User
from accounts.services import members
from journal.errors import BadInput, GuardFailed, NotAllowed
from journal.models import Entry
from tests import factories

Deliver = Callable[[], int]


@pytest.fixture
def invitation(enterprise: Organization, enterprise_manager: User) -> Invitation:
    return members.invite(enterprise, email="New.Person@Example.org", role="contributor", by=enterprise_manager)


def path_of(invitation: Invitation) -> str:
    return f"/invitations/{members.token_of(invitation)}/"


def test_an_invitation_comes_by_mail_and_opens_an_account(
    english: Client, invitation: Invitation, enterprise: Organization, deliver_news: Deliver
) -> None:
    deliver_news()
    (message,) = mail.outbox
    (path,) = re.findall(r"http://127.0.0.1:8000(/invitations/\S+/)", str(message.body))

    page = english.get(path).content.decode()
    answer = english.post(path, {"name": "Li Na", "password": "oil-air bearing 22 K"})

    person = User.objects.get(email="new.person@example.org")
    assert message.to == ["new.person@example.org"]
    assert "Act for " + enterprise.name_en in page
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert person.standing.works_for == {enterprise.pk}
    assert english.get("/desk/").status_code == 200


def test_the_address_is_not_kept_in_the_journal(invitation: Invitation) -> None:
    assert "example.org" not in str(list(Entry.objects.about(invitation).values_list("data")))


def test_a_link_works_once(english: Client, invitation: Invitation) -> None:
    person = factories.UserFactory.create(email=invitation.email)
    english.force_login(person)

    first = english.post(path_of(invitation))
    second = english.post(path_of(invitation))

    assert (first.status_code, second.status_code) == (302, 409)
    assert "was used, taken back, or has expired" in second.content.decode()
    assert Membership.objects.filter(user=person).count() == 1


@pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(days=1)}])
def test_a_link_that_is_over_opens_nothing(invitation: Invitation, change: dict[str, object]) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(**change)

    with pytest.raises(GuardFailed):
        members.accept(invitation, by=factories.UserFactory.create(email=invitation.email))


def test_somebody_else_cannot_use_it(english: Client, invitation: Invitation, outsider: User) -> None:
    english.force_login(outsider)

    answer = english.post(path_of(invitation))

    assert answer.status_code == 409
    assert "was sent to another address" in answer.content.decode()
    assert not Membership.objects.filter(user=outsider, organization=invitation.organization).exists()


def test_a_person_who_has_an_account_logs_in_first(english: Client, invitation: Invitation) -> None:
    factories.UserFactory.create(email="NEW.person@example.org")

    page = english.get(path_of(invitation)).content.decode()
    forced = english.post(path_of(invitation), {"name": "x", "password": "oil-air bearing 22 K"})

    assert "/login/?next=/invitations/" in page
    assert forced.status_code == 409
    assert User.objects.filter(email__iexact=invitation.email).count() == 1


@pytest.mark.parametrize(
    ("name", "password"),
    [("", "oil-air bearing 22 K"), ("<b>x</b>", "oil-air bearing 22 K"), ("Li", "short"), ("Li", "")],
)
def test_a_poor_name_or_password_is_told_beside_its_field(
    english: Client, invitation: Invitation, name: str, password: str
) -> None:
    answer = english.post(path_of(invitation), {"name": name, "password": password})

    assert answer.status_code == 400
    assert "field__error" in answer.content.decode()
    assert not User.objects.filter(email=invitation.email).exists()


@pytest.mark.parametrize("token", ["x", "WzEsIngiXQ:1abc:xyz", "a" * 400])
@pytest.mark.django_db
def test_a_link_that_was_not_issued_here_is_not_found(client: Client, token: str) -> None:
    with pytest.raises(Http404):
        members.read(token)

    assert client.get(f"/invitations/{token}/").status_code == 404


def test_inviting_again_takes_the_place_of_the_first(
    invitation: Invitation, enterprise: Organization, enterprise_manager: User
) -> None:
    second = members.invite(enterprise, email=invitation.email, role="manager", by=enterprise_manager)

    assert list(Invitation.objects.open()) == [second]


def test_a_member_is_not_invited_again(enterprise: Organization, enterprise_manager: User) -> None:
    with pytest.raises(BadInput) as refusal:
        members.invite(enterprise, email=enterprise_manager.email.upper(), role="manager", by=enterprise_manager)

    assert list(refusal.value.fields) == ["email"]


def test_only_managers_invite(enterprise: Organization, enterprise_contributor: User, outsider: User) -> None:
    for person in (enterprise_contributor, outsider):
        with pytest.raises(NotAllowed):
            members.invite(enterprise, email="a@example.org", role="manager", by=person)

    assert not Invitation.objects.exists()


def test_removal_takes_effect_at_the_next_request(
    english: Client, enterprise: Organization, enterprise_manager: User, enterprise_contributor: User
) -> None:
    draft = factories.NeedFactory.create(owner=enterprise)
    english.force_login(enterprise_contributor)
    before = english.get(draft.get_absolute_url()).status_code

    members.end(enterprise_contributor.memberships.get(), by=enterprise_manager)

    assert (before, english.get(draft.get_absolute_url()).status_code) == (200, 404)


def test_the_last_manager_stays(enterprise: Organization, enterprise_manager: User) -> None:
    mine = enterprise_manager.memberships.get()

    with pytest.raises(GuardFailed):
        members.end(mine, by=enterprise_manager)
    with pytest.raises(GuardFailed):
        members.change_role(mine, "contributor", by=enterprise_manager)

    assert Membership.objects.current().get(pk=mine.pk).role == "manager"


def test_a_role_is_changed_and_told_in_the_journal(enterprise_manager: User, enterprise_contributor: User) -> None:
    other = enterprise_contributor.memberships.get()

    members.change_role(other, "manager", by=enterprise_manager)
    with pytest.raises(BadInput):
        members.change_role(other, "emperor", by=enterprise_manager)

    entry = Entry.objects.about(other).get()
    assert (entry.name, entry.data["to"]) == ("accounts.membership.changed", "manager")


def test_one_may_leave(enterprise_manager: User, enterprise_contributor: User) -> None:
    members.end(enterprise_contributor.memberships.get(), by=enterprise_contributor)

    assert not Membership.objects.current().filter(user=enterprise_contributor).exists()


def test_the_page_shows_people_to_members_and_buttons_to_managers(
    english: Client, enterprise: Organization, enterprise_manager: User, enterprise_contributor: User, outsider: User
) -> None:
    address = f"/organizations/{enterprise.pk}/members/"

    pages = {}
    for person in (enterprise_manager, enterprise_contributor, outsider):
        english.force_login(person)
        answer = english.get(address)
        pages[person] = answer.content.decode() if answer.status_code == 200 else ""

    assert "Invite somebody" in pages[enterprise_manager]
    assert enterprise_manager.email in pages[enterprise_contributor]
    assert "Invite somebody" not in pages[enterprise_contributor]
    assert pages[outsider] == ""


def test_a_faulty_invitation_is_told_beside_the_field(
    english: Client, enterprise: Organization, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post(f"/organizations/{enterprise.pk}/invite/", {"email": "nobody", "role": "emperor"})

    assert answer.status_code == 400
    assert answer.content.decode().count('class="field__error"') == 2


def test_three_members_cost_as_much_as_one(
    english: Client, enterprise: Organization, enterprise_manager: User, count_queries: Callable[[str], int]
) -> None:
    english.force_login(enterprise_manager)
    address = f"/organizations/{enterprise.pk}/members/"
    count_queries(address)
    with_one = count_queries(address)
    for _ in range(2):
        factories.member(enterprise)

    assert count_queries(address) == with_one
