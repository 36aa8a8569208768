"""The structured parts of a post: performance targets, quantified benefits, intellectual property.

Each is a list of small records in a JSON field; the checks here are the model fields' validators, so that pages, API
and import accept exactly the same.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _

from texts.plain import validate_plain

OPERATORS = ("<=", ">=", "<", ">", "=")
IP_KINDS = ("invention_patent", "utility_model", "software_copyright", "know_how")
IP_STATUSES = ("granted", "pending", "secret")
LARGEST = 1e12
"""No physical figure of a technical need is larger in any unit in use."""

Check = Callable[[Any], None]


def line(length: int) -> Check:
    """A check for one line of plain text."""

    def check(value: Any) -> None:
        if not isinstance(value, str):
            raise ValidationError(_("Write text here."))
        if len(value) > length:
            raise ValidationError(_("At most %(length)s characters.") % {"length": length})
        validate_plain(value)

    return check


def number(value: Any) -> None:
    """A check for a finite figure of sensible size."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValidationError(_("Write a number here."))
    if not -LARGEST <= value <= LARGEST:
        raise ValidationError(_("This number is out of any sensible range."))


def number_or_none(value: Any) -> None:
    """The same where the figure may be unknown."""
    if value is not None:
        number(value)


def one_of(*values: str) -> Check:
    """A check for one of some words."""

    def check(value: Any) -> None:
        if value not in values:
            raise ValidationError(_("Choose one of: %(values)s.") % {"values": ", ".join(values)})

    return check


SHAPES: Mapping[str, Mapping[str, Check]] = {
    "targets": {
        "parameter_zh": line(80),
        "parameter_en": line(120),
        "operator": one_of(*OPERATORS),
        "value": number,
        "unit": line(24),
        "method_zh": line(200),
        "method_en": line(300),
    },
    "benefits": {
        "metric_zh": line(80),
        "metric_en": line(120),
        "baseline": number_or_none,
        "value": number,
        "unit": line(24),
    },
    "ip": {"kind": one_of(*IP_KINDS), "status": one_of(*IP_STATUSES), "number": line(40)},
}
NAMES = {"targets": ("parameter_zh", "parameter_en"), "benefits": ("metric_zh", "metric_en"), "ip": ()}
OPTIONAL = {"unit": "", "baseline": None, "number": "", "method_zh": "", "method_en": ""}
MOST = 20


@deconstructible
class Rows:
    """Validator of a JSON field that holds records of one of the shapes."""

    def __init__(self, shape: str) -> None:
        self.shape = shape

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and other.shape == self.shape

    def __hash__(self) -> int:
        return hash(self.shape)

    def __call__(self, value: Any) -> None:
        """Raise ValidationError naming the row and the field of the first fault."""
        if not isinstance(value, list) or len(value) > MOST:
            raise ValidationError(_("A list of at most %(most)s rows is expected.") % {"most": MOST})
        for place, row in enumerate(value, start=1):
            try:
                self.check(row)
            except ValidationError as fault:
                raise ValidationError(
                    _("Row %(row)s: %(fault)s") % {"row": place, "fault": " ".join(fault.messages)}
                ) from fault

    def check(self, row: Any) -> None:
        """One record: known fields only, each with its check, and a name in at least one language."""
        fields = SHAPES[self.shape]
        if not isinstance(row, dict):
            raise ValidationError(_("A record with named fields is expected."))
        if unknown := sorted(str(name) for name in row.keys() - fields.keys()):
            raise ValidationError(_("Unknown field: %(names)s.") % {"names": ", ".join(unknown)[:80]})
        for name, check in fields.items():
            try:
                check(row.get(name, OPTIONAL.get(name, "")))
            except ValidationError as fault:
                raise ValidationError(f"{name}: {' '.join(fault.messages)}") from fault
        names = NAMES[self.shape]
        if names and not any(str(row.get(name, "")).strip() for name in names):
            raise ValidationError(_("Name it in Chinese or English."))
