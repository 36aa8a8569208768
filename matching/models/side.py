"""The two sides of a match, and of everything that follows from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    NEED = "need", _("The need's side")
    ACHIEVEMENT = "achievement", _("The achievement's side")

    @property
    def other(self) -> "Side":
        """The side across the table."""
        return Side.ACHIEVEMENT if self == Side.NEED else Side.NEED
