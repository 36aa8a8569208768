"""Rules: written, tried on past data, put into force, explained on the match, retired."""

from typing import Any

import pytest

from accounts.models import User
from information.models import Achievement, Need
from jobs import services as jobs
from journal.errors import BadInput, GuardFailed, IllegalMove, NotAllowed, StaleVersion
from journal.models import Entry
from matching import rules, scoring
from matching.models import Example, Match, Rule, Scoring
from tests import factories

FIELDS: dict[str, Any] = {
    "title": "Mature ones first", "chain": None, "field": "trl", "operator": "at_least", "value": "7",
    "effect": "promote", "strength": 0.6,
}  # fmt: skip


@pytest.fixture
def two(need: Need) -> tuple[Achievement, Achievement]:
    """Two achievements for the need: the second is mature and fits less well by its words."""
    near = factories.AchievementFactory.create(status="published", trl=4, title_en=need.title_en)
    mature = factories.AchievementFactory.create(status="published", trl=9)
    return near, mature


def tried(rule: Rule, by: User) -> Rule:
    """The rule after its trial has run."""
    job = rules.start_trial(rule, by=by, version=rule.version)
    jobs.run(job.pk)
    return Rule.objects.get(pk=rule.pk)


def listed() -> list[int]:
    alive = Match.objects.filter(status="suggested")
    return list(alive.ranked().values_list("achievement", flat=True))


def test_a_rule_counts_only_once_it_was_tried_and_put_into_force(
    need: Need, two: tuple[Achievement, Achievement], administrator: User
) -> None:
    near, mature = two
    scoring.request([need.pk])
    scoring.suggest(need.pk)
    before = listed()

    rule = rules.draft(FIELDS, by=administrator)
    scoring.suggest(need.pk, force=True)
    as_draft = listed()
    rule = rules.enact(tried(rule, administrator), by=administrator, version=2)
    scoring.suggest(need.pk, force=True)

    assert (before, as_draft, listed()) == ([near.pk, mature.pk], [near.pk, mature.pk], [mature.pk, near.pk])
    kept = Match.objects.get(achievement=mature).rules
    assert [(each["rule"], each["field"], each["effect"]) for each in kept] == [(rule.pk, "trl", "promote")]
    assert kept[0]["before"] < Match.objects.get(achievement=mature).score
    assert Match.objects.get(achievement=near).rules == []


def test_the_trial_says_what_would_move_and_changes_nothing(
    need: Need, two: tuple[Achievement, Achievement], administrator: User
) -> None:
    near, mature = two
    scoring.request([need.pk])
    scoring.suggest(need.pk)

    rule = tried(rules.draft(FIELDS, by=administrator), administrator)

    assert (rule.status, rule.trial["needs"], rule.trial["appear"], rule.trial["disappear"]) == ("trialled", 1, 0, 0)
    assert rule.trial["move"] == 2
    assert {(each["achievement"], each["was"], each["becomes"]) for each in rule.trial["samples"]} == {
        (near.pk, 1, 2),
        (mature.pk, 2, 1),
    }
    assert listed() == [near.pk, mature.pk]


def test_the_trial_holds_the_rule_against_past_decisions(
    need: Need, two: tuple[Achievement, Achievement], administrator: User
) -> None:
    for achievement, grade in zip(two, (2, 0), strict=True):
        match = factories.MatchFactory.create(need=need, achievement=achievement)
        Example.objects.create(
            match=match, grade=grade, weight=1, source="test", decided_at=factories.LONG_AGO, features={}
        )

    rule = tried(rules.draft({**FIELDS, "effect": "must_have"}, by=administrator), administrator)

    trial = rule.trial
    assert (trial["wanted"], trial["wanted_of"], trial["unwanted"], trial["unwanted_of"]) == (1, 1, 0, 1)
    assert trial["disappear"] == 1


def test_an_untried_rule_cannot_be_put_into_force(administrator: User) -> None:
    rule = rules.draft(FIELDS, by=administrator)

    with pytest.raises(IllegalMove):
        rules.enact(rule, by=administrator, version=1)


