"""What the draft of a contract begins with: what the posts say already, and the usual periods."""

from typing import Any

from contracts.particulars.declared import DECLARED
from information.facts import target_figure
from information.models import Achievement, Need
from web.bilingual import part


def from_the_posts(need: Need, achievement: Achievement) -> dict[str, Any]:
    """Goal, acceptance and rights from the posts, and the usual values of everything that has one.

    Nothing from a post that is open under a non-disclosure agreement only: nobody has signed one yet.
    """
    found: dict[str, Any] = {each.key: each.usual for each in DECLARED if each.usual is not None}
    found |= from_the_need(need) if need.visibility != Need.Visibility.NDA else {}
    if achievement.visibility != Achievement.Visibility.NDA:
        found["rights"] = [right(row, achievement) for row in achievement.ip]
    return {key: value for key, value in found.items() if value and value != {"zh": "", "en": ""}}


def from_the_need(need: Need) -> dict[str, Any]:
    """What is to be reached, and how it is accepted."""
    found: dict[str, Any] = {}
    if targets := need.targets:
        found["goal"] = {language: goal(targets, language) for language in ("zh", "en")}
        found["acceptance_method"] = {language: methods(targets, language) for language in ("zh", "en")}
    if need.acceptance_zh or need.acceptance_en:
        found["acceptance_standard"] = {"zh": need.acceptance_zh, "en": need.acceptance_en}
    elif "goal" in found:
        found["acceptance_standard"] = found["goal"]
    return found


def goal(targets: list[Any], language: str) -> str:
    """The performance targets in one sentence."""
    figures = [f"{part(row, f'parameter_{language}')} {target_figure(row)}".strip() for row in targets]
    return ("；" if language == "zh" else "; ").join(figures) + ("。" if language == "zh" else ".")


def methods(targets: list[Any], language: str) -> str:
    """How the targets are tested, as far as the need says."""
    said = list(dict.fromkeys(text for row in targets if (text := part(row, f"method_{language}"))))
    return ("；" if language == "zh" else "; ").join(said)


def right(row: dict[str, Any], achievement: Achievement) -> dict[str, str]:
    """A right of the achievement as the contract lists it; its days are for the parties to add."""
    return {
        "zh": achievement.title_zh or achievement.title_en,
        "en": achievement.title_en or achievement.title_zh,
        "number": str(row.get("number", "")),
        "holder": achievement.owner.name_zh,
        "filed": "",
        "expires": "",
    }
