"""Needs: what an enterprise cannot do yet."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from information.models.post import Post, PostQuerySet
from information.records import Rows
from taxonomy.models import ContractType
from texts.fields import ProseField

TRL = (MinValueValidator(1), MaxValueValidator(9))
MOST_MONEY = Decimal("1e12")


class Need(Post):
    """A technical need of an organization, with the figures that an answer must reach."""

    NOUN = "need"
    TEXT = "problem"

    class Currency(models.TextChoices):
        CNY = "CNY", _("yuan")
        USD = "USD", _("US dollar")
        EUR = "EUR", _("euro")

    type = models.ForeignKey(
        ContractType, on_delete=models.PROTECT, to_field="code", verbose_name=_("kind of cooperation")
    )
    problem_zh = ProseField(_("problem, in Chinese"), blank=True)
    problem_en = ProseField(_("problem, in English"), max_length=16000, blank=True)
    present_state_zh = ProseField(_("present state, in Chinese"), max_length=2000, blank=True)
    present_state_en = ProseField(_("present state, in English"), max_length=4000, blank=True)
    acceptance_zh = ProseField(_("acceptance criteria, in Chinese"), max_length=2000, blank=True)
    acceptance_en = ProseField(_("acceptance criteria, in English"), max_length=4000, blank=True)
    targets = models.JSONField(_("performance targets"), default=list, blank=True, validators=[Rows("targets")])
    trl_current = models.PositiveSmallIntegerField(_("TRL today"), null=True, blank=True, validators=TRL)
    trl_required = models.PositiveSmallIntegerField(_("TRL required"), null=True, blank=True, validators=TRL)
    budget_min = models.DecimalField(
        _("budget from"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MONEY)],
    )  # fmt: skip
    budget_max = models.DecimalField(
        _("budget up to"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MONEY)],
    )  # fmt: skip
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.CNY)
    deadline = models.DateField(_("needed by"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints: ClassVar = [
            *Post.Meta.constraints,
            models.CheckConstraint(
                condition=Q(budget_min=None) | Q(budget_max=None) | Q(budget_min__lte=F("budget_max")),
                name="information_need_budget_in_order",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        problems: dict[str, Any] = {}
        if self._state.adding and self.deadline and self.deadline < timezone.localdate():
            problems["deadline"] = _("This day has passed.")
        if self.budget_min is not None and self.budget_max is not None and self.budget_min > self.budget_max:
            problems["budget_max"] = _("The upper end of the budget lies below its lower end.")
        if self.trl_current and self.trl_required and self.trl_current > self.trl_required:
            problems["trl_required"] = _("The level required lies below today's level.")
        if problems:
            raise ValidationError(problems)
