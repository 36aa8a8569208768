"""Terms of the trade in both languages, kept by administrators; the engine's bridge between Chinese and English."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from policy import Actor, visible
from taxonomy.models import Chain
from texts.fields import LineField


class GlossaryQuerySet(models.QuerySet["GlossaryTerm"]):
    def visible_to(self, actor: Actor) -> "GlossaryQuerySet":
        return visible(self, actor, "glossary.view")  # type: ignore[return-value]

    def mentioning(self, words: str) -> "GlossaryQuerySet":
        """Terms that hold the words in either language."""
        english = models.Func(
            models.F("en"), models.Value(" "), function="array_to_string", output_field=models.TextField()
        )
        return self.alias(english=english).filter(models.Q(zh__icontains=words) | models.Q(english__icontains=words))


class GlossaryTerm(models.Model):
    """A Chinese term and what it is called in English, everywhere or on one industrial chain."""

    NOUN = "glossary"
    MOST_ENGLISH = 8

    zh = LineField(_("Chinese"), max_length=60)
    en = ArrayField(LineField(max_length=120), size=MOST_ENGLISH, verbose_name=_("English"))
    chain = models.ForeignKey(
        Chain, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("industrial chain"), related_name="+"
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("last edited by")
    )
    edited_at = models.DateTimeField(_("last edited"), auto_now=True)

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["zh", "chain"],
                name="matching_glossary_once_per_chain",
                nulls_distinct=False,
                violation_error_message=_("The glossary has this term already. Change that entry instead."),
            ),
            models.CheckConstraint(condition=~models.Q(en=[]), name="matching_glossary_has_english"),
        ]

    def __str__(self) -> str:
        return f"{self.zh} = {'; '.join(self.en)}"

    def get_absolute_url(self) -> str:
        return reverse("matching:glossary-term", args=[self.pk])

    def clean(self) -> None:
        """One of each, in letters: a term of figures alone would bridge nothing."""
        super().clean()
        self.zh = self.zh.strip()
        self.en = list(dict.fromkeys(term for each in self.en or [] if (term := each.strip())))
        if not any("\u3400" <= sign <= "\u9fff" for sign in self.zh):
            raise ValidationError({"zh": _now("Write the term with Chinese characters.")})
        if not self.en or not all(any(sign.isalpha() and sign.isascii() for sign in each) for each in self.en):
            raise ValidationError({"en": _now("Write at least one English term, in Latin letters.")})
