"""The single fields of needs and achievements, section by section as the form shows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information.models import Achievement, Need

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    # The class takes no parameter where Django runs without its stubs.
    ModelForm = forms.ModelForm


class FormSection(NamedTuple):
    """A part of a form: heading, a sentence on what belongs here, fields, and the structured field below them."""

    title: str | Promise
    hint: str | Promise
    names: tuple[str, ...]
    rows: tuple[str, ...] = ()


class Keywords(SimpleArrayField):
    """Words with commas between, Chinese or Latin ones."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            parts = value.translate(str.maketrans("，、；;\n", ",,,,,")).split(",")
            value = ",".join(part.strip() for part in parts if part.strip())
        return super().to_python(value)


PLACE = FormSection(
    _("Place on the chain"),
    _("Where on the chain it stands; suggestions and filters go by it."),
    ("chain_nodes", "industries", "region"),
)
PROSE = forms.Textarea(attrs={"rows": 5})
SHORT = forms.Textarea(attrs={"rows": 3})
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TRL = forms.NumberInput(attrs={"min": 1, "max": 9, "inputmode": "numeric"})
SHARED = (
    "title_zh", "title_en", "summary_zh", "summary_en", "keywords_zh", "keywords_en", "chain_nodes", "industries",
    "region", "visibility", "valid_through",
)  # fmt: skip
SHARED_CLASSES: Mapping[str, Any] = {"keywords_zh": Keywords, "keywords_en": Keywords}
SHARED_WIDGETS: Mapping[str, Any] = {
    "summary_zh": SHORT,
    "summary_en": SHORT,
    "chain_nodes": forms.CheckboxSelectMultiple,
    "industries": forms.CheckboxSelectMultiple,
    "visibility": forms.RadioSelect,
    "valid_through": DATE,
}
KEYWORDS_HINT = _("At most twelve, with commas between.")
SHARED_HINTS: Mapping[str, Any] = {
    "keywords_zh": KEYWORDS_HINT,
    "keywords_en": KEYWORDS_HINT,
    "valid_through": _("From the day after, it is no longer listed. Empty: without end."),
}


class OwnedForm(ModelForm):
    """The form of a post; the organization is asked for while the post is new and the person has several."""

    owner = forms.ModelChoiceField(label=_("Organization"), queryset=Organization.objects.none())

    def __init__(self, *args: Any, organizations: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_blank_choice(field)
        if self.instance.pk:
            del self.fields["owner"]
            return
        owner: Any = self.fields["owner"]
        owner.queryset = Organization.objects.filter(pk__in=[each.pk for each in organizations])
        if len(organizations) == 1:
            owner.initial, owner.widget = organizations[0].pk, forms.HiddenInput()


def name_blank_choice(field: Any) -> None:
    """Let a field's choice of nothing say what it means."""
    if isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField):
        field.empty_label = _("Choose …") if field.required else _("Not said")
    elif isinstance(field, forms.TypedChoiceField):
        named: Any = field.choices
        field.choices = [(value, label if value else _("Choose …")) for value, label in named]


class NeedForm(OwnedForm):
    """A technical need."""

    SECTIONS: ClassVar = (
        FormSection(
            _("What it is about"),
            _("Chinese, English or both. A title that names the figure gets better answers than a wish does."),
            ("owner", "type", "title_zh", "title_en", "summary_zh", "summary_en", "keywords_zh", "keywords_en"),
        ),
        FormSection(
            _("The problem"),
            _("What happens today, why it hurts, what you have tried."),
            ("problem_zh", "problem_en", "present_state_zh", "present_state_en"),
        ),
        FormSection(
            _("What an answer must reach"),
            _("Each target with number, unit and test method: only these can be compared with measurements."),
            ("acceptance_zh", "acceptance_en"),
            ("targets",),
        ),
        PLACE,
        FormSection(
            _("Budget and dates"),
            _("Optional, but suggestions get better with it. TRL goes from 1, a principle, to 9, proven in use."),
            (
                "trl_current", "trl_required", "budget_min", "budget_max", "currency", "deadline", "valid_through",
                "visibility",
            ),
        ),
    )  # fmt: skip

    class Meta:
        model = Need
        fields = (
            "type", *SHARED, "problem_zh", "problem_en", "present_state_zh", "present_state_en", "acceptance_zh",
            "acceptance_en", "trl_current", "trl_required", "budget_min", "budget_max", "currency", "deadline",
        )  # fmt: skip
        field_classes: ClassVar = dict(SHARED_CLASSES)
        widgets: ClassVar = {
            **SHARED_WIDGETS,
            "problem_zh": PROSE,
            "problem_en": PROSE,
            **dict.fromkeys(("present_state_zh", "present_state_en", "acceptance_zh", "acceptance_en"), SHORT),
            **dict.fromkeys(("trl_current", "trl_required"), TRL),
            "deadline": DATE,
        }
        help_texts: ClassVar = dict(SHARED_HINTS)


class AchievementForm(OwnedForm):
    """A result of research that others may use."""

    SECTIONS: ClassVar = (
        FormSection(
            _("What it is about"),
            _("Chinese, English or both. Say in the title what was reached, with its figure."),
            ("owner", "type", "title_zh", "title_en", "summary_zh", "summary_en", "keywords_zh", "keywords_en"),
        ),
        FormSection(
            _("The result"),
            _("By which method, how it was measured, under which conditions."),
            ("description_zh", "description_en"),
            ("benefits",),
        ),
        FormSection(
            _("Maturity and rights"),
            _("Whoever wants to use it asks this first. TRL goes from 1, a principle, to 9, proven in use."),
            ("stage", "trl", "trl_evidence_zh", "trl_evidence_en"),
            ("ip",),
        ),
        PLACE,
        FormSection(
            _("How others may use it"),
            _("In what form others may have it."),
            ("offer_modes", "price_expectation", "valid_through", "visibility"),
        ),
    )

    offer_modes = forms.MultipleChoiceField(
        label=_("Offered as"),
        choices=Achievement.OfferMode.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Achievement
        fields = (
            "type", *SHARED, "description_zh", "description_en", "stage", "trl", "trl_evidence_zh", "trl_evidence_en",
            "offer_modes", "price_expectation",
        )  # fmt: skip
        field_classes: ClassVar = dict(SHARED_CLASSES)
        widgets: ClassVar = {
            **SHARED_WIDGETS,
            "description_zh": PROSE,
            "description_en": PROSE,
            **dict.fromkeys(("trl_evidence_zh", "trl_evidence_en"), SHORT),
            "trl": TRL,
        }
        help_texts: ClassVar = {
            **SHARED_HINTS,
            "price_expectation": _("In yuan; empty where it is to be negotiated."),
        }
