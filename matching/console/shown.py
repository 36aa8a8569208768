"""What the trial of a rule showed, in words."""

from collections.abc import Mapping
from typing import Any

from information.models import Achievement, Need
from matching.models import Rule


def trial_shown(rule: Rule) -> dict[str, Any] | None:
    """What the trial of a rule showed, its examples with both posts; None before there was one."""
    if not rule.trial:
        return None
    samples = rule.trial.get("samples", [])
    needs = Need.objects.in_bulk([each["need"] for each in samples])
    achievements = Achievement.objects.in_bulk([each["achievement"] for each in samples])
    shown = [
        {"need": needs[each["need"]], "achievement": achievements[each["achievement"]], **places(each)}
        for each in samples
        if each["need"] in needs and each["achievement"] in achievements
    ]
    return {**rule.trial, "samples": shown, "outdated": rule.trial["definition"] != rule.definition}


def places(sample: Mapping[str, Any]) -> dict[str, Any]:
    """From where to where a suggestion would move, with the word for it."""
    was, becomes = sample["was"], sample["becomes"]
    if was is None:
        change = "appears"
    elif becomes is None:
        change = "disappears"
    else:
        change = "up" if becomes < was else "down"
    return {"was": was, "becomes": becomes, "change": change}