def test_a_changed_rule_has_to_be_tried_again(need: Need, administrator: User) -> None:
    rule = tried(rules.draft(FIELDS, by=administrator), administrator)

    changed = rules.edit(rule, {"value": "8"}, by=administrator, version=rule.version)
    Rule.objects.filter(pk=rule.pk).update(status="trialled")

    assert (changed.status, changed.value) == ("draft", "8")
    with pytest.raises(GuardFailed):
        rules.enact(Rule.objects.get(), by=administrator, version=changed.version)


def test_a_trial_of_an_earlier_wording_is_dropped(need: Need, administrator: User) -> None:
    rule = rules.draft(FIELDS, by=administrator)
    job = rules.start_trial(rule, by=administrator, version=1)
    rules.edit(rule, {"value": "8"}, by=administrator, version=1)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (Rule.objects.get().status, Rule.objects.get().trial, job.result) == ("draft", {}, {"outdated": True})


def test_two_trials_at_once_are_one(administrator: User) -> None:
    rule = rules.draft(FIELDS, by=administrator)

    first = rules.start_trial(rule, by=administrator, version=1)
    second = rules.start_trial(rule, by=administrator, version=1)

    assert first == second


def test_saving_what_is_there_already_leaves_no_trace(administrator: User) -> None:
    rule = rules.draft(FIELDS, by=administrator)

    rules.edit(rule, FIELDS, by=administrator, version=1)

    assert Rule.objects.get().version == 1
    assert Entry.objects.about(rule).count() == 1


def test_putting_into_force_and_retiring_ask_for_the_needs_concerned(
    need: Need, administrator: User, deliver_news: Any
) -> None:
    node = factories.ChainNodeFactory.create(chain__code="cnc")
    of_chain = factories.NeedFactory.create(status="published")
    of_chain.chain_nodes.add(node)
    rule = tried(rules.draft({**FIELDS, "chain": node.chain}, by=administrator), administrator)
    rule = rules.enact(rule, by=administrator, version=rule.version)
    deliver_news()
    asked = list(Scoring.objects.values_list("need", flat=True))
    Scoring.objects.all().delete()

    rules.retire(rule, by=administrator, version=rule.version)
    deliver_news()

    assert asked == [of_chain.pk] == list(Scoring.objects.values_list("need", flat=True))


def test_giving_up_a_draft_scores_nothing(need: Need, administrator: User, deliver_news: Any) -> None:
    rules.retire(rules.draft(FIELDS, by=administrator), by=administrator, version=1)
    deliver_news()

    assert not Scoring.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"title": "<b>x</b>"}, "title"),
        ({"field": "colour"}, "field"),
        ({"operator": "begins"}, "operator"),
        ({"value": ""}, "value"),
        ({"value": "ten"}, "value"),
        ({"value": "nan"}, "value"),
        ({"value": "1e300"}, "value"),
        ({"value": "10"}, "value"),
        ({"strength": 0.99}, "strength"),
        ({"strength": float("nan")}, "strength"),
        ({"effect": "forbid"}, "effect"),
        ({"field": "offer_mode", "operator": "is", "value": "barter"}, "value"),
        ({"field": "region", "operator": "begins", "value": "990000"}, "value"),
    ],
    ids=str,
)
def test_what_no_rule_can_mean_is_refused_beside_its_field(
    administrator: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        rules.draft({**FIELDS, **changes}, by=administrator)

    assert field in refusal.value.fields
    assert not Rule.objects.exists()


def test_nobody_else_writes_rules(enterprise_manager: User, supervisor: User) -> None:
    for person in (enterprise_manager, supervisor):
        with pytest.raises(NotAllowed):
            rules.draft(FIELDS, by=person)


def test_a_stale_change_is_refused(administrator: User) -> None:
    rule = rules.draft(FIELDS, by=administrator)
    rules.edit(rule, {"value": "8"}, by=administrator, version=1)

    with pytest.raises(StaleVersion):
        rules.edit(rule, {"value": "6"}, by=administrator, version=1)

    assert Rule.objects.get().value == "8"
