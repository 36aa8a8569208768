"""Particulars as JSON values: what is accepted, in one form whatever way it comes in."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.particulars.declared import PARTICULARS, Particular
from texts.plain import validate_plain

LINE, PROSE, MOST_ROWS = 240, 4000, 24
PLACES: Mapping[str, int] = {"money": 2, "percent": 4}
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
INSTALMENT = ("zh", "en", "due", "amount")
RIGHT = ("zh", "en", "number", "holder", "filed", "expires")


def checked(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars in their stored form; empty ones are left out. Raises ValidationError by key.

    Money, percentages and dates are strings ("1200000.00", "12.5", "2026-12-01"), whole numbers integers, texts
    {"zh", "en"}, instalments and rights lists of objects.
    """
    values: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    for key, value in raw.items():
        try:
            if key not in PARTICULARS:
                raise ValidationError(_("There is no such particular."))
            if (kept := kept_form(PARTICULARS[key], value)) is not None:
                values[key] = kept
        except ValidationError as fault:
            faults[str(key)[:80]] = fault.messages
    if faults:
        raise ValidationError(faults)
    return values


def kept_form(particular: Particular, value: Any) -> Any:
    """One value in its stored form, None if nothing is said; raises ValidationError."""
    return None if value in (None, "", [], {}) else READERS[particular.kind](particular, value)


def number(particular: Particular, value: Any) -> str:
    """An exact decimal number within its bounds."""
    return format(decimal(value, *particular.within, PLACES[particular.kind]), "f")


def decimal(value: Any, least: Decimal, most: Decimal, places: int) -> Decimal:
    """A number written in digits; floats are refused, because they are not exact."""
    if (
        isinstance(value, bool)
        or not isinstance(value, str | int | Decimal)
        or not NUMBER.fullmatch(str(value).strip())
    ):
        raise ValidationError(_("A number in digits is expected, for example 1200000 or 12.5."))
    try:
        found = Decimal(str(value).strip())
        exact = found.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation as fault:
        raise ValidationError(_("This number is out of any sensible range.")) from fault
    if exact != found:
        raise ValidationError(_("At most %(places)s decimal places.") % {"places": places})
    if not least <= found <= most:
        raise ValidationError(_("Between %(least)s and %(most)s.") % {"least": least, "most": most})
    return exact if places == PLACES["money"] else found.normalize()


def whole(particular: Particular, value: Any) -> int:
    """A whole number within its bounds."""
    return int(decimal(value, *particular.within, 0))


def day(particular: Particular | None, value: Any) -> str:
    """A day of the calendar, between 2000 and 2100."""
    try:
        found = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as fault:
        raise ValidationError(_("A date is expected, for example 2026-12-01.")) from fault
    if not 2000 <= found.year <= 2100:
        raise ValidationError(_("A date between 2000 and 2100 is expected."))
    return found.isoformat()


def choice(particular: Particular, value: Any) -> str:
    """One of the declared values."""
    if value not in [each.value for each in particular.choices]:
        raise ValidationError(
            _("Choose one of: %(values)s.") % {"values": ", ".join(c.value for c in particular.choices)}
        )
    return str(value)


def texts(particular: Particular, value: Any) -> dict[str, str] | None:
    """A text in both languages, or in one of them for now."""
    most = LINE if particular.kind == "line" else PROSE
    if not isinstance(value, Mapping) or not value.keys() <= {"zh", "en"}:
        raise ValidationError(_("A text in “zh” and in “en” is expected."))
    found = {language: text(value.get(language, ""), most, line=particular.kind == "line") for language in ("zh", "en")}
    return found if any(found.values()) else None


def text(value: Any, most: int, *, line: bool = True) -> str:
    """Plain text of bounded length; a line has no line ends."""
    if not isinstance(value, str):
        raise ValidationError(_("A text is expected."))
    found = " ".join(value.split()) if line else value.replace("\r\n", "\n").strip()
    if len(found) > most:
        raise ValidationError(_("At most %(length)s characters.") % {"length": most})
    validate_plain(found)
    return found


def rows(value: Any, names: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """A list of objects with no other members than these; wholly empty ones are left out."""
    if not isinstance(value, list) or len(value) > MOST_ROWS or not all(isinstance(row, Mapping) for row in value):
        raise ValidationError(_("A list of at most %(most)s rows is expected.") % {"most": MOST_ROWS})
    if odd := next((name for row in value for name in row if name not in names), None):
        raise ValidationError(_("There is no such field.") + f" {str(odd)[:40]}")
    return [row for row in value if any(row.get(name) not in (None, "") for name in names)]


def instalments(particular: Particular, value: Any) -> list[dict[str, str]]:
    """What is paid when: a condition in both languages, the day by which it is expected, the amount."""
    most = Decimal("999999999999.99")
    return [
        {
            "zh": text(row.get("zh") or "", LINE),
            "en": text(row.get("en") or "", LINE),
            "due": day(None, row["due"]) if row.get("due") else "",
            "amount": format(decimal(row.get("amount") or "0", Decimal("0.01"), most, 2), "f"),
        }
        for row in rows(value, INSTALMENT)
    ]


def rights(particular: Particular, value: Any) -> list[dict[str, str]]:
    """Patents and other rights: name, number, holder, filing day, last day."""
    return [
        {
            **{name: text(row.get(name) or "", LINE) for name in ("zh", "en", "number", "holder")},
            **{name: day(None, row[name]) if row.get(name) else "" for name in ("filed", "expires")},
        }
        for row in rows(value, RIGHT)
    ]


READERS: Mapping[str, Callable[[Particular, Any], Any]] = {
    "line": texts,
    "prose": texts,
    "money": number,
    "percent": number,
    "whole": whole,
    "date": day,
    "choice": choice,
    "instalments": instalments,
    "rights": rights,
}
