"""Achievements: what a university or institute can offer."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from information.models.need import MOST_MONEY, TRL
from information.models.post import Post, PostQuerySet
from information.records import Rows
from taxonomy.models import InnovationStage
from texts.fields import ProseField


class Achievement(Post):
    """A result of research that others may use, with what it measurably brings."""

    NOUN = "achievement"
    TEXT = "description"

    class Type(models.TextChoices):
        PATENT = "patent", _("Patent")
        KNOW_HOW = "know_how", _("Know-how")
        SOFTWARE = "software", _("Software")
        TEAM = "team", _("Team")
        SERVICE = "service", _("Service")

    class OfferMode(models.TextChoices):
        EXCLUSIVE_LICENCE = "exclusive_licence", _("Exclusive licence")
        NONEXCLUSIVE_LICENCE = "nonexclusive_licence", _("Non-exclusive licence")
        TRANSFER = "transfer", _("Transfer")
        JOINT_DEVELOPMENT = "joint_development", _("Joint development")
        EQUITY = "equity", _("Equity")
        OPEN_LICENCE = "open_licence", _("Open licence")
        TRY_BEFORE_PAY = "try_before_pay", _("Try before pay")

    type = models.CharField(_("kind of achievement"), max_length=10, choices=Type.choices)
    description_zh = ProseField(_("description, in Chinese"), blank=True)
    description_en = ProseField(_("description, in English"), max_length=16000, blank=True)
    benefits = models.JSONField(_("quantified benefits"), default=list, blank=True, validators=[Rows("benefits")])
    stage = models.ForeignKey(
        InnovationStage,
        on_delete=models.PROTECT,
        to_field="code",
        null=True,
        blank=True,
        verbose_name=_("innovation stage"),
    )
    trl = models.PositiveSmallIntegerField(_("TRL"), null=True, blank=True, validators=TRL)
    trl_evidence_zh = ProseField(_("evidence for the TRL, in Chinese"), max_length=1000, blank=True)
    trl_evidence_en = ProseField(_("evidence for the TRL, in English"), max_length=2000, blank=True)
    ip = models.JSONField(_("intellectual property"), default=list, blank=True, validators=[Rows("ip")])
    offer_modes = ArrayField(
        models.CharField(max_length=20, choices=OfferMode.choices),
        default=list,
        blank=True,
        verbose_name=_("offered as"),
    )
    price_expectation = models.DecimalField(
        _("price expected"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MONEY)],
    )  # fmt: skip

    objects = PostQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        constraints: ClassVar = [*Post.Meta.constraints]

    def clean(self) -> None:
        super().clean()
        if self.stage and self.trl and not self.stage.trl_from <= self.trl <= self.stage.trl_to:
            raise ValidationError({"trl": _("This TRL does not belong to the innovation stage.")})
