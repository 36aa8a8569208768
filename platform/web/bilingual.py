"""Texts that exist in Chinese, in English or in both: which one a reader sees, and what the page says about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from web.wording import in_chinese

Language = Literal["zh", "en"]
TAGS: Mapping[Language, str] = {"zh": "zh-Hans", "en": "en"}
"""What stands in the attribute `lang`."""


@dataclass(frozen=True)
class Reading:
    """The text shown, its language, and a note on it: that it is the original, or a machine's or an old translation."""

    text: str
    language: Language
    note: str | Promise = ""

    @property
    def lang(self) -> str:
        return TAGS[self.language]


def reading(subject: Any, name: str) -> Reading:
    """The `name` of an object or mapping in the reader's language, in the other one if it is missing there."""
    own, other = reader_languages()
    if text := part(subject, f"{name}_{own}"):
        return Reading(text, own, ORIGINS.get(part(subject, f"origin_{own}"), ""))
    if text := part(subject, f"{name}_{other}"):
        return Reading(text, other, _("original"))
    return Reading(str(UNNAMED.get(name, "")), own)


UNNAMED: Mapping[str, Promise] = {"title": _("Untitled")}
"""What stands in place of a text that every object needs, so that its link can be seen and heard."""
ORIGINS: Mapping[str, Promise] = {"machine": _("machine translation"), "stale": _("older translation")}


def reader_languages() -> tuple[Language, Language]:
    """The reader's language and the other one."""
    return ("zh", "en") if in_chinese() else ("en", "zh")


def part(subject: Any, name: str) -> str:
    """A field of an object or a mapping as text, "" if there is none; lists are joined."""
    value = subject.get(name, "") if isinstance(subject, Mapping) else getattr(subject, name, "")
    if isinstance(value, list | tuple):
        return ("、" if name.endswith("_zh") else ", ").join(str(each) for each in value)
    return str(value or "")
