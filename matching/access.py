"""How the two sides of a match come to read each other's posts."""

from information.models import Grant
from information.services import grant
from matching.models import Match
from policy import Actor


def open_to_each_other(match: Match, level: Grant.Level, *, by: Actor) -> None:
    """Let each side read the other's post as far as the level goes; always the need first, as locks are taken."""
    grant(match.need, match.achievement.owner, level, source=source_of(match), by=by)
    grant(match.achievement, match.need.owner, level, source=source_of(match), by=by)


def source_of(match: Match) -> str:
    """What the access that a match brings is known by."""
    return f"match:{match.pk}"
