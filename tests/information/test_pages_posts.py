"""The page of one post: who sees what, which moves are offered, and what a refused move looks like."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from accounts.models import Organization, User
from information import panels, services
from information.models import Achievement, Need
from information.panels import Panel
from tests.factories import AchievementFactory, NeedFactory, member

ACTIONS = ("submit", "publish", "return", "reject", "withdraw")


def offered(client: Client, post: Need | Achievement) -> list[str]:
    """The actions that the post's page offers to whoever is logged in."""
    page = client.get(post.get_absolute_url()).content.decode()
    return [action for action in ACTIONS if f'action="{post.get_absolute_url()}{action}/"' in page]


def test_a_visitor_reads_a_public_need_without_its_history(english: Client, need: Need) -> None:
    answer = english.get(need.get_absolute_url())
    page = answer.content.decode()

    assert answer.status_code == 200
    assert need.title_en in page
    assert "At 20,000 rpm the spindle heats up" in page
    assert need.owner.name_en in page
    assert "What happened" not in page


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "rejected", "withdrawn"])
@pytest.mark.parametrize("factory", [NeedFactory, AchievementFactory])
def test_a_stranger_is_told_that_there_is_nothing(
    english: Client, outsider: User, status: str, factory: type[NeedFactory] | type[AchievementFactory]
) -> None:
    post = factory.create(status=status)
    address = post.get_absolute_url()
    visits = [english.get(address).status_code]
    english.force_login(outsider)

    visits += [english.get(address).status_code, english.get("/needs/nosuchpost/").status_code]

    assert visits == [404, 404, 404]


def test_a_text_in_the_other_language_is_marked_as_the_original(english: Client) -> None:
    need = NeedFactory.create(status="published", title_en="", title_zh="主轴温升")

    page = english.get(need.get_absolute_url()).content.decode()

    assert '<span lang="zh-Hans" class="text">主轴温升</span> <small class="origin">original</small>' in page


@pytest.mark.parametrize(
    ("status", "person", "actions"),
    [
        ("draft", "enterprise_manager", ["submit"]),
        ("draft", "enterprise_contributor", []),
        ("submitted", "enterprise_manager", []),
        ("submitted", "administrator", ["publish", "return", "reject"]),
        ("returned", "enterprise_manager", ["submit"]),
        ("returned", "administrator", []),
        ("published", "enterprise_manager", ["withdraw"]),
        ("published", "enterprise_contributor", []),
        ("published", "administrator", []),
        ("published", "outsider", []),
        ("published", "supervisor", []),
        ("withdrawn", "enterprise_manager", []),
    ],
)
def test_the_page_offers_each_person_the_moves_that_are_theirs(
    english: Client,
    request: pytest.FixtureRequest,
    enterprise: Organization,
    status: str,
    person: str,
    actions: list[str],
) -> None:
    need = NeedFactory.create(owner=enterprise, status=status)
    english.force_login(request.getfixturevalue(person))

    assert offered(english, need) == actions


def test_nobody_is_offered_to_judge_the_post_of_an_own_organization(
    english: Client, enterprise: Organization, administrator: User
) -> None:
    administrator.memberships.create(organization=enterprise, role="contributor")
    need = NeedFactory.create(owner=enterprise, status="submitted")
    english.force_login(administrator)

    assert offered(english, need) == []


def test_a_need_goes_from_draft_to_published_through_its_page(
    english: Client, enterprise: Organization, enterprise_manager: User, administrator: User
) -> None:
    need = NeedFactory.create(owner=enterprise)
    english.force_login(enterprise_manager)
    english.post(f"{need.get_absolute_url()}submit/", {"version": 1})
    english.force_login(administrator)

    answer = english.post(f"{need.get_absolute_url()}publish/", {"version": 2}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(need.get_absolute_url(), 302)]
    assert "It is now “Published”" in page
    assert [page.index(words) for words in ("verified and published it", "submitted it for verification")] == sorted(
        page.index(words) for words in ("verified and published it", "submitted it for verification")
    )
    need.refresh_from_db()
    assert need.status == "published"


def test_a_return_without_reason_and_message_comes_back_with_the_faults_beside_the_fields(
    english: Client, administrator: User
) -> None:
    need = NeedFactory.create(status="submitted")
    english.force_login(administrator)

    answer = english.post(f"{need.get_absolute_url()}return/", {"version": 1, "note": " "})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose one of the reasons." in page
    assert "Write what the other side should know or do next." in page
    assert 'id="tried-note"' in page
    need.refresh_from_db()
    assert (need.status, need.version) == ("submitted", 1)


def test_a_submission_that_lacks_something_leads_back_to_the_form(
    english: Client, enterprise: Organization, enterprise_manager: User
) -> None:
    need = NeedFactory.create(owner=enterprise, title_zh="", title_en="")
    english.force_login(enterprise_manager)

    answer = english.post(f"{need.get_absolute_url()}submit/", {"version": 1})

    tried = answer.content.decode().partition('id="tried"')[2].partition("</section>")[0]
    assert answer.status_code == 409
    assert "Submit for verification: this was not done" in tried
    assert tried.count("Give it a title, in Chinese or English.") == 1
    assert f'<a href="{need.get_absolute_url()}edit/">Go on writing</a>' in tried


def test_the_head_says_since_when_in_one_phrase(english: Client, need: Need) -> None:
    page = english.get(need.get_absolute_url()).content.decode()

    assert re.search(r'<span class="soft">published <time datetime="[^"]+" title="[^"]+">[^<]+</time></span>', page)


