"""What a match keeps of a suggestion, and which matches a scoring leaves alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from matching.engine import Suggestion
from matching.models import Match


def is_left_alone(match: Match, fields: Mapping[str, Any]) -> bool:
    """Whether nobody answered this suggestion in time and both posts are still as they were then."""
    unchanged = all(getattr(match, name) == fields[name] for name in ("need_hash", "achievement_hash"))
    lapsed = match.status == Match.Status.LAPSED
    return lapsed and match.lapse_cause == Match.LapseCause.UNANSWERED and unchanged


kept_names = (
    "score",
    "sub_scores",
    "features",
    "matched_terms",
    "requirements",
    "reasons",
    "engine_version",
    "need_revision",
    "achievement_revision",
    "need_hash",
    "achievement_hash",
    "rules",
    "passages",
    "scored_at",
)


def kept_fields(suggestion: Suggestion, need_revision: int, achievement_revision: int, at: datetime) -> dict[str, Any]:
    """A suggestion of the engine as the fields of a match, with what it was computed from."""
    return {
        "score": suggestion.score,
        "sub_scores": dict(suggestion.sub_scores),
        "matched_terms": list(suggestion.matched_terms),
        "requirements": [
            {"target": r.target_index, "verdict": r.verdict, "benefit": r.benefit_index, "gap": r.gap}
            for r in suggestion.requirements
        ],
        "reasons": [{"code": reason.code, "params": dict(reason.params)} for reason in suggestion.reasons],
        "need_revision": need_revision,
        "achievement_revision": achievement_revision,
        "scored_at": at,
    }
