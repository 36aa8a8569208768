"""Who is told of what, from the use case to the inbox."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.utils.translation import override

from accounts.models import User
from contracts.models import Contract
from information import services
from information.models import Achievement, Need
from journal.recording import record
from matching import services as matching
from matching.models import Match, Scoring
from notifications.kinds import every_kind
from notifications.lines import lines
from notifications.models import Notice
from policy import PLATFORM
from tests import factories

Deliver = Callable[[], int]


def told(kind: str) -> set[int]:
    """Who was told."""
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("decision", "said", "sentence"),
    [
        ("publish", {}, "“Cooler” was verified and is published now."),
        (
            "return",
            {"reason": "no_figures", "note": "Which speed?"},
            "“Cooler” came back to you for changes. Reason: Figures, units or test methods are missing.",
        ),
        ("reject", {"reason": "duplicate"}, "“Cooler” was rejected. Reason: It is published already."),
    ],
)
def test_the_owner_hears_of_a_decision(
    enterprise_manager: User,
    enterprise_contributor: User,
    administrator: User,
    deliver_news: Deliver,
    decision: str,
    said: dict[str, str],
    sentence: str,
) -> None:
    owner = enterprise_manager.memberships.get().organization
    need = factories.NeedFactory.create(
        owner=owner, created_by=enterprise_contributor, status="submitted", title_en="Cooler"
    )

    services.ACTIONS[decision](need, by=administrator, version=need.version, **said)
    deliver_news()

    notices = list(Notice.objects.filter(recipient=enterprise_manager))
    assert [line.text for line in lines(notices, enterprise_manager)] == [sentence]
    assert told(f"post.{need.status}") == {enterprise_manager.pk, enterprise_contributor.pk}


def test_administrators_hear_of_what_waits_for_them(
    enterprise_manager: User, administrator: User, deliver_news: Deliver
) -> None:
    owner = enterprise_manager.memberships.get().organization
    need = factories.NeedFactory.create(owner=owner, created_by=enterprise_manager)

    services.submit(need, by=enterprise_manager, version=need.version)
    deliver_news()

    assert told("post.submitted") == {administrator.pk}


def test_both_sides_hear_of_suggestions_once_for_all_of_them(
    match: Match, enterprise_manager: User, university_manager: User, administrator: User, deliver_news: Deliver
) -> None:
    del administrator
    record(Scoring(pk=match.need_id), "scored", by=PLATFORM, data={"new": 1, "matches": [match.pk]})
    record(Scoring(pk=match.need_id), "scored", by=PLATFORM, data={"new": 0, "matches": []})
    deliver_news()

    assert enterprise_manager.pk in told("match.suggested")
    assert university_manager.pk in told("match.offered")
    assert university_manager.pk not in told("match.suggested")
    assert Notice.objects.filter(recipient=enterprise_manager).count() == 1


def test_the_other_side_then_both_then_the_administrators_hear_of_interest(
    match: Match, enterprise_manager: User, university_manager: User, administrator: User, deliver_news: Deliver
) -> None:
    matching.express_interest(match, by=enterprise_manager, version=match.version)
    deliver_news()
    first = told("match.one_sided")
    matching.express_interest(match, by=university_manager, version=match.version)
    deliver_news()

    assert university_manager.pk in first
    assert enterprise_manager.pk not in first
    assert enterprise_manager.pk in told("match.mutual")
    assert told("match.to_decide") == {administrator.pk}


@pytest.mark.parametrize(("decision", "kind"), [("approve", "match.approved"), ("refuse", "match.refused")])
def test_both_sides_hear_of_the_decision_on_their_match(
    mutual_match: Match,
    enterprise_manager: User,
    university_manager: User,
    administrator: User,
    deliver_news: Deliver,
    decision: str,
    kind: str,
) -> None:
    said = {"reason": "unfit", "note": "Other material."} if decision == "refuse" else {}

    getattr(matching, decision)(mutual_match, by=administrator, version=mutual_match.version, **said)
    deliver_news()

    assert {enterprise_manager.pk, university_manager.pk} <= told(kind)
    opened = Contract.objects.filter(match=mutual_match).exists()
    assert opened == (decision == "approve")
    assert ({enterprise_manager.pk, university_manager.pk} <= told("contract.opened")) == opened


def test_whoever_declines_is_not_told_but_the_other_side_is(
    match: Match, enterprise_manager: User, university_manager: User, deliver_news: Deliver
) -> None:
    matching.decline(match, by=university_manager, version=match.version, reason="capacity")
    deliver_news()

    assert enterprise_manager.pk in told("match.declined")
    assert university_manager.pk not in told("match.declined")


@pytest.mark.usefixtures("in_english")
def test_every_sentence_can_be_said_in_both_languages(
    mutual_match: Match, need: Need, achievement: Achievement, administrator: User
) -> None:
    contract = factories.ContractFactory.create(match=mutual_match)
    subjects: dict[type[Model], Model] = {
        Match: mutual_match,
        Need: need,
        Achievement: achievement,
        Contract: contract,
    }
    for kind in every_kind():
        for about in kind.about:
            subject = subjects.get(about.model)
            if subject is None:
                continue
            entry = record(subject, "told", by=administrator, data={"new": 2})
            for language in ("zh-hans", "en"):
                with override(language):
                    assert kind.says(entry, subject)
                    assert str(kind.label)
                    assert str(kind.group)
