"""Each tie is said twice, as a filter and as a question; both must agree, for everybody and everything."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from config.policy import RULES
from policy import Rule, decide, standing_of, visible
from tests.world import PERSONAS, World

pytestmark = pytest.mark.django_db


def ties() -> Iterator[tuple[str, Rule]]:
    """The rows that speak of objects, each with the noun of its object."""
    nouns = {
        "need",
        "achievement",
        "match",
        "room",
        "contract",
        "case",
        "import",
        "job",
        "organization",
        "attachment",
        "notice",
        "membership",
        "invitation",
        "mandate",
        "interest",
        "token",
    }
    for rule in RULES:
        if rule.noun in nouns:
            yield rule.noun, rule


def objects(world: World, noun: str) -> list[models.Model]:
    """Every object of the world of the kind that this noun's rows speak of."""
    model = type(next(subject for _, subject in world.of(noun)))
    return [subject for subject in world.subjects.values() if type(subject) is model]


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_tie_gives_the_same_answer_for_one_object_and_for_many(world: World, persona: str) -> None:
    standing = standing_of(world.actors[persona])

    answers = []
    for noun, rule in ties():
        for subject in objects(world, noun):
            manager = type(subject)._default_manager
            selected = manager.filter(rule.relation.q(standing), pk=subject.pk).exists()
            answers.append((rule.action, str(subject), rule.relation.holds(standing, subject), selected))

    assert [answer for answer in answers if answer[2] != answer[3]] == []
    assert len(answers) > 200


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_list_holds_exactly_what_may_be_done_one_by_one(world: World, persona: str) -> None:
    actor = world.actors[persona]

    for noun, action in sorted({(noun, rule.action) for noun, rule in ties()}):
        candidates = objects(world, noun)
        listed = visible(type(candidates[0])._default_manager.all(), actor, action)
        wanted = {subject.pk for subject in candidates if decide(actor, action, subject)}

        found = [row.pk for row in listed if row.pk in {subject.pk for subject in candidates}]

        assert (action, sorted(found)) == (action, sorted(wanted))


def test_a_supervisor_finds_a_match_on_two_nodes_of_the_chain_once(world: World) -> None:
    match = world.subjects["match", "approved"]

    found = visible(type(match)._default_manager.filter(pk=match.pk), world.actors["supervisor"], "match.view")

    assert [row.pk for row in found] == [match.pk]
    assert found.count() == 1


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_list_costs_one_query_for_whoever_reads_it(world: World, persona: str) -> None:
    model = type(world.subjects["match", "suggested"])

    with CaptureQueriesContext(connection) as queries:
        list(visible(model._default_manager.all(), world.actors[persona], "match.view"))

    # Where no row speaks of the role, or its ties are empty, there is nothing to ask the database.
    assert len(queries) == (0 if persona in {"visitor", "closed_account", "former_manager", "platform"} else 1)


def test_a_standing_is_read_in_three_queries_and_then_kept(world: World) -> None:
    manager = User.objects.get(pk=world.actors["manager_of_both"].pk)

    with CaptureQueriesContext(connection) as queries:
        first, second = manager.standing, manager.standing

    assert first is second
    assert first.represents == {world.enterprise.pk, world.university.pk}
    assert len(queries) == 3
