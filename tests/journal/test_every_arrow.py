"""Every ordered pair of states of every lifecycle, tried by everybody: generated from declarations and table."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import models, transaction
from django.utils import timezone

from contracts.models import Contract
from journal.errors import IllegalMove, NotAllowed
from journal.lifecycle import Lifecycle, Move
from journal.models import Entry
from matching.models import Match
from policy import standing_of, table
from tests import factories, projects
from tests.world import LIFECYCLES, PERSONAS, World

pytestmark = pytest.mark.django_db


def pairs() -> Iterator[Any]:
    """(model, from, to) for each ordered pair of states, also from a state to itself."""
    for model in LIFECYCLES:
        states = [value for value, _ in model.status.field.choices]
        for source in states:
            for target in states:
                yield pytest.param(model, source, target, id=f"{model.NOUN}: {source} to {target}")


def granted(subject: Lifecycle, action: str, persona: Any) -> bool:
    """Whether a row of the table covers this, asked of the database by the rows' filters."""
    standing = standing_of(persona)
    return any(
        type(subject)._default_manager.filter(rule.relation.q(standing), pk=subject.pk).exists()
        for rule in table().rows(f"{subject.NOUN}.{action}")
        if rule.roles & standing.roles and (rule.states is None or subject.status in rule.states)
    )


def answers(move: Move) -> dict[str, Any]:
    """A valid reason and note for a move."""
    return {
        "reason": move.reasons.values[0] if move.reasons else "",
        "note": "Please look at this again." if move.note else "",
    }


def try_move(subject: Lifecycle, target: str, persona: Any, answer: Mapping[str, Any]) -> Lifecycle:
    """The move, with the field that a use case sets beside it."""
    sets: dict[str, Any] = {}
    if isinstance(subject, Match) and target == "mutual":
        sets = {"need_interested_at": timezone.now(), "achievement_interested_at": timezone.now()}
    if isinstance(subject, Contract) and target == "frozen":
        sets = {"frozen_version": factories.frozen_version(subject)}
    if isinstance(subject, Contract) and (subject.status, target) == ("signing", "effective"):
        factories.signed_by_all(subject)
    sets |= projects.beside(subject, target)
    return subject.move_to(target, by=persona, expected=subject.version, sets=sets, **answer)


def row(subject: models.Model) -> dict[str, Any]:
    """Everything that the database holds of the object."""
    return type(subject)._default_manager.filter(pk=subject.pk).values().get()


def assert_moved(before: dict[str, Any], subject: Lifecycle, move: Move, target: str, persona: Any) -> None:
    """Exactly one step, one version and one entry of the declared name."""
    after, entry = row(subject), Entry.objects.about(subject).get()
    assert (after["status"], after["version"]) == (target, before["version"] + 1)
    assert (subject.status, subject.version) == (target, before["version"] + 1)
    assert entry.name == f"{subject._meta.label_lower}.{move.news}"
    assert entry.actor_id == persona.pk
    assert (entry.data["from"], entry.data["to"]) == (before["status"], target)


@pytest.mark.parametrize(("model", "source", "target"), list(pairs()))
def test_everybody_tries_this_step(world: World, model: type[Lifecycle], source: str, target: str) -> None:
    move = model.MOVES.get(source, {}).get(target)

    for persona in PERSONAS:
        with transaction.atomic():
            subject = model._default_manager.get(pk=world.subjects[model.NOUN, source].pk)
            before, actor = row(subject), world.actors[persona]
            if move is None:
                with pytest.raises(IllegalMove):
                    try_move(subject, target, actor, {})
            elif granted(subject, move.action, actor):
                try_move(subject, target, actor, answers(move))
                assert_moved(before, subject, move, target, actor)
            else:
                with pytest.raises(NotAllowed):
                    try_move(subject, target, actor, answers(move))
            if subject.version == before["version"]:
                assert (persona, row(subject)) == (persona, before)
                assert not Entry.objects.about(subject).exists()
            transaction.set_rollback(True)


@pytest.mark.parametrize("model", LIFECYCLES)
@pytest.mark.parametrize("persona", PERSONAS)
def test_the_buttons_are_the_steps_that_would_be_allowed(world: World, model: type[Lifecycle], persona: str) -> None:
    actor = world.actors[persona]

    for state, subject in world.of(model.NOUN):
        assert isinstance(subject, Lifecycle)
        offered = {(target, move.action) for target, move in subject.moves(actor)}

        declared = {(str(to), move.action) for source, to, move in model.arrows() if source == state}
        assert offered == {(to, action) for to, action in declared if granted(subject, action, actor)}


@pytest.mark.parametrize("model", LIFECYCLES)
def test_every_arrow_is_open_to_somebody(world: World, model: type[Lifecycle]) -> None:
    closed = [
        (source, target, move.action)
        for source, target, move in model.arrows()
        if not any(
            granted(as_lifecycle(world.subjects[model.NOUN, source]), move.action, a) for a in world.actors.values()
        )
    ]

    assert closed == []


def as_lifecycle(subject: models.Model) -> Lifecycle:
    assert isinstance(subject, Lifecycle)
    return subject
