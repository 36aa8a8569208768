"""What was learned, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.models import Job
from matching.learning.features import ENGINE, TRACK_RECORD
from matching.models import RankerVersion
from matching.sheet import PARTS

LABELS = PARTS | {
    ENGINE: gettext_lazy("the engine's own score"),
    TRACK_RECORD: gettext_lazy("track record of the organization"),
}
MUCH, SOME, NOTHING = 0.3, 0.1, 0.005
"""Shares from which a signal weighs much and something, and below which it does not count."""


def weights(ranker: RankerVersion) -> list[dict[str, Any]]:
    """Every signal with its share and what that means."""
    return [each | {"label": LABELS.get(each["name"], each["name"]), "words": words(each)} for each in ranker.weights]


def words(weight: dict[str, Any]) -> str:
    """How much a signal weighs, and in which direction."""
    if weight["share"] < NOTHING:
        return _("does not count")
    helps = weight["helps"]
    if weight["share"] >= MUCH:
        return _("weighs much: the more, the better") if helps else _("weighs much: the more, the worse")
    if weight["share"] >= SOME:
        return _("weighs something: the more, the better") if helps else _("weighs something: the more, the worse")
    return _("weighs little: the more, the better") if helps else _("weighs little: the more, the worse")


def verdict(ranker: RankerVersion) -> str:
    """What the comparison came to, in one sentence."""
    better = ranker.better
    if not better:
        return ""
    figures = {name: f"{better[name]:+.1f}" for name in ("low", "high")}
    figures["points"] = f"{abs(better['difference']):.1f}"
    if better["low"] > 0:
        said = _(
            "On decisions that it had not seen it was surely better than what served: by %(points)s points of nDCG@10"
            " (95 %% interval %(low)s to %(high)s)."
        )
    elif better["difference"] > 0:
        said = _(
            "It was %(points)s points of nDCG@10 better than what served, but not surely (95 %% interval %(low)s to"
            " %(high)s): there are too few decisions, or the difference is too small."
        )
    else:
        said = _(
            "It was not better than what served (95 %% interval of the difference: %(low)s to %(high)s points of"
            " nDCG@10)."
        )
    return said % figures


def last_result(job: Job) -> str:
    """What the last learning came to."""
    said = {
        "too_few": _(
            "%(decisions)s decisions, and %(held_back_needs)s held-back needs with different answers; at least"
            " %(decisions_needed)s and %(needs_needed)s are needed."
        ),
        "known": _("no new decision has changed what is learned."),
        "promoted": _("a better one was found and serves now."),
        "rejected": _("what was learned is not surely better, so nothing changed."),
    }
    return str(said.get(job.result.get("state", ""), "") % job.result)
