"""Terms in Chinese and English by which posts are placed, filtered and matched."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """An entry of a published classification, known everywhere by its code."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    label_zh = models.CharField(_("label in Chinese"), max_length=120)
    label_en = models.CharField(_("label in English"), max_length=120)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.label_en if (get_language() or "").startswith("en") else self.label_zh


class Region(Term):
    """A province or city by its GB/T 2260 code."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts", verbose_name=_("in"))

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Industry(Term):
    """One of the nine strategic emerging industries (National Bureau of Statistics, 2018)."""

    class Meta(Term.Meta):
        verbose_name = _("industry")
        verbose_name_plural = _("industries")


class Activity(Term):
    """A branch of economic activity: a division or a group of GB/T 4754-2017."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts", verbose_name=_("in"))

    class Meta(Term.Meta):
        verbose_name = _("economic activity")
        verbose_name_plural = _("economic activities")


class PatentClass(Term):
    """A section or a subclass of the International Patent Classification."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts", verbose_name=_("in"))

    class Meta(Term.Meta):
        verbose_name = _("patent class")
        verbose_name_plural = _("patent classes")


class Chain(Term):
    """An industrial chain: a directed graph of nodes from raw part to use."""

    class Meta(Term.Meta):
        verbose_name = _("industrial chain")
        verbose_name_plural = _("industrial chains")


class ChainNode(Term):
    """One place on an industrial chain where needs and achievements stand."""

    class Tier(models.TextChoices):
        UPSTREAM = "upstream", _("Upstream")
        MIDSTREAM = "midstream", _("Midstream")
        DOWNSTREAM = "downstream", _("Downstream")

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="nodes", verbose_name=_("chain"))
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices)
    feeds = models.ManyToManyField(
        "self", through="ChainLink", symmetrical=False, related_name="fed_by", verbose_name=_("feeds")
    )

    class Meta(Term.Meta):
        verbose_name = _("chain node")
        verbose_name_plural = _("chain nodes")


class ChainLink(models.Model):
    """What one node makes goes into what the other makes."""

    source = models.ForeignKey(ChainNode, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(ChainNode, on_delete=models.CASCADE, related_name="links_in")

    class Meta:
        verbose_name = _("chain link")
        verbose_name_plural = _("chain links")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target"], name="taxonomy_link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="taxonomy_link_to_another_node"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class InnovationStage(Term):
    """A stage from principle to production, tied to technology readiness levels 1–9."""

    trl_from = models.PositiveSmallIntegerField(_("from TRL"))
    trl_to = models.PositiveSmallIntegerField(_("to TRL"))

    class Meta(Term.Meta):
        verbose_name = _("innovation stage")
        verbose_name_plural = _("innovation stages")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(trl_from__gte=1, trl_to__lte=9, trl_from__lte=F("trl_to")), name="taxonomy_stage_within_trl"
            ),
        ]


class ContractType(Term):
    """One of the technology contracts of the Civil Code, book three, chapter 20."""

    articles = models.CharField(_("articles of the Civil Code"), max_length=40)

    class Meta(Term.Meta):
        verbose_name = _("contract type")
        verbose_name_plural = _("contract types")
