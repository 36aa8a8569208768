"""The page of a match: who sees it, what each may do there, and what it shows of both sides."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from accounts.models import Membership, User
from contracts.models import Contract
from information.models import Achievement, Need
from matching import services
from matching.models import Match
from tests.factories import (
    ChainFactory,
    ChainNodeFactory,
    MatchFactory,
    RegionFactory,
    member,
    supervisor,
)

ACTIONS = re.compile(r'data-action="(\w+)"')


def page_of(client: Client, match: Match) -> str:
    """The match's page for whoever is logged in."""
    answer = client.get(match.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def offered(client: Client, match: Match) -> set[str]:
    """The actions that the match's page offers."""
    return set(ACTIONS.findall(page_of(client, match)))


@pytest.fixture
def compared(match: Match) -> Match:
    """A suggestion with one requirement met, one missed and one unknown."""
    named = {"method_zh": "", "method_en": "PT100 after 2 h"}
    match.need.targets = [
        {
            "parameter_zh": "温升",
            "parameter_en": "temperature rise",
            "operator": "<=",
            "value": 25,
            "unit": "K",
            **named,
        },
        {"parameter_zh": "寿命", "parameter_en": "bearing life", "operator": ">=", "value": 8000, "unit": "h", **named},
        {"parameter_zh": "噪声", "parameter_en": "noise", "operator": "<", "value": 70, "unit": "dB", **named},
    ]
    match.need.save()
    match.achievement.benefits = [
        {"metric_zh": "温升", "metric_en": "rise of temperature", "baseline": 40, "value": 22, "unit": "K"},
        {"metric_zh": "寿命", "metric_en": "life", "baseline": None, "value": 6000, "unit": "h"},
    ]
    match.achievement.save()
    match.requirements = [
        {"target": 0, "verdict": "met", "benefit": 0, "gap": 0.12},
        {"target": 1, "verdict": "missed", "benefit": 1, "gap": -0.25},
        {"target": 2, "verdict": "unknown", "benefit": None, "gap": None},
    ]
    match.reasons = [
        {"code": "shared_terms", "params": {"terms": "spindle", "en": "spindle"}},
        {"code": "requirement_missed", "params": {"target": 1, "benefit": 1, "gap": -0.25}},
    ]
    match.matched_terms = ["spindle", "bearings"]
    match.sub_scores = {"text": 0.8, "requirements": 0.5}
    match.save()
    return match


def test_visitors_are_sent_to_the_login(english: Client, match: Match) -> None:
    answer = english.get(match.get_absolute_url())

    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={match.get_absolute_url()}")


def test_a_stranger_is_told_that_there_is_nothing(english: Client, match: Match, outsider: User) -> None:
    english.force_login(outsider)

    answers = [english.get(match.get_absolute_url()), english.post(f"{match.get_absolute_url()}decline/")]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("suggested", {"express_interest", "decline"}),
        ("one_sided", {"decline"}),
        ("mutual", {"decline"}),
        ("approved", set()),
        ("declined", set()),
    ],
)
def test_a_manager_of_the_need_is_offered_what_is_still_open(
    english: Client, need: Need, achievement: Achievement, enterprise_manager: User, status: str, expected: set[str]
) -> None:
    match = MatchFactory.create(need=need, achievement=achievement, status=status)
    english.force_login(enterprise_manager)

    assert offered(english, match) == expected


def test_a_contributor_reads_but_is_offered_nothing(
    english: Client, match: Match, enterprise_contributor: User
) -> None:
    english.force_login(enterprise_contributor)

    assert offered(english, match) == set()


def test_only_an_administrator_is_offered_the_decision(
    english: Client, mutual_match: Match, enterprise_manager: User, university_manager: User, administrator: User
) -> None:
    seen = []
    for person in (enterprise_manager, university_manager, administrator):
        english.force_login(person)
        seen.append(offered(english, mutual_match) & {"approve", "refuse"})

    assert seen == [set(), set(), {"approve", "refuse"}]