def test_what_was_typed_into_a_refused_move_is_kept(english: Client, administrator: User) -> None:
    need = NeedFactory.create(status="submitted")
    english.force_login(administrator)

    page = english.post(
        f"{need.get_absolute_url()}return/", {"version": 1, "note": "Name the <b>test</b> method."}
    ).content.decode()

    assert "Name the &lt;b&gt;test&lt;/b&gt; method." in page


def test_a_returned_need_shows_reason_and_message_to_its_owner(
    english: Client, enterprise: Organization, enterprise_manager: User, administrator: User
) -> None:
    need = NeedFactory.create(owner=enterprise, status="submitted")
    services.send_back(need, by=administrator, version=1, reason="no_figures", note="Which test method?")
    english.force_login(enterprise_manager)

    page = english.get(need.get_absolute_url()).content.decode()

    assert "Figures, units or test methods are missing" in page
    assert page.count("Which test method?") == 2, "once above the text, once in the timeline"
    assert f"Waits for {enterprise.name_en} to change it" in page


def test_a_draft_without_title_cannot_be_submitted_and_the_page_says_why(
    english: Client, enterprise: Organization, enterprise_manager: User
) -> None:
    need = NeedFactory.create(owner=enterprise, title_zh="", title_en="")
    english.force_login(enterprise_manager)

    answer = english.post(f"{need.get_absolute_url()}submit/", {"version": 1})

    assert answer.status_code == 409
    assert "Give it a title, in Chinese or English." in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 400), ({"version": "x"}, 400), ({"version": "99999999999"}, 400), ({"version": 7}, 409)],
)
def test_a_move_on_another_version_is_refused(
    english: Client, enterprise: Organization, enterprise_manager: User, data: dict[str, object], status: int
) -> None:
    need = NeedFactory.create(owner=enterprise)
    english.force_login(enterprise_manager)

    answer = english.post(f"{need.get_absolute_url()}submit/", data)

    need.refresh_from_db()
    assert (answer.status_code, need.status) == (status, "draft")


def test_a_move_that_the_state_does_not_have_is_a_conflict(english: Client, need: Need, administrator: User) -> None:
    english.force_login(administrator)

    answer = english.post(f"{need.get_absolute_url()}publish/", {"version": 1})

    assert answer.status_code == 409
    assert "Not possible in the present state" in answer.content.decode()


def test_a_contributor_cannot_submit(english: Client, enterprise: Organization, enterprise_contributor: User) -> None:
    need = NeedFactory.create(owner=enterprise)
    english.force_login(enterprise_contributor)

    answer = english.post(f"{need.get_absolute_url()}submit/", {"version": 1})

    assert answer.status_code == 403
    assert "Ask one of your managers" in answer.content.decode()


def test_who_reloads_the_address_of_an_action_is_led_to_the_post(
    english: Client, enterprise: Organization, enterprise_manager: User
) -> None:
    need = NeedFactory.create(owner=enterprise)
    english.force_login(enterprise_manager)

    answer = english.get(f"{need.get_absolute_url()}submit/")

    need.refresh_from_db()
    assert (answer.headers["Location"], need.status) == (need.get_absolute_url(), "draft")


@pytest.mark.parametrize("address", ["{}approve/", "{}constructor/"])
def test_an_action_that_does_not_exist_is_not_found(english: Client, need: Need, address: str) -> None:
    assert english.post(address.format(need.get_absolute_url()), {"version": 1}).status_code == 404


def test_a_visitor_who_acts_is_asked_to_log_in(english: Client, need: Need) -> None:
    answer = english.post(f"{need.get_absolute_url()}withdraw/", {"version": 1})

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/login/")


def test_after_a_decision_the_administrator_is_led_to_the_post_that_waits_longest(
    english: Client, administrator: User
) -> None:
    later = AchievementFactory.create(status="submitted")
    first = NeedFactory.create(status="submitted")
    Need.objects.filter(pk=first.pk).update(edited_at=timezone.now() - timedelta(days=2))
    decided = NeedFactory.create(status="published")
    english.force_login(administrator)

    page = english.get(decided.get_absolute_url()).content.decode()

    assert f'href="{first.get_absolute_url()}"' in page
    assert f'href="{later.get_absolute_url()}"' not in page


def test_a_floor_above_can_add_a_panel_for_those_whom_it_concerns(
    english: Client, need: Need, enterprise_manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panel(request: HttpRequest, post: Need) -> Panel | None:
        if isinstance(request.user, AnonymousUser):
            return None
        return Panel("components/notice.html", {})

    monkeypatch.setitem(panels._builders, "need", {panel: 1})
    before = english.get(need.get_absolute_url()).context["panels"]
    english.force_login(enterprise_manager)

    assert (before, english.get(need.get_absolute_url()).context["panels"]) == (
        [],
        [Panel("components/notice.html", {})],
    )


def test_the_page_takes_the_same_number_of_queries_however_long_its_history(
    client: Client, enterprise: Organization, administrator: User, count_queries: Callable[[str], int]
) -> None:
    manager = member(enterprise)
    need = NeedFactory.create(owner=enterprise)
    services.submit(need, by=manager, version=1)
    client.force_login(manager)
    with_one = count_queries(need.get_absolute_url())
    services.send_back(need, by=administrator, version=2, reason="unclear", note="?")
    services.submit(need, by=manager, version=3)

    assert count_queries(need.get_absolute_url()) == with_one
