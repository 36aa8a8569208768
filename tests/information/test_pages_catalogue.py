"""The catalogue's other pages: related posts, organizations, the feed of a search, and the same over REST."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import AchievementFactory, ChainNodeFactory, NeedFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_post_shows_those_that_resemble_it_but_not_itself_nor_others_posts(english: Client) -> None:
    need = NeedFactory.create(status="published", title_en="Ceramic bearing", title_zh="陶瓷轴承")
    AchievementFactory.create(status="published", title_en="Bearing of ceramic", title_zh="")
    AchievementFactory.create(status="published", title_en="Secret bearing", visibility="members")
    AchievementFactory.create(
        status="published", title_en="Gripper", title_zh="夹爪", description_zh="夹持。", description_en="Grips."
    )

    page = english.get(need.get_absolute_url()).content.decode()
    related = page[page.index("post__related") :]

    assert "Bearing of ceramic" in related
    assert "Secret bearing" not in page
    assert "Gripper" not in related
    assert need.get_absolute_url() not in related


def test_a_search_names_the_organizations_that_are_called_so(english: Client) -> None:
    OrganizationFactory.create(name_en="Spindle Works")

    assert "Spindle Works" in english.get("/search/", {"q": "spindle"}).content.decode()


def test_organizations_are_listed_with_the_posts_that_the_reader_may_see(english: Client) -> None:
    owner = OrganizationFactory.create(name_en="Spindle Works")
    NeedFactory.create(owner=owner, status="published")
    NeedFactory.create(owner=owner, status="published", visibility="members")
    NeedFactory.create(owner=owner, status="draft")

    (entry,) = english.get("/organizations/", {"q": "spindle works", "kind": "enterprise"}).context["entries"]

    assert (entry.organization, entry.needs, entry.achievements) == (owner, 1, 0)


@pytest.mark.parametrize("query", ["kind=nobody", "page=-1", "cursor=x", f"q={'x' * 201}"])
def test_a_list_of_organizations_that_nobody_can_mean_is_refused(english: Client, query: str) -> None:
    assert english.get(f"/organizations/?{query}").status_code == 400


@pytest.mark.parametrize("address", ["/organizations/", "/search/?q=organization"])
def test_three_organizations_ask_no_more_queries_than_one(
    english: Client, address: str, count_queries: Callable[[str], int]
) -> None:
    NeedFactory.create(status="published")
    with_one = count_queries(address)
    for _ in range(2):
        NeedFactory.create(status="published")

    assert count_queries(address) == with_one


def test_the_feed_of_a_search_has_its_newest_posts_and_nothing_for_members(english: Client) -> None:
    NeedFactory.create(status="published", title_en="Spindle <b>heat</b> & noise")
    NeedFactory.create(status="published", title_en="Spindle for members", visibility="members")
    AchievementFactory.create(status="published", title_en="Spindle of another kind")

    answer = english.get("/search/feed/", {"q": "spindle", "kind": "need"})
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Spindle <b>heat</b> & noise"]


@pytest.mark.parametrize("query", ["", "q=%26", "trl=7&budget=over-5m"])
def test_a_feed_with_nothing_new_is_still_a_feed(client: Client, query: str) -> None:
    assert ElementTree.fromstring(client.get(f"/search/feed/?{query}").content).tag == f"{ATOM}feed"


def test_the_api_finds_counts_and_pages_as_the_page_does(client: Client) -> None:
    node = ChainNodeFactory.create()
    for number in range(3):
        NeedFactory.create(status="published", title_en=f"Spindle {number}").chain_nodes.add(node)
    NeedFactory.create(status="published", visibility="members", title_en="Spindle for members")

    first = client.get("/api/v1/search/", {"q": "spindle", "chain_node": node.code, "page_size": "2"}).json()
    second = client.get(first["next"]).json()

    assert first["total"] == "3"
    assert len(first["results"]) == 2
    assert len(second["results"]) == 1
    assert second["next"] is None
    facets = {facet["name"]: facet["values"] for facet in first["facets"]}
    assert [(value["code"], value["number"]) for value in facets["chain_node"]] == [(node.code, "3")]


@pytest.mark.parametrize(
    "query", ["sort=best", "trl=12", "chain_node=none", "page_size=0", "cursor=x", "colour=red", f"q={'x' * 201}"]
)
def test_the_api_refuses_what_nobody_can_mean_and_says_where(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/search/?{query}")

    assert answer.status_code == 400
    assert {name.partition(".")[0] for name in answer.json()["errors"]} == {query.split("=")[0]}


def test_members_find_more_over_the_api(client: Client, outsider: User) -> None:
    NeedFactory.create(status="published", visibility="members")
    for_visitors = client.get("/api/v1/search/").json()["total"]
    client.force_login(outsider)

    assert (for_visitors, client.get("/api/v1/search/").json()["total"]) == ("0", "1")
