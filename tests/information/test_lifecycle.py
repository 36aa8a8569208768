"""A post on its way from draft to published, returned, rejected or withdrawn."""

import pytest
from django.utils import timezone

from accounts.models import Membership, User
from information import services
from information.models import Achievement, Need
from journal.errors import BadInput, GuardFailed, NotAllowed, StaleVersion
from journal.models import Entry
from tests import factories


@pytest.fixture
def draft(enterprise_manager: User, need: Need) -> Need:
    return factories.NeedFactory.create(owner=need.owner, created_by=enterprise_manager)


@pytest.fixture
def submitted(need: Need) -> Need:
    return factories.NeedFactory.create(owner=need.owner, status="submitted")


def test_a_need_goes_from_draft_to_published(draft: Need, enterprise_manager: User, administrator: User) -> None:
    before = timezone.now()

    services.submit(draft, by=enterprise_manager, version=1)
    services.publish(draft, by=administrator, version=2)

    stored = Need.objects.get(pk=draft.pk)
    assert (stored.status, stored.version) == (draft.status, draft.version) == ("published", 3)
    assert stored.published_at is not None
    assert stored.published_at >= before
    assert list(Entry.objects.about(draft).values_list("name", "actor_id")) == [
        ("information.need.submitted", enterprise_manager.pk),
        ("information.need.published", administrator.pk),
    ]


def test_a_returned_post_can_be_edited_and_submitted_again(
    submitted: Need, enterprise_manager: User, administrator: User
) -> None:
    services.send_back(submitted, by=administrator, version=1, reason="no_figures", note="Which speed, which load?")
    edited = services.edit(submitted, {"title_en": "Cooler spindle at 20,000 rpm"}, by=enterprise_manager, version=2)
    services.submit(edited, by=enterprise_manager, version=3)

    entry = Entry.objects.about(submitted).get(name="information.need.returned")
    assert (entry.data["reason"], entry.data["note"]) == ("no_figures", "Which speed, which load?")
    assert (edited.status, edited.version, edited.revision) == ("submitted", 4, 2)


def test_returning_asks_for_a_reason_and_a_message(submitted: Need, administrator: User) -> None:
    with pytest.raises(BadInput) as refusal:
        services.send_back(submitted, by=administrator, version=1)

    assert set(refusal.value.fields) == {"reason", "note"}
    assert not Entry.objects.about(submitted).exists()


def test_a_reason_of_another_step_is_refused(submitted: Need, administrator: User) -> None:
    with pytest.raises(BadInput) as refusal:
        services.reject(submitted, by=administrator, version=1, reason="no_figures")

    assert set(refusal.value.fields) == {"reason"}


def test_a_post_without_title_or_text_cannot_be_submitted(draft: Need, enterprise_manager: User) -> None:
    Need.objects.filter(pk=draft.pk).update(title_zh=" ", title_en="", problem_zh="", problem_en="")

    with pytest.raises(GuardFailed) as refusal:
        services.submit(draft, by=enterprise_manager, version=1)

    assert set(refusal.value.fields) == {"title_zh", "problem_zh"}
    assert Need.objects.get(pk=draft.pk).status == "draft"


def test_an_achievement_is_judged_by_nobody_of_its_own_university(achievement: Achievement) -> None:
    submitted = factories.AchievementFactory.create(owner=achievement.owner, status="submitted")
    judge = factories.administrator()
    Membership.objects.create(user=judge, organization=achievement.owner, role="contributor")

    with pytest.raises(NotAllowed):
        services.publish(submitted, by=judge, version=1)

    assert Achievement.objects.get(pk=submitted.pk).status == "submitted"


def test_a_page_that_is_out_of_date_decides_nothing(submitted: Need, administrator: User) -> None:
    services.publish(Need.objects.get(pk=submitted.pk), by=administrator, version=1)

    with pytest.raises(StaleVersion):
        services.reject(submitted, by=administrator, version=1, reason="duplicate")

    assert Need.objects.get(pk=submitted.pk).status == "published"


def test_a_person_must_say_which_version_is_meant(submitted: Need, administrator: User) -> None:
    with pytest.raises(BadInput):
        submitted.move_to("published", by=administrator)


def test_a_refused_step_leaves_the_object_in_memory_as_it_was(submitted: Need, enterprise_manager: User) -> None:
    with pytest.raises(NotAllowed):
        services.publish(submitted, by=enterprise_manager, version=1)

    assert (submitted.status, submitted.version, submitted.published_at) == ("submitted", 1, None)


@pytest.mark.django_db
def test_an_enterprise_cannot_post_for_a_university_its_manager_also_works_for() -> None:
    enterprise = factories.OrganizationFactory.create(kind="enterprise")
    university = factories.OrganizationFactory.create(kind="university")
    both = factories.member(enterprise)
    Membership.objects.create(user=both, organization=university, role="manager")

    with pytest.raises(NotAllowed):
        services.draft(Need, {}, owner=university, by=both)

    assert not Need.objects.exists()