def test_an_administrator_of_one_side_is_not_offered_the_decision(
    english: Client, mutual_match: Match, administrator: User
) -> None:
    involved = member(mutual_match.need.owner, "contributor")
    involved.offices.create(kind="administrator")
    english.force_login(involved)

    assert offered(english, mutual_match) == set()


def test_nobody_is_shown_a_case_that_is_his_own_in_the_queue(
    english: Client, mutual_match: Match, administrator: User
) -> None:
    english.force_login(administrator)
    before = mutual_match.get_absolute_url() in english.get("/review/").content.decode()

    Membership.objects.create(user=administrator, organization=mutual_match.need.owner, role="manager")

    assert before
    assert mutual_match.get_absolute_url() not in english.get("/review/").content.decode()


def test_a_supervisor_sees_mutual_interest_of_the_own_region_and_chain_only(
    english: Client, mutual_match: Match
) -> None:
    node = ChainNodeFactory.create(chain__code="cnc")
    mutual_match.need.chain_nodes.add(node)
    region = mutual_match.need.owner.region
    elsewhere, other_chain = RegionFactory.create(code="440000"), ChainFactory.create(code="shipbuilding")
    people = [
        supervisor(region, node.chain),
        supervisor(elsewhere, node.chain),
        supervisor(region, other_chain),
    ]

    statuses = []
    for person in people:
        english.force_login(person)
        statuses.append(english.get(mutual_match.get_absolute_url()).status_code)

    assert statuses == [200, 404, 404]


def test_a_supervisor_does_not_see_bare_suggestions(english: Client, match: Match, supervisor: User) -> None:
    english.force_login(supervisor)

    assert english.get(match.get_absolute_url()).status_code == 404


