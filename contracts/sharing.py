"""Dividing benefit and risk: exact fractions inside, money to the cent outside, and never a cent lost between them.

Players are named by text; a coalition is the frozenset of its players. Nothing here knows Django's models.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import NamedTuple

from django.utils.translation import gettext as _

Player = str
Coalition = frozenset[str]
Shares = dict[Player, Fraction]
MOST_PLAYERS = 6
"""With more, nobody can say what every coalition is worth."""


class SharingFault(ValueError):
    """What was given cannot be divided so; the message says what to change."""


def coalitions(players: Sequence[Player]) -> list[Coalition]:
    """Every coalition of at least one player, the small ones first."""
    return [frozenset(some) for size in range(1, len(players) + 1) for some in combinations(players, size)]


def shapley(players: Sequence[Player], values: Mapping[Coalition, Fraction]) -> Shares:
    """What each player adds on average over all orders of joining (L. S. Shapley, 1953):

    φᵢ = Σ over S without i of |S|! (n−|S|−1)! / n! · [v(S∪i) − v(S)]. Raises SharingFault if a value is missing.
    """
    require_players(players)
    worth = {frozenset[str](): Fraction(0), **values}
    if missing := [each for each in coalitions(players) if each not in worth]:
        raise SharingFault(_("Say what %(coalition)s would achieve.") % {"coalition": " + ".join(sorted(missing[0]))})
    size = len(players)
    return {
        player: sum(
            (
                Fraction(factorial(len(each)) * factorial(size - len(each) - 1), factorial(size))
                * (worth[each | {player}] - worth[each])
                for each in [frozenset[str](), *coalitions([other for other in players if other != player])]
            ),
            Fraction(0),
        )
        for player in players
    }


def multi_factor(
    base: Mapping[Player, Fraction], factors: Mapping[str, Mapping[Player, Fraction]], weights: Mapping[str, Fraction]
) -> Shares:
    """Shapley values corrected by investment, risk, effort and the like: φᵢ + v(N) · (Σₖ wₖ aᵢₖ − 1/n).

    Each factor's figures are brought to the sum of 1 over the players; the weights must sum to 1.
    """
    if sum(weights.values(), Fraction(0)) != 1:
        raise SharingFault(_("The weights of the factors must add up to 1."))
    normal = {name: normalised(factors[name], base) for name in weights}
    score = {player: sum((weights[name] * normal[name][player] for name in weights), Fraction(0)) for player in base}
    return shifted(base, {player: score[player] - Fraction(1, len(base)) for player in base})


def risk_modified(base: Mapping[Player, Fraction], risks: Mapping[Player, Fraction]) -> Shares:
    """Shapley values corrected by the risk that each bears: φᵢ + v(N) · (Rᵢ − 1/n), ΣR brought to 1."""
    normal = normalised(risks, base)
    return shifted(base, {player: normal[player] - Fraction(1, len(base)) for player in base})


def shifted(base: Mapping[Player, Fraction], deviations: Mapping[Player, Fraction]) -> Shares:
    """Each share moved by its deviation from the average, times the total; the deviations must cancel out."""
    if sum(deviations.values(), Fraction(0)) != 0:
        raise SharingFault(_("The corrections must cancel each other out."))
    total = sum(base.values(), Fraction(0))
    return {player: base[player] + total * deviations[player] for player in base}


def normalised(figures: Mapping[Player, Fraction], players: Mapping[Player, Fraction]) -> Shares:
    """Figures of the players brought to the sum of 1; raises SharingFault for negative ones and for nothing at all."""
    found = {player: figures.get(player, Fraction(0)) for player in players}
    total = sum(found.values(), Fraction(0))
    if any(figure < 0 for figure in found.values()) or total == 0:
        raise SharingFault(_("The figures of a factor must not be negative, and not all nought."))
    return {player: figure / total for player, figure in found.items()}


def asymmetric_nash(total: Fraction, alone: Mapping[Player, Fraction], power: Mapping[Player, Fraction]) -> Shares:
    """What each has alone, and the surplus by bargaining power: xᵢ = dᵢ + αᵢ (V − Σd); the powers must sum to 1."""
    if sum((power[player] for player in alone), Fraction(0)) != 1:
        raise SharingFault(_("The bargaining powers must add up to 1."))
    surplus = total - sum(alone.values(), Fraction(0))
    if surplus < 0:
        raise SharingFault(_("Together they would achieve less than each alone: there is nothing to divide."))
    return {player: alone[player] + power[player] * surplus for player in alone}


def worse_off(shares: Mapping[Player, Fraction], values: Mapping[Coalition, Fraction]) -> list[Player]:
    """The players who would get less than they achieve alone, and so have no reason to take part."""
    return [player for player, share in shares.items() if share < values.get(frozenset({player}), Fraction(0))]


def rounded(shares: Mapping[Player, Fraction], *, places: int = 2) -> dict[Player, Decimal]:
    """The shares as decimals that sum to the total exactly: rounded down, the rest by largest remainder.

    Equal remainders go to the player named first. Raises SharingFault if the total has more decimal places.
    """
    units = {player: share * 10**places for player, share in shares.items()}
    total = sum(units.values(), Fraction(0))
    if total.denominator != 1:
        raise SharingFault(_("The total has more than %(places)s decimal places.") % {"places": places})
    whole = {player: unit.numerator // unit.denominator for player, unit in units.items()}
    rest = int(total) - sum(whole.values())
    order = sorted(units, key=lambda player: whole[player] - units[player])
    for player in order[:rest]:
        whole[player] += 1
    return {player: Decimal(unit).scaleb(-places) for player, unit in whole.items()}


def per_cent(shares: Mapping[Player, Fraction], *, places: int = 2) -> dict[Player, Decimal]:
    """The shares as percentages that sum to 100 exactly; raises SharingFault where nothing is divided."""
    total = sum(shares.values(), Fraction(0))
    if total <= 0:
        raise SharingFault(_("There is nothing to divide."))
    return rounded({player: 100 * share / total for player, share in shares.items()}, places=places)


class Year(NamedTuple):
    """One year of a royalty: net sales, the rate in per cent, what is paid, and everything paid so far."""

    number: int
    sales: Decimal
    rate: Decimal
    paid: Decimal
    sum: Decimal


def staged_royalty(
    entry_fee: Decimal,
    sales: Sequence[Decimal],
    rates: Sequence[Decimal],
    *,
    cap: Decimal | None = None,
    floor: Decimal | None = None,
) -> list[Year]:
    """Entry fee and royalties year by year: fee + Σ rateₜ · net salesₜ, never more than `cap`, at least `floor` in all.

    Rates are per cent. Year 0 is the entry fee. What exceeds the cap is not paid; what is missing to the floor is paid
    with the last year. Amounts are whole cents, rounded down.
    """
    if cap is not None and floor is not None and floor > cap:
        raise SharingFault(_("The floor lies above the cap."))
    if len(sales) != len(rates) or any(each < 0 for each in (entry_fee, *sales, *rates)):
        raise SharingFault(_("Each year needs its net sales and its rate, none of them negative."))
    due = [entry_fee, *(cents(sold * rate / 100) for sold, rate in zip(sales, rates, strict=True))]
    if floor is not None and sum(due) < floor:
        due[-1] += floor - sum(due)
    years, so_far = [], Decimal(0)
    for number, (amount, sold, rate) in enumerate(zip(due, [Decimal(0), *sales], [Decimal(0), *rates], strict=True)):
        paid = amount if cap is None else min(amount, cap - so_far)
        so_far += paid
        years.append(Year(number, sold, rate, paid, so_far))
    return years


def cents(amount: Decimal) -> Decimal:
    """An amount of money in whole cents, rounded down."""
    return Decimal(int(amount * 100)).scaleb(-2)


def require_players(players: Sequence[Player]) -> None:
    """Raise SharingFault unless there are between two and six different players."""
    if not 2 <= len(players) <= MOST_PLAYERS or len(set(players)) != len(players):
        raise SharingFault(_("Between 2 and %(most)s different parties can divide.") % {"most": MOST_PLAYERS})
