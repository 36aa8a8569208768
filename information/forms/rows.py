"""Rows of figures and rights in a form, each checked by the rules of `information.records`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import TOTAL_FORM_COUNT
from django.utils.translation import gettext_lazy as _

from information.facts import IP_KINDS, IP_STATUSES, OPERATORS
from information.records import MOST, NAMES, OPTIONAL, SHAPES

if TYPE_CHECKING:
    FormSet = forms.BaseFormSet[Any]
else:
    # The class takes no parameter where Django runs without its stubs.
    FormSet = forms.BaseFormSet

BLANK_ROWS = 3


class RowForm(forms.Form):
    """One record. A row without any text or figure is left out, so that emptying a row removes it."""

    SHAPE: ClassVar[str]
    ALWAYS_FILLED: ClassVar[frozenset[str]] = frozenset()
    """Fields that have a value in every row and so do not make it a filled one."""

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.blank:
            return given
        for name, check in SHAPES[self.SHAPE].items():
            if name in self.errors:
                continue
            try:
                check(given.get(name, OPTIONAL.get(name, "")))
            except ValidationError as fault:
                self.add_error(name, fault)
        names = NAMES[self.SHAPE]
        if names and not any(given.get(name) for name in names):
            self.add_error(names[0], _("Name it in Chinese or English."))
        return given

    @property
    def blank(self) -> bool:
        """Whether nothing was written into the row."""
        return not any(
            str(self.data.get(self.add_prefix(name), "")).strip()
            for name in self.fields
            if name not in self.ALWAYS_FILLED
        )


class TargetForm(RowForm):
    """A performance target of a need."""

    SHAPE = "targets"
    ALWAYS_FILLED = frozenset({"operator"})

    parameter_zh = forms.CharField(label=_("Parameter, in Chinese"), required=False)
    parameter_en = forms.CharField(label=_("Parameter, in English"), required=False)
    operator = forms.ChoiceField(label=_("Must be"), choices=list(OPERATORS.items()), required=False)
    value = forms.FloatField(label=_("Figure"), widget=forms.TextInput, required=False)
    unit = forms.CharField(label=_("Unit"), required=False)
    method_zh = forms.CharField(label=_("Test method, in Chinese"), required=False)
    method_en = forms.CharField(label=_("Test method, in English"), required=False)


class BenefitForm(RowForm):
    """A quantified benefit of an achievement."""

    SHAPE = "benefits"

    metric_zh = forms.CharField(label=_("Metric, in Chinese"), required=False)
    metric_en = forms.CharField(label=_("Metric, in English"), required=False)
    baseline = forms.FloatField(label=_("Before"), widget=forms.TextInput, required=False)
    value = forms.FloatField(label=_("After"), widget=forms.TextInput, required=False)
    unit = forms.CharField(label=_("Unit"), required=False)


class RightForm(RowForm):
    """A right of intellectual property in an achievement."""

    SHAPE = "ip"
    ALWAYS_FILLED = frozenset({"status"})

    kind = forms.ChoiceField(label=_("Kind of right"), choices=[("", _("none")), *IP_KINDS.items()], required=False)
    status = forms.ChoiceField(label=_("Status of the right"), choices=list(IP_STATUSES.items()), required=False)
    number = forms.CharField(label=_("Number"), required=False)


class RowsFormSet(FormSet):
    """The rows of one field, with blank ones to fill in; works without JavaScript."""

    def clean(self) -> None:
        if int(self.management_form.cleaned_data[TOTAL_FORM_COUNT] or 0) < 0:
            raise ValidationError(_("The form was damaged on its way. Reload the page and fill it in again."))

    @property
    def records(self) -> list[dict[str, Any]]:
        """The filled rows, as the model keeps them; for a valid formset."""
        return [
            {name: whole(value) for name, value in form.cleaned_data.items()} for form in self.forms if not form.blank
        ]


def whole(value: Any) -> Any:
    """A figure without a fraction as a whole number, anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def formset_of(form: type[RowForm]) -> type[RowsFormSet]:
    """The formset for rows of one shape, with as many rows as the model accepts."""
    made: Any = forms.formset_factory(
        form, formset=RowsFormSet, extra=BLANK_ROWS, max_num=MOST, absolute_max=MOST + BLANK_ROWS
    )
    return cast("type[RowsFormSet]", made)


ROWS: Mapping[str, tuple[type[RowsFormSet], Any]] = {
    "targets": (formset_of(TargetForm), _("Performance targets")),
    "benefits": (formset_of(BenefitForm), _("Quantified benefits")),
    "ip": (formset_of(RightForm), _("Intellectual property")),
}
"""Formset and heading of each structured field."""
