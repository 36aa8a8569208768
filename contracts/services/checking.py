"""What people write into a contract, checked the same way for pages and API."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models.library import no_unknown_placeholders
from contracts.paper import unprintable
from contracts.particulars import PARTICULARS, checked, placeholders
from journal.errors import BadInput
from texts.plain import validate_plain

LENGTHS = {"body_zh": 8_000, "body_en": 16_000}
"""As the fields of a clause hold."""


def checked_body(body_zh: str, body_en: str) -> dict[str, str]:
    """Both texts of a clause, plain and with the same placeholders; raises BadInput beside the field at fault."""
    texts = {
        name: checked_text(text, name, most=LENGTHS[name])
        for name, text in (("body_zh", body_zh), ("body_en", body_en))
    }
    for name, text in texts.items():
        try:
            no_unknown_placeholders(text)
        except ValidationError as fault:
            raise BadInput(" ".join(fault.messages), fields={name: fault.messages}) from fault
    if odd := sorted(set(placeholders(texts["body_zh"])) ^ set(placeholders(texts["body_en"]))):
        said = _("“{%(key)s}” stands in one language only. Both must be filled by the same particulars.")
        raise BadInput(said % {"key": odd[0]}, fields={"body_en": [said % {"key": odd[0]}]})
    return texts


def checked_text(text: Any, name: str, *, most: int, required: bool = True) -> str:
    """Plain text of bounded length; raises BadInput for the field of this name."""
    problems: list[str] = []
    said = text.replace("\r\n", "\n").strip() if isinstance(text, str) else ""
    if not isinstance(text, str):
        problems.append(_("A text is expected."))
    elif required and not said:
        problems.append(_("Write something."))
    elif len(said) > most:
        problems.append(_("At most %(length)s characters.") % {"length": most})
    try:
        validate_plain(said)
    except ValidationError as fault:
        problems += fault.messages
    if not problems and (strange := unprintable(said)):
        problems.append(_("These characters cannot be printed: %(characters)s.") % {"characters": strange[:20]})
    if problems:
        raise BadInput(" ".join(problems), fields={name: problems})
    return said


def checked_particulars(raw: Mapping[str, Any], *, allowed: Iterable[str] | None = None) -> dict[str, Any]:
    """Particulars in their stored form, only those that are asked for here; raises BadInput by particular.

    An empty one is kept as None, so that it can be taken back.
    """
    if not isinstance(raw, Mapping):
        raise BadInput(
            _("An object of particulars is expected."), fields={"particulars": [_("An object is expected.")]}
        )
    asked = set(PARTICULARS if allowed is None else allowed)
    if odd := sorted(str(key) for key in raw if key not in asked):
        said = _("This particular has no place here.")
        raise BadInput(said, fields={key[:80]: [said] for key in odd})
    try:
        values = checked(raw)
    except ValidationError as fault:
        raise BadInput(" ".join(fault.messages), fields=fault.message_dict) from fault
    return {key: values.get(key) for key in raw}
