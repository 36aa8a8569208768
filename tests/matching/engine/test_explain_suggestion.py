"""Why a pair was suggested."""

from matching.engine import Benefit, Reason, Target
from matching.engine.explain import MOST_TERMS, passages
from tests.matching.engine.posts import achievement, index, need

HARDNESS = "硬度 hardness"
NEED = need(
    title="轴承套圈硬车削\nHard turning of Bearing rings",
    nodes=frozenset({"bearings"}),
    type="licence",
    region="210200",
    trl_required=7,
    budget_max=500_000,
    targets=(Target(HARDNESS, ">=", 60, "HRC"), Target("圆度 roundness", "<=", 1, "μm")),
)
OFFER = achievement(
    title="轴承套圈精密硬车削\nPrecise hard turning of a bearing ring",
    nodes=frozenset({"spindles"}),
    offer_modes=frozenset({"open_licence", "transfer"}),
    region="210100",
    trl=5,
    price=800_000.0,
    benefits=(Benefit("圆度 roundness", 1.5, "μm", 4), Benefit(HARDNESS, 62, "HRC", None)),
)


def test_every_reason_states_what_the_data_shows() -> None:
    (found,) = index([NEED], [OFFER]).rank(1)

    assert found.reasons[1:] == (
        Reason("requirements_met", {"met": 1, "of": 2}),
        Reason("requirement_missed", {"target": 1, "benefit": 0, "gap": -0.5}),
        Reason("near_node", {"node": "bearings", "other": "spindles", "hops": 1}),
        Reason("trl_gap", {"has": 5, "needs": 7}),
        Reason("price_over_budget", {"price": 800_000.0, "budget": 500_000.0}),
        Reason("offered_as_sought", {"mode": "open_licence"}),
        Reason("same_province", {"region": "210000"}),
    )
    assert found.reasons[0].code == "shared_terms"
    assert set(found.reasons[0].params) == {"terms", "zh", "en"}


def test_a_fitting_offer_has_the_good_reasons() -> None:
    near = achievement(
        title=OFFER.title, nodes=NEED.nodes, region=NEED.region, trl=8, price=1.0, offer_modes=frozenset({"transfer"})
    )

    (found,) = index([NEED], [near]).rank(1)

    assert found.reasons[1:] == (
        Reason("same_node", {"node": "bearings"}),
        Reason("trl_reached", {"has": 8, "needs": 7}),
        Reason("price_within_budget", {"price": 1.0, "budget": 500_000.0}),
        Reason("same_city", {"region": "210200"}),
    )


def test_silence_gives_no_reason() -> None:
    (found,) = index([need(title="轴承套圈")], [achievement(title="轴承套圈")]).rank(1)

    assert [reason.code for reason in found.reasons] == ["shared_terms"]


def test_matched_terms_are_spelt_as_in_the_texts() -> None:
    (found,) = index([NEED], [OFFER]).rank(1)

    assert {"Bearing", "bearing", "rings", "ring", "轴承", "套圈"} <= set(found.matched_terms)
    assert len(found.matched_terms) <= MOST_TERMS
    assert all(term in f"{NEED.title}\n{OFFER.title}" for term in found.matched_terms)


def test_a_word_inside_a_longer_matched_word_is_not_named_again() -> None:
    (found,) = index([need(title="数控机床")], [achievement(title="数控机床")]).rank(1, floor=0.0)

    assert found.matched_terms == ("数控机床",)


def test_passages_are_merged_and_latin_terms_stand_alone() -> None:
    text = "数控机床 ring, bearings, spring"

    assert passages(text, ["数控", "控机", "ring", "", "bearings"]) == ((0, 3), (5, 9), (11, 19))
