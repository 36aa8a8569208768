"""Vectors of texts, kept so that no text is embedded twice."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vector(models.Model):
    """What a text means to a model (its name and revision), whoever asked for it on whichever machine."""

    model = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    halves = models.BinaryField()

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "digest"], name="matching_vector_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.digest[:12]}"
