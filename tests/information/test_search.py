"""What is found for what was typed, in either language, and in which order."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from information.search import asking, finding, suggestions
from information.search.finding import Search, Wanted
from information.search.sight import matches, seen_by
from information.search.words import fold, words
from policy import Actor
from taxonomy.models import Industry
from tests.factories import AchievementFactory, ChainNodeFactory, NeedFactory

pytestmark = pytest.mark.django_db
VISITOR: Any = AnonymousUser()
BARE = {"problem_zh": "其他。", "problem_en": "Other."}


def understood(text: str, actor: Actor) -> Search:
    return finding.otherwise(finding.understand(text), actor, ("need", "achievement"))


def found(text: str, actor: Actor = VISITOR, **wanted: object) -> list[str]:
    """The English titles that a search finds, in its order."""
    asked = Wanted(text, **wanted)  # type: ignore[arg-type]
    search = understood(text, actor)
    listings = finding.ordered(finding.found(search, asked, actor), search, asked)
    by, ascending = finding.ORDERS[asked.order_of(search)]
    posts = {("need", post.pk): post for post in NeedFactory._meta.model.objects.all()}
    posts |= {("achievement", post.pk): post for post in AchievementFactory._meta.model.objects.all()}
    return [posts[each.kind, each.post_id].title_en for each in listings.order_by(f"{'' if ascending else '-'}{by}")]


@pytest.mark.parametrize(
    "text", ["轴承温升", "軸承溫升", "轴承 温升", "ＧＣＲ１５", "gcr15", "Bearing", "BEARINGS run"]
)
def test_a_post_is_found_whatever_the_spelling_of_its_words(text: str) -> None:
    NeedFactory.create(
        status="published",
        title_zh="主轴轴承的温升",
        title_en="GCr15",
        problem_zh="",
        problem_en="The bearings are running hot.",
    )
    NeedFactory.create(status="published", title_zh="夹爪", title_en="Gripper", **BARE)

    assert found(text) == ["GCr15"]


@pytest.mark.parametrize(("text", "title"), [("bearings", "Chinese only"), ("轴承", "English only")])
def test_a_reader_of_one_language_finds_what_was_written_in_the_other(text: str, title: str) -> None:
    ChainNodeFactory.create(label_zh="精密轴承", label_en="Precision bearings")
    NeedFactory.create(status="published", title_zh="轴承温升", title_en="", problem_zh="过高。", problem_en="")
    NeedFactory.create(status="published", title_zh="", title_en="Bearing wear", problem_zh="", problem_en="High.")

    assert len(found(text)) == 2, title


def test_a_post_on_a_chain_node_is_found_by_the_node_s_name_in_either_language() -> None:
    node = ChainNodeFactory.create(label_zh="精密减速器", label_en="Precision reducers")
    NeedFactory.create(status="published", title_zh="背隙过大", title_en="Backlash", **BARE).chain_nodes.add(node)

    assert found("减速器") == found("reducer") == ["Backlash"]


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    NeedFactory.create(status="published", title_zh="", title_en="Coolant", problem_zh="", problem_en="For a spindle.")
    NeedFactory.create(status="published", title_zh="", title_en="Spindle", problem_zh="", problem_en="Runs hot.")
    NeedFactory.create(status="published", title_zh="", title_en="Oil", problem_zh="", problem_en="A spindle again.")

    assert found("spindle")[0] == "Spindle"


def test_a_typing_error_is_forgiven_and_said() -> None:
    NeedFactory.create(status="published", title_zh="", title_en="Lubrication", **BARE)
    suggestions.note_words()

    search = understood("lubricaton", VISITOR)

    assert search.corrected == "lubrication"
    assert found("lubricaton") == ["Lubrication"]


def test_a_correction_is_never_made_to_a_word_that_only_others_may_read(outsider: User) -> None:
    NeedFactory.create(status="published", visibility="members", title_zh="", title_en="Zirconium", **BARE)
    suggestions.note_words()

    assert understood("zirconum", VISITOR).corrected == ""
    assert understood("zirconum", outsider).corrected == "zirconium"


def test_where_no_post_has_all_words_those_with_some_are_found() -> None:
    NeedFactory.create(status="published", title_zh="", title_en="Welding robot", **BARE)

    search = understood("welding magnesium", VISITOR)

    assert search.loosely
    assert found("welding magnesium") == ["Welding robot"]


@pytest.mark.parametrize("text", ["!!!", "'", "& | ! ()", "<->", "的", "\\"])
def test_what_asks_for_nothing_finds_nothing(text: str) -> None:
    NeedFactory.create(status="published")

    assert found(text) == []


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_every_text_is_a_question_that_the_database_understands(text: str) -> None:
    text = text.replace("\0", "")

    search = understood(text, VISITOR)
    listed = finding.found(search, Wanted(text), VISITOR)

    assert listed.count() == 0
    assert asking.prefix(text) == "" or seen_by(VISITOR).filter(matches(asking.prefix(text))).count() == 0


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=220), sort=st.text(max_size=9), trl=st.text(max_size=3))
def test_every_address_of_a_list_is_answered_or_clearly_refused(client: Client, q: str, sort: str, trl: str) -> None:
    answer = client.get("/search/", {"q": q, "sort": sort, "trl": trl})

    assert answer.status_code in {200, 400}


@given(st.text(max_size=300))
def test_words_are_short_and_folded(text: str) -> None:
    for word in words(text):
        for form in word.forms:
            assert 0 < len(form) <= 40
            assert fold(form) == form


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("newest", ["late", "rich", "early"]),
        ("deadline", ["early", "late", "rich"]),
        ("budget", ["rich", "late", "early"]),
        ("trl", ["late", "early", "rich"]),
    ],
)
def test_each_order_puts_what_matters_first_and_what_is_not_said_last(sort: str, titles: list[str]) -> None:
    NeedFactory.create(status="published", title_en="early", deadline="2099-01-01", trl_required=3)
    NeedFactory.create(status="published", title_en="rich", budget_max=9_000_000)
    NeedFactory.create(status="published", title_en="late", deadline="2099-06-01", trl_required=8, budget_max=10)

    published = {"late": 3, "rich": 2, "early": 1}
    for title, day in published.items():
        post = NeedFactory._meta.model.objects.get(title_en=title)
        post.published_at = post.published_at.replace(day=day)
        post.save()

    assert found("", sort=sort, kinds=("need",)) == titles


def test_a_need_is_a_gap_until_an_achievement_on_its_node_reaches_the_level_it_requires() -> None:
    node = ChainNodeFactory.create()
    NeedFactory.create(status="published", title_en="Open", trl_required=7).chain_nodes.add(node)
    AchievementFactory.create(status="published", trl=6).chain_nodes.add(node)
    AchievementFactory.create(status="published", trl=9).chain_nodes.add(ChainNodeFactory.create())

    before = found("", gap=True)
    AchievementFactory.create(status="published", trl=7).chain_nodes.add(node)

    assert (before, found("", gap=True)) == (["Open"], [])


def test_the_page_says_how_many_and_lets_each_facet_be_widened(english: Client) -> None:
    equipment, materials = (
        Industry.objects.create(code=code, label_zh=label, label_en=label)
        for code, label in (("2", "Equipment"), ("3", "Materials"))
    )
    for industries in ([equipment], [equipment, materials], [materials]):
        NeedFactory.create(status="published").industries.set(industries)

    answer = english.get("/needs/", {"industry": "2"})
    shown = answer.context["shown"]

    assert shown.total == "2"
    assert [(value.code, value.number) for box in shown.boxes if box.name == "industry" for value in box.values] == [
        ("2", "2"),
        ("3", "2"),
    ]
    assert english.get("/needs/?industry=2&industry=3").context["shown"].total == "3"
    assert shown.chips[0].url == "?"


def test_following_the_pages_of_a_search_by_rank_shows_every_post_once(english: Client) -> None:
    for number in range(7):
        NeedFactory.create(status="published", title_en=f"Spindle {number}" + " spindle" * (number % 3))

    seen, cursor = [], ""
    while cursor is not None:
        answer = english.get("/search/", {"q": "spindle", "size": "2", "cursor": cursor})
        seen += [card.post.pk for card in answer.context["cards"]]
        cursor = answer.context["page"].next

    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("address", ["/search/?q=spindle", "/search/?q=spindle&trl=7", "/needs/?sort=budget"])
def test_a_search_asks_the_same_number_of_queries_for_one_and_for_three(
    english: Client, address: str, count_queries: Callable[[str], int]
) -> None:
    def publish() -> None:
        need = NeedFactory.create(status="published", title_en="Spindle", trl_required=7)
        need.chain_nodes.add(ChainNodeFactory.create())

    publish()
    with_one = count_queries(address)
    publish()
    publish()

    assert count_queries(address) == with_one
