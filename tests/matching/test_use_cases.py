"""Two sides say yes or no to a suggestion, and an administrator decides."""

import pytest

from accounts.models import Membership, User
from information.models import Achievement, Need
from journal.errors import BadInput, GuardFailed, IllegalMove, NotAllowed, StaleVersion
from journal.models import Entry
from matching import services
from matching.models import Match, Outcome
from policy import PLATFORM
from tests import factories


@pytest.fixture
def mutual_elsewhere(match: Match) -> Match:
    """A match of the same achievement with another need."""
    return factories.MatchFactory.create(achievement=match.achievement, status="mutual")


def names(match: Match) -> list[str]:
    """What the journal says of the match, in short."""
    return [name.rpartition(".")[2] for name in Entry.objects.about(match).values_list("name", flat=True)]


def test_one_side_then_the_other_makes_it_mutual(
    match: Match, enterprise_manager: User, university_manager: User
) -> None:
    services.express_interest(match, by=university_manager, version=1)
    services.express_interest(match, by=enterprise_manager, version=2)

    stored = Match.objects.get(pk=match.pk)
    assert (stored.status, stored.version, names(match)) == ("mutual", 3, ["interest_expressed", "became_mutual"])
    assert stored.achievement_interested_at is not None
    assert stored.need_interested_at is not None
    assert stored.achievement_interested_at < stored.need_interested_at
    assert [entry.data["side"] for entry in Entry.objects.about(match)] == ["achievement", "need"]


def test_the_same_side_does_not_speak_twice(match: Match, enterprise_manager: User) -> None:
    services.express_interest(match, by=enterprise_manager, version=1)

    with pytest.raises(NotAllowed):
        services.express_interest(match, by=enterprise_manager, version=2)

    assert Match.objects.get(pk=match.pk).status == "one_sided"


def test_whoever_speaks_for_both_sides_speaks_for_the_need_first(match: Match, enterprise_manager: User) -> None:
    Membership.objects.create(user=enterprise_manager, organization=match.achievement.owner, role="manager")

    services.express_interest(match, by=enterprise_manager, version=1)
    one_side = (match.need_interested_at is not None, Match.objects.get(pk=match.pk).achievement_interested_at)
    services.express_interest(match, by=enterprise_manager, version=2)

    assert one_side == (True, None)
    assert match.status == "mutual"


def test_approving_without_mutual_interest_is_refused(match: Match, administrator: User) -> None:
    with pytest.raises(IllegalMove):
        services.approve(match, by=administrator, version=match.version)

    match.refresh_from_db()
    assert match.status == "suggested"


def test_an_administrator_of_one_side_does_not_approve(mutual_match: Match, administrator: User) -> None:
    Membership.objects.create(user=administrator, organization=mutual_match.need.owner, role="contributor")

    with pytest.raises(NotAllowed):
        services.approve(mutual_match, by=administrator, version=1)

    assert Match.objects.get(pk=mutual_match.pk).status == "mutual"


@pytest.mark.parametrize("side", ["need", "achievement"])
def test_nobody_is_brought_together_over_a_withdrawn_post(mutual_match: Match, administrator: User, side: str) -> None:
    model: type[Need] | type[Achievement] = Need if side == "need" else Achievement
    model.objects.filter(pk=getattr(mutual_match, f"{side}_id")).update(status="withdrawn")

    with pytest.raises(GuardFailed):
        services.approve(mutual_match, by=administrator, version=1)

    assert names(mutual_match) == []


def test_a_no_needs_a_structured_reason(match: Match, university_manager: User) -> None:
    with pytest.raises(BadInput) as refusal:
        services.decline(match, by=university_manager, version=1, reason="just so")

    assert set(refusal.value.fields) == {"reason"}


def test_a_no_ends_it_with_its_reason(match: Match, university_manager: User) -> None:
    services.decline(match, by=university_manager, version=1, reason="capacity", note="Not before autumn.")

    entry = Entry.objects.about(match).get()
    assert (entry.data["reason"], entry.data["note"]) == ("capacity", "Not before autumn.")
    assert [move for _, move in match.moves(university_manager)] == []


def test_a_refusal_says_why(mutual_match: Match, administrator: User) -> None:
    with pytest.raises(BadInput):
        services.refuse(mutual_match, by=administrator, version=1, reason="rights")
    services.refuse(mutual_match, by=administrator, version=1, reason="rights", note="The patent is contested.")

    assert Match.objects.get(pk=mutual_match.pk).status == "refused"


def test_a_match_suggested_again_starts_anew(match: Match, enterprise_manager: User) -> None:
    services.express_interest(match, by=enterprise_manager, version=1)
    match.move_to("lapsed", by=PLATFORM)
    match.move_to("suggested", by=PLATFORM)

    services.express_interest(match, by=enterprise_manager, version=4)

    assert (match.status, match.achievement_interested_at) == ("one_sided", None)


def test_a_withdrawn_need_lets_its_living_matches_lapse_and_no_other(match: Match, mutual_elsewhere: Match) -> None:
    lapsed = services.lapse_all(Match.objects.filter(need=match.need))

    assert lapsed == 1
    assert Match.objects.get(pk=match.pk).status == "lapsed"
    assert Match.objects.get(pk=mutual_elsewhere.pk).status == "mutual"
    assert Entry.objects.about(match).get().data["cause"] == "post_closed"


def test_whoever_sees_an_old_page_is_told_and_nothing_happens(mutual_match: Match, administrator: User) -> None:
    services.approve(Match.objects.get(pk=mutual_match.pk), by=administrator, version=1)

    with pytest.raises(StaleVersion):
        services.approve(mutual_match, by=administrator, version=1)

    assert names(mutual_match) == ["approved"]


def test_the_same_outcome_reported_twice_is_kept_once(match: Match) -> None:
    for _ in range(2):
        services.note_outcome(match.pk, Outcome.Kind.DRAFTED)

    assert match.outcomes.count() == 1
