"""The forms of the console."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information.models import Achievement
from matching.glossary import english
from matching.models import GlossaryTerm, Rule
from taxonomy.models import Chain, ChainNode, Industry, InnovationStage, Region

STRENGTHS = [(0.15, _("a little")), (0.3, _("clearly")), (0.6, _("strongly"))]


class TermForm(forms.Form):
    """A term in both languages."""

    zh = forms.CharField(label=_("Chinese"), max_length=60)
    en = forms.CharField(
        label=_("English"), max_length=600, help_text=_("Several terms that mean the same are separated by “;”.")
    )
    chain = forms.ModelChoiceField(
        label=_("Industrial chain"), queryset=Chain.objects.all(), required=False, empty_label=_("Everywhere")
    )

    def __init__(self, *args: Any, term: GlossaryTerm | None = None, **kwargs: Any) -> None:
        if term is not None:
            kwargs["initial"] = {"zh": term.zh, "en": "; ".join(term.en), "chain": term.chain_id}
        super().__init__(*args, **kwargs)

    def clean_en(self) -> list[str]:
        return english(self.cleaned_data["en"])


class TermFileForm(forms.Form):
    """A CSV file of terms."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "CSV in UTF-8, at most 1 MB, with the columns zh,en,chain. Several English terms: separated by “;”."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )


class GlossaryFilter(forms.Form):
    """What the list of terms can be narrowed by."""

    q = forms.CharField(
        label=_("Words"), max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A rule; the fields' own checks stand with the model, for the API as well."""

    strength = forms.TypedChoiceField(
        label=_("Strength"),
        coerce=float,
        choices=STRENGTHS,
        help_text=_("How far it moves a suggestion. Counts only where the effect is to promote or to demote."),
    )

    class Meta:
        model = Rule
        fields = ("title", "chain", "effect", "strength", "field", "operator", "value")
        widgets = {"value": forms.TextInput(attrs={"list": "rule-values", "autocomplete": "off"})}  # noqa: RUF012
        help_texts = {  # noqa: RUF012
            "chain": _("The needs to which it applies: those on this chain, or all."),
            "field": _("What the achievement states. What it does not state satisfies no rule."),
            "value": _("A number, or the code of an entry; choose from the list."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chain: Any = self.fields["chain"]
        chain.empty_label = _("Everywhere")
        given = self.instance.strength
        if self.instance.pk and given not in dict(STRENGTHS):
            strength: Any = self.fields["strength"]
            strength.choices = sorted([*STRENGTHS, (given, f"{given:g}")])


def rule_values() -> list[tuple[str, str]]:
    """Every code that a rule can name, with its label."""
    choices = (Organization.Kind, Achievement.Type, Achievement.OfferMode)
    words = [(value, str(label)) for each in choices for value, label in each.choices]
    terms = (InnovationStage, Region, ChainNode, Industry)
    return words + [(term.code, term.label) for kind in terms for term in kind._default_manager.all()]
