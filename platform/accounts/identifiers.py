"""Identifiers of organizations."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SHAPE = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


def uscc_check_character(body: str) -> str:
    """The check character of the first 17 places (GB 32100-2015, 5.4): weights 3^i mod 31, and mod 31 once more."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return ALPHABET[(31 - total % 31) % 31]


def validate_uscc(number: str) -> None:
    """Raise ValidationError unless this is a unified social credit code with its check character right."""
    if len(number) != 18:
        raise ValidationError(_("A unified social credit code has 18 characters."), code="length")
    if not SHAPE.fullmatch(number):
        raise ValidationError(
            _("A unified social credit code holds digits and capital letters without I, O, S, V, Z."), code="characters"
        )
    if number[-1] != uscc_check_character(number[:-1]):
        raise ValidationError(_("The check character does not fit: one character is mistyped."), code="check")
