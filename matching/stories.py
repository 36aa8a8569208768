"""What has already happened in the demonstration: matches in the states that people want to see."""

from collections.abc import Callable
from itertools import chain, repeat

from information.demonstration import Demonstration, manager_of
from matching import services
from matching.docking.stories import agreed, in_the_middle
from matching.learning import examples, rankers
from matching.models import DeclineReason, Match
from policy import PLATFORM

Story = Callable[[Match], None]


def tell(demonstration: Demonstration) -> int:
    """Let the sides of some intended pairs speak; gives how many matches moved.

    Three become mutual and wait for the administrator, one is declined, two are approved: one docking room is in the
    middle of its talks, in the other the terms are agreed. All others have one side's word, what was written to look
    alike without answering the need is declined, and the engine begins to learn from all that. A match on which
    somebody has spoken already is left alone, so a second run changes nothing.
    """
    told = 0
    for pair, story in zip(demonstration.intended(), chain(STORIES, repeat(need_side_agrees)), strict=False):
        told += happens(pair["need"], pair["achievement"], story)
        for near_miss in pair["near_misses"]:
            told += happens(pair["need"], near_miss["achievement"], need_side_declines)
    if told:
        rankers.start(by=PLATFORM)
    return told


def happens(need: str, achievement: str, story: Story) -> bool:
    """Let it happen to the match of a pair, if there is one on which nobody has spoken."""
    match = suggestion_of(need, achievement)
    if match is None or match.status != Match.Status.SUGGESTED:
        return False
    story(match)
    # The news would do it a moment later, but learning begins right after the stories.
    examples.rebuild(match.pk)
    return True


def suggestion_of(need: str, achievement: str) -> Match | None:
    """The match of a pair by external ids, if the engine has suggested it."""
    matches = Match.objects.filter(need__external_id=need, achievement__external_id=achievement)
    return matches.select_related("need__owner", "achievement__owner").first()


def need_side_agrees(match: Match) -> None:
    services.express_interest(match, by=manager_of(match.need.owner), version=match.version)


def achievement_side_agrees(match: Match) -> None:
    services.express_interest(match, by=manager_of(match.achievement.owner), version=match.version)


def both_agree(match: Match) -> None:
    need_side_agrees(match)
    achievement_side_agrees(match)


def need_side_declines(match: Match) -> None:
    """It speaks the same words about something else, or its figures do not reach what is asked."""
    missed = any(requirement["verdict"] == "missed" for requirement in match.requirements)
    services.decline(
        match,
        by=manager_of(match.need.owner),
        version=match.version,
        reason=DeclineReason.FIGURES if missed else DeclineReason.FIELD,
    )


def achievement_side_declines(match: Match) -> None:
    services.decline(
        match,
        by=manager_of(match.achievement.owner),
        version=match.version,
        reason=DeclineReason.CAPACITY,
        note="试验台本季度已排满，明年一季度后可再联系。",
    )


STORIES: tuple[Story, ...] = (
    both_agree,
    both_agree,
    both_agree,
    need_side_agrees,
    achievement_side_agrees,
    achievement_side_declines,
    in_the_middle,
    agreed,
)
"""What becomes of the first intended pairs, in this order; of the others the need's side wants to hear more."""
