"""The table in force says what tests/policy/by_hand.py says, and every single cell of it matters."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import models

from config.policy import RULES
from information.models import Need
from journal.lifecycle import Move
from matching.models import Match
from policy import ANYONE, Rule, decide, install
from tests.policy.by_hand import ARROWS, TABLE
from tests.policy.personas import ANYWHERE
from tests.world import LIFECYCLES, PERSONAS, World

pytestmark = pytest.mark.django_db


def places(world: World, action: str) -> Iterator[tuple[str, models.Model | None]]:
    """The objects on which an action is tried: those of its noun in every state, or none at all."""
    if ANYWHERE in TABLE.get(action, {}):
        yield ANYWHERE, None
        return
    noun = action.split(".")[0]
    for (kind, state), subject in world.subjects.items():
        if kind.split()[0] == noun:
            yield f"{kind} {state}".strip(), subject


def mismatches(world: World, actions: Iterable[str]) -> list[str]:
    """One sentence for each answer of the table in force that differs from the one written by hand."""
    found = []
    for action in actions:
        for place, subject in places(world, action):
            may = set(TABLE.get(action, {}).get(place, "").split())
            for persona in PERSONAS:
                if decide(world.actors[persona], action, subject).allowed != (persona in may):
                    found.append(f"{persona} {action} {place}: by hand {'yes' if persona in may else 'no'}")
    return found


@contextmanager
def in_force(rules: Iterable[Rule]) -> Iterator[None]:
    """Another table until the end of the block."""
    install(rules)
    try:
        yield
    finally:
        install(RULES)


def test_everybody_may_do_exactly_what_was_written_by_hand(world: World) -> None:
    found = mismatches(world, TABLE)

    assert found == []


def test_the_hand_written_table_speaks_of_every_action_and_of_no_other() -> None:
    in_the_table = {rule.action for rule in RULES}

    assert set(TABLE) == in_the_table


def test_the_hand_written_table_names_only_places_that_were_tried(world: World) -> None:
    named = {(action, place) for action, cells in TABLE.items() for place in cells}

    assert named - {(action, place) for action in TABLE for place, _ in places(world, action)} == set()


@pytest.mark.parametrize("number", range(len(RULES)), ids=[f"{n} {rule.action}" for n, rule in enumerate(RULES)])
def test_no_rule_can_be_dropped_without_being_noticed(world: World, number: int) -> None:
    without = [rule for place, rule in enumerate(RULES) if place != number]

    with in_force(without):
        found = mismatches(world, [RULES[number].action])

    assert found != []


Change = Callable[[Rule], Rule]


def unnoticed(world: World, change: Change, of: Iterable[int]) -> list[str]:
    """The rules whose change the comparison does not find, changing one of them at a time."""
    silent = []
    for number in of:
        rule = RULES[number]
        with in_force([change(rule) if place == number else each for place, each in enumerate(RULES)]):
            if not mismatches(world, [rule.action]):
                silent.append(f"{' '.join(sorted(rule.roles))} {rule.action}")
    return silent


def test_no_rule_can_lose_its_states_without_being_noticed(world: World) -> None:
    with_states = [number for number, rule in enumerate(RULES) if rule.states is not None]

    silent = unnoticed(world, lambda rule: replace(rule, states=None), with_states)

    assert silent == []
    assert len(with_states) > 20


def test_no_rule_can_lose_its_tie_without_being_noticed(world: World) -> None:
    with_ties = [number for number, rule in enumerate(RULES) if rule.relation is not ANYONE]

    silent = unnoticed(world, lambda rule: replace(rule, relation=ANYONE), with_ties)

    assert silent == []
    assert len(with_ties) > 30


@pytest.mark.parametrize("role", ["visitor", "member", "platform"])
def test_no_rule_about_everything_can_be_opened_to_another_role_without_being_noticed(world: World, role: str) -> None:
    others = [n for n, rule in enumerate(RULES) if rule.relation is ANYONE and role not in rule.roles]

    silent = unnoticed(world, lambda rule: replace(rule, roles=rule.roles | {role}), others)

    assert silent == []
    assert len(others) > 5


def test_no_state_can_be_added_to_a_rule_without_being_noticed(world: World) -> None:
    silent = set()
    for number, rule in enumerate(RULES):
        states = {state for _, subject in places(world, rule.action) if (state := getattr(subject, "status", None))}
        for state in states - (rule.states or states):
            silent |= set(unnoticed(world, partial(with_state, state), [number]))

    # From mutual interest on both sides have spoken, which that row's tie refuses by itself; whoever may attach a file
    # may also see the checked ones.
    assert silent == {"member match.express_interest", "broker match.express_interest", "member attachment.view"}


def with_state(state: str, rule: Rule) -> Rule:
    """The rule with one more state."""
    return replace(rule, states=(rule.states or frozenset()) | {state})


def arrow_mismatches(lifecycle: str, moves: Mapping[Any, Mapping[Any, Move]]) -> set[str]:
    """The arrows that are declared but not written by hand, or the other way round."""
    declared = {f"{a} -{move.action}-> {b}" for a, targets in moves.items() for b, move in targets.items()}
    return declared ^ ARROWS[lifecycle]


@pytest.mark.parametrize("model", LIFECYCLES)
def test_every_lifecycle_has_exactly_the_arrows_written_by_hand(model: Any) -> None:
    found = arrow_mismatches(model.NOUN, model.MOVES)

    assert found == set()


@pytest.mark.parametrize("model", LIFECYCLES)
def test_no_arrow_can_be_removed_added_or_renamed_without_being_noticed(model: Any) -> None:
    states = [value for value, _ in model._meta.get_field("status").choices]
    some = next(move for _, _, move in model.arrows())

    for source, target, move in model.arrows():
        rest = {to: other for to, other in model.MOVES[source].items() if to != target}
        assert arrow_mismatches(model.NOUN, {**model.MOVES, source: rest})
        renamed = {**model.MOVES[source], target: replace(move, action="something_else")}
        assert arrow_mismatches(model.NOUN, {**model.MOVES, source: renamed})
    for source in states:
        for target in set(states) - set(model.MOVES.get(source, {})):
            added = {**model.MOVES.get(source, {}), target: some}
            assert arrow_mismatches(model.NOUN, {**model.MOVES, source: added})


def test_a_table_without_rows_denies_everything(world: World) -> None:
    need, match = world.subjects["need", "published"], world.subjects["match", "mutual"]
    assert isinstance(need, Need)
    assert isinstance(match, Match)

    with in_force([]):
        seen = [p for p in PERSONAS if decide(world.actors[p], "need.view", need)]
        buttons = [match.moves(world.actors[p]) for p in PERSONAS]
        listed = Need.objects.visible_to(world.actors["administrator"]).count()

    assert seen == []
    assert buttons == [[] for _ in PERSONAS]
    assert listed == 0
