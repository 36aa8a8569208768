"""Chain pages: figures that lead to lists of as many posts, the graph, and the drawing behind it."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from information import drawing
from taxonomy.models import ChainLink, ChainNode
from tests.factories import AchievementFactory, ChainFactory, ChainNodeFactory, NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bearings() -> ChainNode:
    """A node with two needs, of which one is answered, and an achievement; it feeds another node."""
    chain = ChainFactory.create(code="cnc")
    node = ChainNodeFactory.create(chain=chain, code="cnc.bearings", label_en="Precision bearings")
    ChainLink.objects.create(source=node, target=ChainNodeFactory.create(chain=chain, code="cnc.spindles"))
    for level in (5, 8):
        NeedFactory.create(status="published", trl_required=level, title_en=f"Level {level}").chain_nodes.add(node)
    AchievementFactory.create(status="published", trl=6).chain_nodes.add(node)
    NeedFactory.create(status="draft").chain_nodes.add(node)
    return node


def test_each_figure_of_a_node_leads_to_a_list_of_as_many_posts(english: Client, bearings: ChainNode) -> None:
    stand = english.get("/chains/cnc/").context["stands"][0]

    assert (stand.needs.number, stand.achievements.number, stand.gaps.number) == (2, 1, 1)
    for figure in (stand.needs, stand.achievements, stand.gaps):
        answer = english.get(figure.url)
        assert answer.context["shown"].total == str(figure.number) == str(len(answer.context["cards"]))
    assert [card.post.title_en for card in english.get(stand.gaps.url).context["cards"]] == ["Level 8"]


def test_the_overview_counts_a_post_on_two_nodes_of_a_chain_once(english: Client, bearings: ChainNode) -> None:
    NeedFactory._meta.model.objects.get(title_en="Level 5").chain_nodes.add(ChainNode.objects.get(code="cnc.spindles"))

    (whole,) = english.get("/chains/").context["sums"]["wholes"]

    assert (whole.nodes, whole.needs.number, whole.achievements.number, whole.gaps.number) == (2, 2, 1, 1)


def test_posts_for_members_are_not_counted_for_a_visitor(english: Client, bearings: ChainNode) -> None:
    NeedFactory.create(status="published", visibility="members").chain_nodes.add(bearings)

    assert english.get("/chains/cnc/").context["stands"][0].needs.number == 2


def test_the_graph_draws_every_node_and_every_link(english: Client, bearings: ChainNode) -> None:
    page = english.get("/chains/cnc/").content.decode()

    assert page.count('class="graph__node') == 2
    assert page.count('<path d="M160 ') == 1
    assert "Precision bearings" in page


@pytest.mark.parametrize("address", ["/chains/none/", "/chains/%3Cb%3E/"])
def test_a_chain_that_does_not_exist_is_not_found(english: Client, address: str) -> None:
    assert english.get(address).status_code == 404


def test_without_chains_the_overview_says_how_they_come(english: Client) -> None:
    assert "No chains yet" in english.get("/chains/").content.decode()


@pytest.mark.parametrize("address", ["/chains/", "/chains/cnc/"])
def test_more_nodes_ask_no_more_queries(
    english: Client, bearings: ChainNode, address: str, count_queries: Callable[[str], int]
) -> None:
    before = count_queries(address)
    for _ in range(2):
        NeedFactory.create(status="published").chain_nodes.add(ChainNodeFactory.create(chain=bearings.chain))

    assert count_queries(address) == before


LINKS = st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)


@given(LINKS)
def test_lines_always_run_from_left_to_right_and_nodes_never_overlap(links: set[tuple[int, int]]) -> None:
    nodes = [str(number) for number in range(12)]
    forward = {(str(a), str(b)) for a, b in links if a < b}

    drawn = drawing.drawn(nodes, forward)

    place = {spot.code: (spot.x, spot.y) for spot in drawn.spots}
    assert len(set(place.values())) == len(nodes)
    assert all(place[curve.source][0] < place[curve.target][0] for curve in drawn.curves)
    assert {(curve.source, curve.target) for curve in drawn.curves} == forward


@given(st.text(max_size=120))
def test_a_label_takes_at_most_two_lines(label: str) -> None:
    assert len(drawing.lines(label)) <= 2
