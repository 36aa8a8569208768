"""Matches, the queue of the engine, what became of matches, and what the engine learns from them."""

from matching.models.example import Example, Showing, Side
from matching.models.glossary import GlossaryTerm
from matching.models.match import DeclineReason, Match, MatchQuerySet, RefuseReason
from matching.models.outcome import Outcome
from matching.models.rule import FACTS, Rule
from matching.models.scoring import Scoring
from matching.models.shard import Shard, ShardQuerySet
from matching.models.snapshot import Snapshot
from matching.models.track_record import TrackRecord

__all__ = [
    "FACTS",
    "DeclineReason",
    "Example",
    "GlossaryTerm",
    "Match",
    "MatchQuerySet",
    "Outcome",
    "RefuseReason",
    "Rule",
    "Scoring",
    "Shard",
    "ShardQuerySet",
    "Showing",
    "Side",
    "Snapshot",
    "TrackRecord",
]