def test_each_requirement_stands_with_the_figures_of_both_sides(
    english: Client, compared: Match, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    page = page_of(english, compared)

    rows = re.findall(r"<tr class=\"ledger__row.*?</tr>", page, re.DOTALL)
    assert [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows] == [
        "≤ 25 K temperature rise met 12% better than asked 22 K",
        "≥ 8,000 h bearing life missed 25% short of the target 6,000 h",
        "< 70 dB noise unknown nothing stated",
    ]


def test_the_page_says_why_and_what_speaks_against_it(
    english: Client, compared: Match, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    page = page_of(english, compared)

    assert "Both speak of <mark>spindle</mark>." in page
    assert "bearing life: asked ≥ 8,000 h, shown 6,000 h." in page
    assert "what the texts share" in page
    assert "place on the chain" not in page


def test_matched_terms_are_marked_in_the_texts_of_both_sides(
    english: Client, compared: Match, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    page = page_of(english, compared)

    assert "At 20,000 rpm the <mark>spindle</mark> heats up" in page
    assert "Ceramic ball <mark>bearings</mark> with oil-air lubrication" in page


def test_a_suggestion_without_data_claims_nothing(english: Client, match: Match, enterprise_manager: User) -> None:
    english.force_login(enterprise_manager)

    page = page_of(english, match)

    assert "The texts share no words; the score rests on the facts below." in page
    assert "The need names no performance targets." in page
    assert "Both speak of" not in page


def test_what_people_wrote_is_never_markup(english: Client, compared: Match, enterprise_manager: User) -> None:
    compared.need.title_en = "<script>alert(1)</script> spindle"
    compared.need.save()
    english.force_login(enterprise_manager)

    assert "<script>alert(1)" not in page_of(english, compared)


def test_saying_yes_changes_the_state_and_says_whose_turn_it_is(
    english: Client, match: Match, enterprise_manager: User
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post(
        f"{match.get_absolute_url()}express_interest/", {"version": match.version}, follow=True
    ).content.decode()

    match.refresh_from_db()
    assert match.status == "one_sided"
    assert "Done. It is now “One side interested”." in answer
    assert f"{match.achievement.owner.name_en} is to answer" in answer
    assert "expressed interest" in answer


def test_a_fault_stands_beside_its_field_with_what_was_said(
    english: Client, mutual_match: Match, administrator: User
) -> None:
    english.force_login(administrator)

    answer = english.post(
        f"{mutual_match.get_absolute_url()}refuse/", {"version": mutual_match.version, "reason": "rights", "note": " "}
    )

    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="rights" required checked' in page
    assert 'aria-invalid="true" aria-describedby="tried-note-error"' in page
    assert page.count("Write what the other side should know or do next.") == 1
    mutual_match.refresh_from_db()
    assert mutual_match.status == "mutual"


@pytest.mark.parametrize("note", ["<b>no</b>", "x" * 2001])
def test_a_note_that_is_no_plain_text_comes_back_with_the_form(
    english: Client, mutual_match: Match, administrator: User, note: str
) -> None:
    english.force_login(administrator)

    answer = english.post(
        f"{mutual_match.get_absolute_url()}refuse/", {"version": mutual_match.version, "reason": "rights", "note": note}
    )

    assert answer.status_code == 400
    assert 'id="tried"' in answer.content.decode()


@pytest.mark.parametrize("version", ["", "-1", "0", "abc", "9" * 30])
def test_a_version_that_is_none_is_bad_input(
    english: Client, match: Match, enterprise_manager: User, version: str
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post(f"{match.get_absolute_url()}express_interest/", {"version": version})

    assert answer.status_code == 400


def test_the_second_of_two_tabs_is_told_that_somebody_changed_it_first(
    english: Client, mutual_match: Match, administrator: User
) -> None:
    services.approve(mutual_match, by=administrator, version=mutual_match.version)
    english.force_login(administrator)

    answer = english.post(f"{mutual_match.get_absolute_url()}approve/", {"version": 1})

    assert answer.status_code == 409
    assert "Somebody changed it first" in answer.content.decode()


def test_looking_at_an_action_s_address_does_nothing_but_lead_to_the_page(
    english: Client, mutual_match: Match, administrator: User
) -> None:
    english.force_login(administrator)

    answer = english.get(f"{mutual_match.get_absolute_url()}approve/")

    mutual_match.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, mutual_match.get_absolute_url())
    assert mutual_match.status == "mutual"


def test_an_action_that_does_not_exist_is_not_found(english: Client, match: Match, administrator: User) -> None:
    english.force_login(administrator)

    answers = [english.post(f"{match.get_absolute_url()}{word}/", {"version": 1}) for word in ("lapse", "suggest", "x")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_an_approved_match_leads_to_its_contract(
    english: Client, mutual_match: Match, administrator: User, enterprise_manager: User, deliver_news: Callable[[], int]
) -> None:
    services.approve(mutual_match, by=administrator, version=mutual_match.version)
    deliver_news()
    english.force_login(enterprise_manager)

    page = page_of(english, mutual_match)

    contract = Contract.objects.get(match=mutual_match)
    assert f'href="{contract.get_absolute_url()}">Open the contract</a>' in page


def test_the_administrator_is_led_to_the_next_in_the_queue(
    english: Client, mutual_match: Match, administrator: User, enterprise_manager: User
) -> None:
    following = MatchFactory.create(status="mutual")
    link = f'href="{following.get_absolute_url()}"'

    english.force_login(administrator)
    for_administrator = link in page_of(english, mutual_match)
    english.force_login(enterprise_manager)
    for_manager = link in page_of(english, mutual_match)

    assert (for_administrator, for_manager) == (True, False)


def test_the_page_costs_the_same_with_one_look_alike_and_with_three(
    english: Client, match: Match, enterprise_manager: User, count_queries: Callable[[str], int]
) -> None:
    english.force_login(enterprise_manager)
    MatchFactory.create(need=match.need)
    count_queries(match.get_absolute_url())

    with_one = count_queries(match.get_absolute_url())
    MatchFactory.create_batch(2, need=match.need)

    assert count_queries(match.get_absolute_url()) == with_one
