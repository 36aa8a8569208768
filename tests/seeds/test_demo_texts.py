"""The demonstration data is complete, consistent, bilingual, and no answer copies its question."""

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.seeds.copying import CHINESE, PROSE, WORDS, copied
from tests.seeds.demo import (
    ACHIEVEMENTS,
    BY_ID,
    CHAINS,
    INTENDED,
    KINDS,
    NEEDS,
    ORGANIZATIONS,
    PEOPLE,
    STAGES,
    Row,
    codes,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
}


def check_character(body: str) -> str:
    """GB 32100-2015: weights 3^i mod 31, reduced twice."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return ALPHABET[(31 - total % 31) % 31]


def sides(value: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every field that exists per language, at any depth: where it stands, its Chinese and its English value."""
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield from sides(part, f"{where}[{place}]")
    if isinstance(value, dict):
        stems = sorted({key[:-3] for key in value if key.endswith(("_zh", "_en"))})
        for stem in stems:
            yield f"{where}.{stem}", value.get(f"{stem}_zh"), value.get(f"{stem}_en")
        for key, part in value.items():
            yield from sides(part, f"{where}.{key}")


def meets(target: Row, benefit: Row) -> bool:
    """Whether a benefit of that unit is as good as the target asks."""
    return bool(
        target["unit"] == benefit["unit"] and COMPARISONS[target["operator"]](benefit["value"], target["value"])
    )


def test_the_demonstration_is_as_large_as_promised() -> None:
    assert len(ORGANIZATIONS) >= 12
    assert len(NEEDS) >= 24
    assert len(ACHIEVEMENTS) >= 48


def test_no_identifier_is_used_twice() -> None:
    people = [person["email"] for person in (*PEOPLE["members"], *PEOPLE["offices"])]

    assert len(BY_ID) == len(NEEDS) + len(ACHIEVEMENTS)
    assert len(KINDS) == len({organization["uscc"] for organization in ORGANIZATIONS}) == len(ORGANIZATIONS)
    assert len(set(people)) == len(people)


@pytest.mark.parametrize("number", ["91350100M000100Y43", "91110108551385082Q", "91110000600037341L"])
def test_the_check_character_agrees_with_registered_numbers(number: str) -> None:
    assert check_character(number[:-1]) == number[-1]


@pytest.mark.parametrize("organization", ORGANIZATIONS, ids=lambda row: row["code"])
def test_an_organization_has_a_valid_credit_code(organization: Row) -> None:
    number = organization["uscc"]

    assert re.fullmatch(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}", number)
    assert check_character(number[:-1]) == number[-1]
    assert number[2:4] == organization["region"][:2]


def test_every_code_that_a_post_names_exists() -> None:
    nodes = {node["code"] for chain in CHAINS for node in chain["nodes"]}
    posts = BY_ID.values()

    assert {code for post in posts for code in post["chain_nodes"]} <= nodes
    assert {code for post in posts for code in post["industries"]} <= codes("industries")
    assert {post["region"] for post in (*posts, *ORGANIZATIONS)} <= codes("regions")
    assert {need["type"] for need in NEEDS} <= codes("contract_types")


def test_needs_come_from_enterprises_and_achievements_from_research() -> None:
    assert {KINDS[need["organization"]] for need in NEEDS} == {"enterprise"}
    assert {KINDS[achievement["organization"]] for achievement in ACHIEVEMENTS} == {"university", "institute"}


def test_every_organization_has_one_manager_and_people_belong_somewhere() -> None:
    managers = sorted(member["organization"] for member in PEOPLE["members"] if member["role"] == "manager")
    everybody = [*PEOPLE["members"], *(office for office in PEOPLE["offices"] if "organization" in office)]

    assert managers == sorted(KINDS)
    assert {person["organization"] for person in everybody} <= KINDS.keys()


