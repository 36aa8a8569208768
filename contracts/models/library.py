"""The clause library: texts in Chinese and English, each change a new version."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts.kinds import CLAUSES, KINDS
from contracts.models.contract import Contract
from contracts.particulars import FROM_THE_CONTRACT, PARTICULARS, placeholders
from policy import Actor, visible
from texts.fields import LineField, ProseField


def no_unknown_placeholders(text: str) -> None:
    """Raise ValidationError for a placeholder that no particular fills."""
    if unknown := [key for key in placeholders(text) if key not in PARTICULARS and key not in FROM_THE_CONTRACT]:
        raise ValidationError(
            _("No particular is called “%(key)s”: nothing would ever fill this placeholder."),
            params={"key": unknown[0]},
        )


class LibraryQuerySet(models.QuerySet["LibraryClause"]):
    def visible_to(self, actor: Actor) -> "LibraryQuerySet":
        return visible(self, actor, "library_clause.view")  # type: ignore[return-value]

    def latest_versions(self) -> "LibraryQuerySet":
        """The version in force of every clause and variant."""
        newest = self.model.objects.order_by("key", "variant", "-version").distinct("key", "variant")
        return self.filter(pk__in=newest.values("pk"))


class LibraryClause(models.Model):
    """One version of the text of a clause for certain forms of contract.

    A clause may have variants, of which the particulars in `when` choose one: {"price_form": ["royalty"]}. Texts hold
    placeholders ("{price}") that particulars fill. A version in use is never changed; the next one replaces it.
    """

    NOUN = "library_clause"

    key = models.CharField(_("clause"), max_length=20, choices=list(CLAUSES.items()))
    variant = models.CharField(_("variant"), max_length=20, blank=True)
    version = models.PositiveSmallIntegerField(_("version"))
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Contract.Kind.choices), verbose_name=_("forms of contract")
    )
    when = models.JSONField(_("chosen by"), default=dict, blank=True)
    articles = models.CharField(_("articles of the Civil Code"), max_length=60, blank=True)
    title_zh = LineField(_("title in Chinese"), max_length=60)
    title_en = LineField(_("title in English"), max_length=120)
    body_zh = ProseField(_("text in Chinese"), max_length=6000, validators=[no_unknown_placeholders])
    body_en = ProseField(_("text in English"), max_length=12000, validators=[no_unknown_placeholders])
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause of the library")
        verbose_name_plural = _("clauses of the library")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "variant", "version"], name="contracts_library_once_per_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="contracts_library_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:library-clause", args=[self.pk])

    @property
    def name(self) -> str:
        """The clause and its variant, for example "price/royalty"."""
        return f"{self.key}/{self.variant}" if self.variant else self.key

    def clean(self) -> None:
        super().clean()
        if set(placeholders(self.body_zh)) != set(placeholders(self.body_en)):
            raise ValidationError({"body_en": _("Both languages must have the same placeholders.")})
        if any(kind not in KINDS for kind in self.kinds):
            raise ValidationError({"kinds": _("There is no such form of contract.")})
