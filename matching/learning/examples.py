"""Keeping what was shown, and building examples from what people and floors above have said."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.models import Entry
from matching.learning.labels import Happened, Label, label_of
from matching.models import Example, Match, Outcome, Showing, Side
from policy import standing_of

SNAPSHOT = ("engine_version", "need_hash", "achievement_hash")


def note_shown(matches: Iterable[Match], *, side: Side, first: int, to: User) -> None:
    """Keep at which position of its list each match was shown to this side, `first` being the first one's.

    Only while the side has not spoken, and only for its own people: others look, but do not decide. One query.
    """
    works_for, now = standing_of(to).works_for, timezone.now()
    Showing.objects.bulk_create(
        [
            Showing(match=match, side=side, viewer=to, at=now, position=position, **snapshot(match))
            for position, match in enumerate(matches, start=first)
            if match.status in (Match.Status.SUGGESTED, Match.Status.ONE_SIDED)
            and getattr(match, f"{side}_interested_at") is None
            and getattr(match, side).owner_id in works_for
        ],
        update_conflicts=True,
        unique_fields=["match", "side"],
        update_fields=["viewer", "at", "position", "features", *SNAPSHOT],
    )


def snapshot(kept: Match | Showing) -> dict[str, object]:
    """The signals of a pair and what they were computed from."""
    return {name: getattr(kept, name) for name in ("features", *SNAPSHOT)}


@transaction.atomic
def rebuild(match_id: int) -> Example | None:
    """Build the example of a match anew from the journal and the outcomes; None if nothing speaks about its fit.

    Idempotent. Takes the lock of the match.
    """
    match = Match.locked(match_id)
    label = label_of(happenings(match))
    if label is None:
        Example.objects.filter(match=match).delete()
        return None
    example, _created = Example.objects.update_or_create(
        match=match,
        defaults={"grade": label.grade, "weight": label.weight, "source": label.source, "decided_at": label.at}
        | decided_on(match, label),
    )
    return example


def happenings(match: Match) -> list[Happened]:
    """What happened to a match and what became of it, in the order of time."""
    entries = Entry.objects.about(match)
    said = [
        Happened(entry.name.rpartition(".")[2], entry.at, entry.data.get("reason", ""), entry.data.get("side", ""))
        for entry in entries
    ]
    became = [
        Happened(outcome.kind, outcome.at, value=outcome.value) for outcome in Outcome.objects.filter(match=match)
    ]
    return sorted([*said, *became], key=lambda happened: happened.at)


def decided_on(match: Match, label: Label) -> dict[str, object]:
    """What the side that spoke had before it; where nothing was shown to it in a list, the match as it was scored.

    A match is not scored again once a side has spoken, so both are what the decision rested on.
    """
    showings = {showing.side: showing for showing in match.showings.all()}
    shown = showings.get(label.side) or showings.get(Side.NEED) or showings.get(Side.ACHIEVEMENT)
    return {"position": shown.position if shown else None, **snapshot(shown or match)}
