"""The lists of needs and achievements, as visitors and members see them."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Organization, User
from information.models import Need
from taxonomy.models import Industry
from tests.factories import AchievementFactory, ChainNodeFactory, NeedFactory

LISTS = ("/needs/", "/achievements/")
ABSURD = ("page=-1", "page=2", "cursor=x", "size=0", "size=9999999", "chain_node=none", "industry=%3Cb%3E", "q=%00")


def test_a_visitor_reads_published_needs_but_neither_drafts_nor_those_for_members(english: Client) -> None:
    NeedFactory.create(status="published", title_en="Spindle that stays cool")
    NeedFactory.create(status="draft", title_en="Not ready")
    NeedFactory.create(status="published", visibility="members", title_en="Among ourselves")

    page = english.get("/needs/").content.decode()

    assert "Spindle that stays cool" in page
    assert "Not ready" not in page
    assert "Among ourselves" not in page


def test_a_member_also_reads_what_is_open_to_members(english: Client, outsider: User) -> None:
    NeedFactory.create(status="published", visibility="members", title_en="Among ourselves")
    english.force_login(outsider)

    page = english.get("/needs/").content.decode()

    assert "Among ourselves" in page


def test_a_need_whose_validity_has_ended_is_no_longer_listed(english: Client) -> None:
    NeedFactory.create(status="published", title_en="Long over", valid_through="2020-01-01")

    page = english.get("/needs/").content.decode()

    assert "Long over" not in page
    assert "No needs yet" in page


def test_a_card_shows_the_target_the_budget_and_the_date(english: Client) -> None:
    NeedFactory.create(
        status="published",
        budget_min=400_000,
        budget_max=1_200_000,
        deadline="2028-06-30",
        targets=[{"parameter_en": "temperature rise", "operator": "<=", "value": 15, "unit": "K"}],
    )

    page = english.get("/needs/").content.decode()

    assert "temperature rise" in page
    assert "≤ 15 K" in page
    assert "CNY 400,000–1,200,000" in page
    assert "June 30, 2028" in page


def test_a_card_shows_the_benefit_the_maturity_and_the_right(english: Client) -> None:
    AchievementFactory.create(
        status="published",
        trl=6,
        benefits=[{"metric_zh": "温升", "metric_en": "temperature rise", "baseline": 27, "value": 13, "unit": "K"}],
        ip=[{"kind": "invention_patent", "status": "granted"}],
    )

    page = english.get("/achievements/").content.decode()

    assert "27 → 13 K" in page
    assert "TRL 6" in page
    assert "Invention patent (granted)" in page


@pytest.mark.parametrize("words", ["spindle", "主轴", "SPINDLE cool", "bearing"])
def test_words_are_found_in_title_summary_and_keywords_of_both_languages(english: Client, words: str) -> None:
    NeedFactory.create(
        status="published", title_en="Spindle that stays cool", title_zh="主轴温升", keywords_en=["ceramic bearing"]
    )
    NeedFactory.create(
        status="published", title_en="Gripper", title_zh="夹爪", problem_zh="夹持力不足。", problem_en="It drops parts."
    )

    page = english.get("/needs/", {"q": words}).content.decode()

    assert "stays cool" in page.replace("<mark>", "").replace("</mark>", "")
    assert "Gripper" not in page


def test_what_stands_in_the_search_box_is_only_text(english: Client) -> None:
    page = english.get("/needs/", {"q": "<script>alert(1)</script> 100% _"}).content.decode()

    assert "<script>alert" not in page
    assert "Nothing fits all of these filters" in page


def test_the_list_is_narrowed_by_chain_node_and_industry(english: Client) -> None:
    node = ChainNodeFactory.create()
    industry = Industry.objects.create(code="2", label_zh="高端装备", label_en="Equipment")
    wanted = NeedFactory.create(status="published", title_en="On the node")
    wanted.chain_nodes.add(node)
    wanted.industries.add(industry)
    NeedFactory.create(status="published", title_en="Elsewhere")

    page = english.get("/needs/", {"chain_node": node.code, "industry": "2"}).content.decode()

    assert "On the node" in page
    assert "Elsewhere" not in page


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("query", ABSURD)
def test_a_list_that_nobody_can_mean_is_a_bad_request(english: Client, address: str, query: str) -> None:
    answer = english.get(f"{address}?{query}")

    assert answer.status_code == 400
    assert "The request cannot be understood" in answer.content.decode()


def test_words_longer_than_any_title_are_a_bad_request(english: Client) -> None:
    assert english.get("/needs/", {"q": "x" * 201}).status_code == 400


def test_a_list_is_paged_newest_first(english: Client) -> None:
    for number in range(3):
        NeedFactory.create(status="published", title_en=f"Number {number}")

    first = english.get("/needs/", {"size": 2})
    second = english.get("/needs/", {"size": 2, "cursor": first.context["page"].next})

    assert [card.post.title_en for card in first.context["cards"]] == ["Number 2", "Number 1"]
    assert [card.post.title_en for card in second.context["cards"]] == ["Number 0"]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_the_same_number_of_queries_for_one_and_for_three(
    client: Client, outsider: User, address: str, count_queries: Callable[[str], int]
) -> None:
    factory = NeedFactory if address == "/needs/" else AchievementFactory
    client.force_login(outsider)
    fill(factory, 1)
    with_one = count_queries(address)
    fill(factory, 2)

    assert count_queries(address) == with_one


def fill(factory: type[NeedFactory] | type[AchievementFactory], number: int) -> None:
    """Published posts of different organizations on different nodes."""
    for _ in range(number):
        factory.create(status="published").chain_nodes.add(ChainNodeFactory.create())


def test_members_find_their_own_posts_in_every_state(
    english: Client, enterprise: Organization, enterprise_contributor: User
) -> None:
    for status in Need.Status.values:
        NeedFactory.create(owner=enterprise, status=status, title_en=f"Own {status}")
    NeedFactory.create(status="published", title_en="Foreign")
    english.force_login(enterprise_contributor)

    page = english.get("/needs/", {"mine": "1"}).content.decode()

    assert [f"Own {status}" in page for status in Need.Status.values] == [True] * 6
    assert "Returned for changes" in page
    assert "Foreign" not in page


def test_a_visitor_has_no_posts_of_his_own(english: Client) -> None:
    NeedFactory.create(status="draft", title_en="Somebody's draft")

    page = english.get("/needs/", {"mine": "1"}).content.decode()

    assert "Somebody's draft" not in page
    assert "Post a need" not in page


def test_only_those_who_may_post_a_kind_are_offered_to(
    english: Client, enterprise_contributor: User, university_manager: User
) -> None:
    offers = []
    for person in (enterprise_contributor, university_manager):
        english.force_login(person)
        offers.append(["/posts/new/" in english.get(address).content.decode() for address in LISTS])

    assert offers == [[True, False], [False, True]]


def test_the_home_page_counts_and_shows_what_is_published(english: Client) -> None:
    NeedFactory.create(status="published", title_en="Spindle that stays cool")
    NeedFactory.create(status="draft", title_en="Not ready")
    AchievementFactory.create(status="published", title_en="Ceramic bearings")

    answer = english.get("/")
    page = answer.content.decode()

    assert [figure.number for figure in answer.context["figures"]][:2] == [1, 1]
    assert "Spindle that stays cool" in page
    assert "Ceramic bearings" in page
    assert "Not ready" not in page
