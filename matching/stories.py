"""What has already happened in the demonstration: matches in the states that people want to see."""

from collections.abc import Callable

from information.demonstration import Demonstration, manager_of
from matching import services
from matching.docking.stories import agreed, in_the_middle
from matching.models import DeclineReason, Match

Story = Callable[[Match], None]


def tell(demonstration: Demonstration) -> int:
    """Let the sides of some intended pairs speak; gives how many matches moved.

    Three become mutual and wait for the administrator, two have one side's word, one is declined, two are approved: one
    docking room is in the middle of its talks, in the other the terms are agreed. A match on which somebody has spoken
    already is left alone, so a second run changes nothing.
    """
    found = (suggestion_of(pair["need"], pair["achievement"]) for pair in demonstration.intended())
    told = 0
    for match, story in zip((match for match in found if match is not None), STORIES, strict=False):
        if match.status == Match.Status.SUGGESTED:
            story(match)
            told += 1
    return told


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
"""What becomes of the first intended pairs, in this order."""
