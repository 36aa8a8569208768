"""The administrators' pages and API about glossary and rules."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from information.models import Need
from jobs import services as jobs
from jobs.models import Job
from matching.models import GlossaryTerm, RankerVersion, Rule
from tests.factories import (
    AchievementFactory,
    GlossaryTermFactory,
    MatchFactory,
    RankerVersionFactory,
    RuleFactory,
    member,
)

pytestmark = pytest.mark.django_db

PLACES = (
    "/engine/", "/engine/rules/", "/engine/rules/new/", "/engine/glossary/", "/engine/glossary/new/",
    "/engine/exposure/",
)  # fmt: skip
RULE = {
    "title": "Mature ones", "chain": "", "effect": "promote", "strength": "0.3", "field": "trl",
    "operator": "at_least", "value": "7",
}  # fmt: skip


@pytest.fixture
def console(english: Client, administrator: User) -> Client:
    english.force_login(administrator)
    return english


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("place", PLACES)
def test_the_console_is_the_administrators_alone(
    english: Client, administrator: User, enterprise_manager: User, supervisor: User, place: str
) -> None:
    found = []
    for person in (administrator, enterprise_manager, supervisor):
        english.force_login(person)
        found.append(english.get(place).status_code)

    assert found == [200, 404, 404]


def test_the_rail_leads_there_for_administrators_only(console: Client, outsider: User) -> None:
    assert 'href="/engine/"' in page(console, "/desk/")

    console.force_login(outsider)

    assert 'href="/engine/"' not in page(console, "/desk/")


def test_a_term_is_written_and_found_by_either_language(console: Client) -> None:
    console.post("/engine/glossary/new/", {"zh": "油气润滑", "en": "oil-air lubrication； oil-air", "chain": ""})
    GlossaryTermFactory.create(zh="轴承", en=["bearing"])

    term = GlossaryTerm.objects.get(zh="油气润滑")
    assert term.en == ["oil-air lubrication", "oil-air"]
    assert "油气润滑" in page(console, "/engine/glossary/?q=LUBRICATION")
    assert "轴承" not in page(console, "/engine/glossary/?q=LUBRICATION")
    assert "No term holds these words." in page(console, "/engine/glossary/?q=turbine")


def test_faults_of_a_term_stand_beside_the_field(console: Client) -> None:
    GlossaryTermFactory.create(zh="轴承")

    twice = console.post("/engine/glossary/new/", {"zh": "轴承", "en": "bearing", "chain": ""})
    empty = console.post("/engine/glossary/new/", {"zh": "", "en": "", "chain": ""})

    assert (twice.status_code, empty.status_code) == (400, 400)
    assert "The glossary has this term already." in twice.content.decode()
    assert GlossaryTerm.objects.count() == 1


def test_a_term_is_changed_and_removed_at_the_version_seen(console: Client) -> None:
    term = GlossaryTermFactory.create(zh="轴承")
    address = term.get_absolute_url()

    stale = console.post(address, {"zh": "轴承", "en": "x", "version": 7})
    console.post(address, {"zh": "轴承", "en": "ball bearing", "version": 1})
    gone = console.post(f"{address}remove/", {"version": 2})

    assert (stale.status_code, gone.status_code) == (409, 302)
    assert not GlossaryTerm.objects.exists()
    assert console.get(address).status_code == 404


def test_a_file_of_terms_is_brought_in_or_its_faults_are_listed(console: Client) -> None:
    def send(content: bytes) -> Any:
        return console.post("/engine/glossary/import/", {"file": SimpleUploadedFile("terms.csv", content)})

    good = send("zh,en,chain\n主轴,spindle,\n".encode())
    bad = send(b"zh,en,chain\nspindle,spindle,\n")
    none = console.post("/engine/glossary/import/", {})

    assert (good.status_code, bad.status_code, none.status_code) == (302, 400, 400)
    assert "Line 2: Write the term with Chinese characters." in bad.content.decode()
    assert GlossaryTerm.objects.count() == 1


def test_a_rule_goes_from_the_form_over_its_trial_into_force(console: Client, need: Need) -> None:
    answer = console.post("/engine/rules/new/", RULE)
    rule = Rule.objects.get()
    address = rule.get_absolute_url()
    early = console.post(f"{address}enact/", {"version": 1})
    console.post(f"{address}try/", {"version": 1})
    waiting = page(console, address)
    jobs.run(Job.objects.get(kind="matching.rule_trial").pk)
    shown = page(console, address)
    console.post(f"{address}enact/", {"version": 2})

    rule.refresh_from_db()
    assert (answer["Location"], early.status_code, rule.status) == (address, 409, "in_force")
    assert "Trying a rule on past data" in waiting
    assert "What it would change" in shown
    assert 'data-action="enact"' in shown
    assert "TRL is at least 7" in shown
    assert re.findall(r'data-action="(\w+)"', page(console, address)).count("retire") == 1


def test_faults_of_a_rule_stand_beside_the_field(console: Client) -> None:
    answer = console.post("/engine/rules/new/", {**RULE, "value": "12"})

    assert answer.status_code == 400
    assert "Give a number from 1 to 9." in answer.content.decode()
    assert not Rule.objects.exists()


def test_a_rule_in_force_cannot_be_changed(console: Client) -> None:
    rule = RuleFactory.create(status="in_force")

    answer = console.post(f"{rule.get_absolute_url()}edit/", {**RULE, "value": "8", "version": 1})

    rule.refresh_from_db()
    assert (answer.status_code, rule.value) == (409, "5")


@pytest.mark.parametrize(
    ("place", "make"), [("/engine/rules/", RuleFactory), ("/engine/glossary/", GlossaryTermFactory)]
)
def test_three_lines_cost_as_much_as_one(
    console: Client, place: str, make: Any, count_queries: Callable[[str], int]
) -> None:
    make.create()
    count_queries(place)

    with_one = count_queries(place)
    make.create_batch(2)

    assert count_queries(place) == with_one


def test_a_match_that_a_rule_moved_says_so_to_both_sides(english: Client) -> None:
    match = MatchFactory.create(
        rules=[{
            "rule": 1, "chain": "", "field": "trl", "operator": "at_least", "value": "7", "effect": "promote",
            "strength": 0.3, "before": 0.5,
        }],
    )  # fmt: skip
    plain = MatchFactory.create(need=match.need)
    english.force_login(member(match.need.owner))

    assert "Moved up by a rule of the platform: TRL is at least 7." in page(english, match.get_absolute_url())
    assert "by a rule of the platform" not in page(english, plain.get_absolute_url())


def test_with_nothing_learned_the_page_says_how_it_begins(console: Client) -> None:
    shown = page(console, "/engine/")

    assert "The engine's own order. Nothing learned has been surely better yet." in unescape(shown)
    assert "Learning begins with 60." in shown
    assert "Nothing learned yet." in shown


def test_learning_is_started_and_says_what_it_came_to(console: Client) -> None:
    answer = console.post("/engine/learn/")
    job = Job.objects.get(kind="matching.learn")
    while_running = page(console, "/engine/")
    jobs.run(job.pk)

    assert answer["Location"] == job.get_absolute_url()
    assert "Learning from decisions" in while_running
    assert "0 decisions, and 0 held-back needs with different answers; at least 60 and 5 are needed." in page(
        console, "/engine/"
    )


def test_a_ranker_shows_its_comparison_and_what_it_looks_at(console: Client) -> None:
    ranker = RankerVersionFactory.create(status="promoted")

    shown = unescape(page(console, ranker.get_absolute_url()))

    assert "it was surely better than what served: by 10.0 points of nDCG@10 (95 % interval +2.0 to +18.0)." in shown
    assert "weighs much: the more, the better" in shown
    assert "Comparison on 80 held-back decisions about 12 needs, none of which it has learned from" in shown
    assert re.findall(r'data-action="(\w+)"', shown).count("retire") == 1
    assert ranker.name in page(console, "/engine/")


def test_an_administrator_rolls_back(console: Client) -> None:
    former = RankerVersionFactory.create(status="retired")
    RankerVersionFactory.create(status="promoted")

    answer = console.post(f"{former.get_absolute_url()}restore/", {"version": 1})

    assert answer["Location"] == former.get_absolute_url()
    assert RankerVersion.objects.get(status="promoted") == former


def test_exposure_marks_who_is_shown_too_little(console: Client) -> None:
    AchievementFactory.create_batch(5, status="published", owner__kind="institute")
    MatchFactory.create()

    shown = page(console, "/engine/exposure/")

    assert "shown too little" in shown
    assert "in proportion" in shown