@pytest.mark.parametrize("post", BY_ID.values(), ids=BY_ID.keys())
def test_everything_is_said_in_chinese_and_in_english(post: Row) -> None:
    incomplete = [where for where, chinese, english in sides(post) if not chinese or not english]
    strange = [
        field
        for field in PROSE
        if f"{field}_zh" in post and (not CHINESE.search(post[f"{field}_zh"]) or CHINESE.search(post[f"{field}_en"]))
    ]

    assert incomplete == []
    assert strange == []


@pytest.mark.parametrize("need", NEEDS, ids=lambda row: row["external_id"])
def test_a_need_is_measurable_and_within_its_own_bounds(need: Row) -> None:
    assert 2 <= len(need["targets"]) <= 4
    assert {target["operator"] for target in need["targets"]} <= COMPARISONS.keys()
    assert 1 <= need["trl_current"] < need["trl_required"] <= 9
    assert 0 < need["budget_min"] <= need["budget_max"]


@pytest.mark.parametrize("achievement", ACHIEVEMENTS, ids=lambda row: row["external_id"])
def test_an_achievement_stands_in_the_stage_of_its_readiness_level(achievement: Row) -> None:
    stage = STAGES[achievement["stage"]]

    assert stage["trl_from"] <= achievement["trl"] <= stage["trl_to"]
    assert 2 <= len(achievement["benefits"]) <= 4


def test_every_need_has_its_intended_achievement_and_two_near_misses() -> None:
    answers = {row["need"]: row["achievement"] for row in INTENDED}
    offered = {achievement["external_id"] for achievement in ACHIEVEMENTS}

    assert sorted(answers) == sorted(need["external_id"] for need in NEEDS)
    assert len(set(answers.values())) == len(INTENDED) == len(NEEDS)
    for row in INTENDED:
        misses = {miss["achievement"] for miss in row["near_misses"]}
        assert len(misses) >= 2
        assert row["achievement"] not in misses
        assert {row["achievement"], *misses} <= offered
        assert all(miss["why"] for miss in row["near_misses"])


@pytest.mark.parametrize("row", INTENDED, ids=lambda row: row["need"])
def test_an_intended_achievement_reaches_a_target_and_is_further_than_the_need(row: Row) -> None:
    need, achievement = BY_ID[row["need"]], BY_ID[row["achievement"]]

    met = [target for target in need["targets"] if any(meets(target, benefit) for benefit in achievement["benefits"])]

    assert met != []
    assert achievement["trl"] > need["trl_current"]


def test_the_chain_leads_from_upstream_to_downstream_without_circles() -> None:
    for chain in CHAINS:
        waiting: dict[str, set[str]] = {node["code"]: set() for node in chain["nodes"]}
        for source, target in chain["links"]:
            waiting[target].add(source)
        while free := {code for code, sources in waiting.items() if not sources & waiting.keys()}:
            waiting = {code: sources for code, sources in waiting.items() if code not in free}

        assert waiting == {}


def test_no_answer_copies_a_run_of_its_question() -> None:
    assert copied(NEEDS, ACHIEVEMENTS) == []


@pytest.mark.parametrize("field", ["problem_zh", "problem_en"])
def test_a_copied_sentence_would_be_found(field: str) -> None:
    need, thief = NEEDS[0], dict(ACHIEVEMENTS[-1])
    description = field.replace("problem", "description")
    sentence = re.split(r"。|\. ", need[field])[0]
    thief[description] = f"{sentence} {thief[description]}"

    found = copied(NEEDS, [*ACHIEVEMENTS[:-1], thief])

    assert [pair[:2] for pair in found] == [(need["external_id"], thief["external_id"])]


def test_one_word_more_than_allowed_is_the_first_that_counts() -> None:
    words = [f"w{number}" for number in range(WORDS + 1)]
    posts = [
        {"external_id": name, "keywords_en": ["term"], "keywords_zh": ["术语"], "summary_en": text}
        for name, text in (("asked", " ".join(words)), ("seven", " ".join(words)), ("six", " ".join(words[:-1])))
    ]

    assert copied(posts[:1], posts[1:]) == [("asked", "seven", " ".join(words))]
