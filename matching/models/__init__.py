"""Matches, the queue of the engine, what became of matches, and what the engine learns from them."""

from matching.models.example import Example, Showing
from matching.models.glossary import GlossaryTerm
from matching.models.match import DeclineReason, Match, MatchQuerySet, RefuseReason
from matching.models.outcome import Outcome
from matching.models.papers import Nda, NdaSignature, Proposal, TermSheet
from matching.models.ranker import RankerVersion
from matching.models.room import BreakOffReason, Handover, Room, RoomQuerySet
from matching.models.rule import FACTS, Rule
from matching.models.scoring import Scoring
from matching.models.shard import Shard, ShardQuerySet
from matching.models.side import Side
from matching.models.snapshot import Snapshot
from matching.models.talk import Meeting, Message, Question, Slot
from matching.models.track_record import TrackRecord
from matching.models.vector import Vector

__all__ = [
    "FACTS",
    "BreakOffReason",
    "DeclineReason",
    "Example",
    "GlossaryTerm",
    "Handover",
    "Match",
    "MatchQuerySet",
    "Meeting",
    "Message",
    "Nda",
    "NdaSignature",
    "Outcome",
    "Proposal",
    "Question",
    "RankerVersion",
    "RefuseReason",
    "Room",
    "RoomQuerySet",
    "Rule",
    "Scoring",
    "Shard",
    "ShardQuerySet",
    "Showing",
    "Side",
    "Slot",
    "Snapshot",
    "TermSheet",
    "TrackRecord",
    "Vector",
]
