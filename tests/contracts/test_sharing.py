"""Dividing benefit and risk: published oracles, and what must hold for every division."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.sharing import (
    SharingFault,
    asymmetric_nash,
    coalitions,
    multi_factor,
    per_cent,
    risk_modified,
    rounded,
    shapley,
    shifted,
    staged_royalty,
    worse_off,
)

THREE = ("1", "2", "3")


def game(**values: str) -> dict[frozenset[str], Fraction]:
    """ "v12=7" is what players 1 and 2 achieve together."""
    return {frozenset(name[1:]): Fraction(value) for name, value in values.items()}


def fractions(*values: str) -> dict[str, Fraction]:
    return {player: Fraction(value) for player, value in zip(THREE, values, strict=True)}


@pytest.mark.parametrize(("grand", "expected"), [("10", ("4", "7/2", "5/2")), ("11", ("13/3", "23/6", "17/6"))])
def test_shapley_values_of_a_game_of_three(grand: str, expected: tuple[str, ...]) -> None:
    values = game(v1="1", v2="1", v3="1", v12="7", v13="5", v23="4", v123=grand)

    assert shapley(THREE, values) == fractions(*expected)


def test_shapley_values_of_saved_costs() -> None:
    alone, together = {"1": 230, "2": 160, "3": 230}, {"12": 350, "13": 460, "23": 365, "123": 556}
    savings = {frozenset(key): Fraction(sum(alone[one] for one in key) - cost) for key, cost in together.items()}
    savings |= {frozenset(one): Fraction(0) for one in alone}

    assert savings[frozenset("13")] == 0
    assert shapley(THREE, savings) == fractions("59/3", "193/6", "73/6")


def test_a_published_division_corrected_by_risk() -> None:
    """Mathematical Problems in Engineering 2022, 8942299, table 11, to within its rounding."""
    base, deviations = fractions("4.890", "12.714", "1.956"), fractions("0.390", "-0.328", "-0.062")

    found = shifted(base, deviations)

    expected = fractions("12.518", "6.299", "0.743")
    assert all(abs(found[player] - expected[player]) <= Fraction("0.002") for player in THREE)
    assert sum(found.values()) == sum(base.values())


def test_an_asymmetric_bargain() -> None:
    found = asymmetric_nash(Fraction(10), fractions("1", "1", "1"), fractions("0.5", "0.3", "0.2"))

    assert found == fractions("4.5", "3.1", "2.4")


def test_risk_moves_the_share_of_who_bears_more_of_it() -> None:
    found = risk_modified(fractions("4", "3", "3"), fractions("2", "1", "1"))

    assert found == fractions("17/3", "13/6", "13/6")


def test_factors_are_weighed_against_each_other() -> None:
    found = multi_factor(
        fractions("4", "4", "4"),
        {"investment": fractions("6", "3", "3"), "innovation": fractions("0", "0", "5")},
        {"investment": Fraction(1, 2), "innovation": Fraction(1, 2)},
    )

    assert found == fractions("3", "3/2", "15/2")


def test_who_gets_less_than_alone_is_named() -> None:
    values = game(v1="3", v2="1", v3="1", v12="4", v13="4", v23="2", v123="6")

    assert worse_off(fractions("2", "2", "2"), values) == ["1"]


amounts = st.integers(0, 10**11).map(lambda cents: Fraction(cents, 100))
MOST_COALITIONS = len(coalitions("abcde"))
Game = tuple[tuple[str, ...], dict[frozenset[str], Fraction]]


def games() -> st.SearchStrategy[Game]:
    """Some players and what each of their coalitions achieves."""
    figures = st.lists(st.integers(0, 10**9), min_size=MOST_COALITIONS, max_size=MOST_COALITIONS)
    return st.tuples(st.integers(2, 5), figures).map(lambda drawn: game_of(*drawn))


def game_of(size: int, figures: list[int]) -> Game:
    """The game of the first players, worth these figures in cents."""
    names = tuple("abcde"[:size])
    return names, {each: Fraction(figure, 100) for each, figure in zip(coalitions(names), figures, strict=False)}


# The machine may be busy with something else: only the answers count.
calm = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(games())
def test_shapley_shares_divide_what_all_achieve_together(
    some: Game,
) -> None:
    names, values = some

    assert sum(shapley(names, values).values()) == values[frozenset(names)]


@calm
@given(games())
def test_players_who_add_the_same_get_the_same(some: Game) -> None:
    names, values = some
    by_size = {each: Fraction(len(each) ** 2) for each in values}

    assert len(set(shapley(names, by_size).values())) == 1


@calm
@given(games())
def test_who_adds_nothing_gets_nothing(some: Game) -> None:
    names, values = some
    idle = {each: values.get(each - {names[0]}, Fraction(0)) for each in values}

    assert shapley(names, idle)[names[0]] == 0


@calm
@given(st.lists(st.integers(min_value=0, max_value=10**12), min_size=2, max_size=6), st.integers(0, 10**13))
def test_rounded_shares_sum_to_the_total_and_lie_within_a_cent(weights: list[int], cents: int) -> None:
    total = Fraction(cents, 100)
    whole = sum(weights) or 1
    shares = {str(place): total * Fraction(weight, whole) for place, weight in enumerate(weights)}
    if not sum(weights):
        shares["0"] = total

    found = rounded(shares)

    assert sum(found.values()) == Decimal(cents).scaleb(-2)
    assert all(abs(Fraction(found[player]) - shares[player]) < Fraction(1, 100) for player in shares)


@calm
@given(games())
def test_percentages_sum_to_a_hundred(some: Game) -> None:
    names, values = some
    shares = shapley(names, {**values, frozenset(names): sum(values.values(), Fraction(1))})

    assert sum(per_cent(shares).values()) == 100


@calm
@given(amounts, st.lists(amounts, min_size=3, max_size=3), st.lists(st.integers(1, 99), min_size=3, max_size=3))
def test_a_bargain_divides_everything_and_leaves_nobody_worse(
    surplus: Fraction, alone: list[Fraction], power: list[int]
) -> None:
    have = dict(zip(THREE, alone, strict=True))
    powers = {player: Fraction(each, sum(power)) for player, each in zip(THREE, power, strict=True)}
    total = sum(alone, surplus)

    found = asymmetric_nash(total, have, powers)

    assert sum(found.values()) == total
    assert all(found[player] >= have[player] for player in THREE)


money = st.decimals(min_value=0, max_value=10**10, places=2)
rates = st.decimals(min_value=0, max_value=100, places=2)


@calm
@given(money, st.lists(st.tuples(money, rates), min_size=1, max_size=12), money, money)
def test_a_royalty_stays_between_its_floor_and_its_cap(
    fee: Decimal, years: list[tuple[Decimal, Decimal]], one: Decimal, other: Decimal
) -> None:
    floor, cap = sorted((one, other))

    found = staged_royalty(fee, [sold for sold, _ in years], [rate for _, rate in years], cap=cap, floor=floor)

    assert floor <= found[-1].sum <= cap
    assert sum(year.paid for year in found) == found[-1].sum
    assert all(year.paid >= 0 and year.paid == round(year.paid, 2) for year in found)


def test_a_royalty_year_by_year() -> None:
    found = staged_royalty(
        Decimal(100_000), [Decimal(1_000_000), Decimal(2_000_000)], [Decimal(5), Decimal("4.5")], cap=Decimal(200_000)
    )

    assert [(year.number, year.paid, year.sum) for year in found] == [
        (0, Decimal(100_000), Decimal(100_000)),
        (1, Decimal(50_000), Decimal(150_000)),
        (2, Decimal(50_000), Decimal(200_000)),
    ]


@pytest.mark.parametrize(
    "act",
    [
        lambda: shapley(("1",), {}),
        lambda: shapley(("1", "1"), {}),
        lambda: shapley(tuple("1234567"), {}),
        lambda: shapley(THREE, game(v1="1", v2="1", v3="1", v12="2", v13="2", v123="5")),
        lambda: multi_factor(fractions("1", "1", "1"), {"a": fractions("1", "1", "1")}, {"a": Fraction(1, 2)}),
        lambda: risk_modified(fractions("1", "1", "1"), fractions("0", "0", "0")),
        lambda: risk_modified(fractions("1", "1", "1"), fractions("2", "-1", "0")),
        lambda: asymmetric_nash(Fraction(2), fractions("1", "1", "1"), fractions("0.5", "0.3", "0.2")),
        lambda: asymmetric_nash(Fraction(5), fractions("1", "1", "1"), fractions("0.5", "0.3", "0.3")),
        lambda: shifted(fractions("1", "1", "1"), fractions("1", "0", "0")),
        lambda: rounded(fractions("1/3", "0", "0")),
        lambda: per_cent(fractions("0", "0", "0")),
        lambda: staged_royalty(Decimal(0), [Decimal(1)], [], cap=None),
        lambda: staged_royalty(Decimal(0), [Decimal(-1)], [Decimal(1)]),
        lambda: staged_royalty(Decimal(0), [], [], cap=Decimal(1), floor=Decimal(2)),
    ],
)
def test_what_cannot_be_divided_is_refused_with_what_to_change(act: object) -> None:
    with pytest.raises(SharingFault) as refused:
        act()  # type: ignore[operator]

    assert str(refused.value)
