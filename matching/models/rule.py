"""Rules by which administrators steer suggestions, and their lifecycle: nothing is switched on untried."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information.models import Achievement
from jobs.models import Job
from journal.lifecycle import Lifecycle, Move
from policy import Actor, visible
from taxonomy.models import Chain, ChainNode, Industry, InnovationStage, Region
from texts.fields import LineField


@dataclass(frozen=True)
class Fact:
    """Something an achievement states: its name, the operators that can ask for it, and what it may be.

    `terms` is the classification whose codes it takes or the choices; None: a number from `least` to `most`.
    """

    label: str | Promise
    operators: tuple[str, ...]
    terms: type[models.Model] | type[models.TextChoices] | None = None
    least: float = 0
    most: float = 1e12


FACTS: Mapping[str, Fact] = {
    "trl": Fact(_("TRL"), ("at_least", "at_most"), least=1, most=9),
    "figures": Fact(_("quantified benefits stated"), ("at_least",), most=30),
    "price": Fact(_("price expected"), ("at_most", "at_least")),
    "region": Fact(_("region"), ("begins", "same"), Region),
    "owner_kind": Fact(_("kind of organization"), ("is",), Organization.Kind),
    "type": Fact(_("kind of achievement"), ("is",), Achievement.Type),
    "stage": Fact(_("stage"), ("is",), InnovationStage),
    "offer_mode": Fact(_("form of cooperation offered"), ("is",), Achievement.OfferMode),
    "node": Fact(_("chain node"), ("is",), ChainNode),
    "industry": Fact(_("industry"), ("begins",), Industry),
}
"""What a rule can look at, said once for models, forms, pages and the engine."""


def tried_as_it_stands(rule: "Rule", actor: Actor) -> Mapping[str, list[str]]:
    """What it would have changed is known, for the rule as it stands now."""
    if rule.trial.get("definition") == rule.definition:
        return {}
    return {"": [_now("Try the rule on past data first.")]}


class RuleQuerySet(models.QuerySet["Rule"]):
    def visible_to(self, actor: Actor) -> "RuleQuerySet":
        return visible(self, actor, "rule.view")  # type: ignore[return-value]

    def in_force(self) -> "RuleQuerySet":
        """Those that the engine follows now."""
        return self.filter(status=Rule.Status.IN_FORCE)


class Rule(Lifecycle):
    """One condition on achievements and what follows from it, for the needs of one industrial chain or for all."""

    NOUN = "rule"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        TRIALLED = "trialled", _("Tried on past data")
        IN_FORCE = "in_force", _("In force")
        RETIRED = "retired", _("Retired")

    class Operator(models.TextChoices):
        IS = "is", _("is")
        AT_LEAST = "at_least", _("is at least")
        AT_MOST = "at_most", _("is at most")
        BEGINS = "begins", _("belongs to")
        SAME = "same", _("is in the need's province")

    class Effect(models.TextChoices):
        MUST_HAVE = "must_have", _("Must have: all others are left out")
        EXCLUDE = "exclude", _("Exclude: left out")
        PROMOTE = "promote", _("Promote: moves up")
        DEMOTE = "demote", _("Demote: moves down")

    NOTE_TRIAL = Move("note_trial", "trialled", _("Keep what the trial showed"))
    RETIRE = Move("retire", "retired", _("Retire"), note="optional")
    MOVES: ClassVar = {
        Status.DRAFT: {Status.TRIALLED: NOTE_TRIAL, Status.RETIRED: RETIRE},
        Status.TRIALLED: {
            Status.TRIALLED: NOTE_TRIAL,
            Status.DRAFT: Move("edit", "edited", _("Change")),
            Status.IN_FORCE: Move(
                "enact", "enacted", _("Put into force"), guard=tried_as_it_stands, note="optional", tone="primary",
                sets={"enacted_at": timezone.now},
            ),
            Status.RETIRED: RETIRE,
        },
        Status.IN_FORCE: {Status.RETIRED: RETIRE},
    }  # fmt: skip

    title = LineField(_("title"), max_length=80)
    chain = models.ForeignKey(
        Chain, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("industrial chain")
    )
    field = models.CharField(
        _("what it looks at"), max_length=20, choices=[(name, f.label) for name, f in FACTS.items()]
    )
    operator = models.CharField(_("condition"), max_length=10, choices=Operator.choices)
    value = LineField(_("value"), max_length=60, blank=True)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect.choices)
    strength = models.FloatField(
        _("strength"), default=0.3, validators=[MinValueValidator(0.05), MaxValueValidator(0.9)]
    )
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False)
    trial = models.JSONField(_("what the trial showed"), default=dict, editable=False)
    trial_job = models.ForeignKey(
        Job, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("trial")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    enacted_at = models.DateTimeField(_("in force since"), null=True, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(strength__gte=0.05, strength__lte=0.9), name="matching_rule_strength"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("matching:rule", args=[self.pk])

    @property
    def definition(self) -> dict[str, Any]:
        """All that the engine reads of it."""
        chain = self.chain.code if self.chain else ""
        stated = ("field", "operator", "value", "effect", "strength")
        return {"chain": chain, **{name: getattr(self, name) for name in stated}}

    @property
    def moves_scores(self) -> bool:
        """Whether it moves suggestions up or down, rather than leaving some out."""
        return self.effect in (Rule.Effect.PROMOTE, Rule.Effect.DEMOTE)

    def clean(self) -> None:
        """The operator and the value must be such that the fact can satisfy them."""
        super().clean()
        if self.strength is not None and math.isnan(self.strength):
            raise ValidationError({"strength": _now("Give a number.")})
        fact = FACTS.get(self.field)
        if fact is None:
            return
        if self.operator not in fact.operators:
            allowed = ", ".join(str(Rule.Operator(each).label) for each in fact.operators)
            raise ValidationError({"operator": _now("Here it can only be: %(operators)s.") % {"operators": allowed}})
        self.value = "" if self.operator == Rule.Operator.SAME else self.value.strip()
        if self.operator != Rule.Operator.SAME and (fault := fault_of(fact, self.value)):
            raise ValidationError({"value": fault})


def fault_of(fact: Fact, value: str) -> str:
    """What is wrong with a value for this fact; "" if nothing is."""
    if fact.terms is None:
        try:
            number = float(value)
        except ValueError:
            return _now("Give a number.")
        said = _now("Give a number from %(least)g to %(most)g.") % {"least": fact.least, "most": fact.most}
        return "" if fact.least <= number <= fact.most else said
    if issubclass(fact.terms, models.TextChoices):
        known = value in fact.terms.values
        return "" if known else _now("Choose one of: %(values)s.") % {"values": ", ".join(fact.terms.values)}
    known = bool(value) and fact.terms._default_manager.filter(code=value).exists()
    return "" if known else _now("“%(value)s” is no code of this classification.") % {"value": value}
