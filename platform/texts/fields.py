"""Model fields for what people write: a line and a piece of prose, both plain text and bounded."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models

from texts.plain import validate_plain


class LineField(models.CharField):  # type: ignore[type-arg]
    """One line of plain text."""

    default_validators = [  # noqa: RUF012  Django declares it so
        *models.CharField.default_validators,
        validate_plain,
    ]


class ProseField(models.TextField):  # type: ignore[type-arg]
    """Paragraphs of plain text, at most `max_length` characters (8,000 unless told otherwise)."""

    default_validators = [  # noqa: RUF012  Django declares it so
        *models.TextField.default_validators,
        validate_plain,
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 8000, **kwargs})

    @property
    def validators(self) -> list[Any]:
        """TextField leaves its length to the form; here the model enforces it for every way in."""
        return [*super().validators, MaxLengthValidator(self.max_length or 0)]
