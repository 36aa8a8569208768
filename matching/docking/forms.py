"""Forms of the docking room; what a term may be is said in `matching.terms`."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from information.models import Need
from matching.docking.meetings import MOST_SLOTS
from matching.terms import MOST_MILESTONES, TERMS, Term

TEXT = forms.Textarea(attrs={"rows": 3})
WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
BLANK_MILESTONES = 2


class SignForm(forms.Form):
    """The recorded intent of a signature."""

    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("As it stands in your account."))
    confirmed = forms.BooleanField(
        label=_("I have read the agreement and may sign it for my organization."), required=False
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class MessageForm(forms.Form):
    """A message to the other side."""

    text = forms.CharField(label=_("Message"), widget=TEXT)


class QuestionForm(forms.Form):
    """A question to the other side, with the time that it has."""

    text = forms.CharField(label=_("Question"), widget=TEXT)
    days = forms.IntegerField(label=_("Answer within (working days)"), initial=3)


class AnswerForm(forms.Form):
    """The answer to a question."""

    text = forms.CharField(label=_("Answer"), widget=TEXT)


class MeetingForm(forms.Form):
    """A proposal to meet."""

    subject = forms.CharField(label=_("What about"), max_length=120)
    place = forms.CharField(label=_("Place or link"), max_length=300, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), initial=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_SLOTS + 1):
            self.fields[f"slot_{number}"] = forms.DateTimeField(
                label=_("Time %(number)s") % {"number": number}, widget=WHEN, required=number == 1
            )

    @property
    def proposal(self) -> dict[str, Any]:
        """What was filled in, as `meetings.propose` takes it."""
        given = (self.cleaned_data.get(f"slot_{number}") for number in range(1, MOST_SLOTS + 1))
        single = {name: self.cleaned_data[name] for name in ("subject", "place", "minutes")}
        return single | {"slots": [each for each in given if each]}


class InspectForm(forms.Form):
    """Why somebody who is no party reads what is said."""

    note = forms.CharField(label=_("Why you read it"), max_length=500, help_text=_("Both sides see this."))


class TermForm(forms.Form):
    """One field of the term sheet, as its kind needs it; `value` is what the use case takes."""

    def __init__(self, term: Term, data: QueryDict | None = None, value: Any = None) -> None:
        self.term = term
        super().__init__(data, prefix=term.name, initial=INITIAL[term.kind](value))
        self.fields.update(fields_of(term, self.rows_sent(data, value)))

    def rows_sent(self, data: QueryDict | None, value: Any) -> int:
        """How many milestones the form has room for."""
        if data is not None:
            sent = [name for name in data if name.startswith(f"{self.term.name}-month_")]
            return min(len(sent), MOST_MILESTONES)
        return min(len(value or []) + BLANK_MILESTONES, MOST_MILESTONES) if self.term.kind == "plan" else 0

    @property
    def value(self) -> Any:
        """What was written, in the shape of the kind; for a form whose fields could be read."""
        return VALUES[self.term.kind](self.cleaned_data)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each milestone."""
        numbers = sorted(int(name.removeprefix("month_")) for name in self.fields if name.startswith("month_"))
        return [[self[f"{name}_{number}"] for name in ("zh", "en", "month", "share")] for number in numbers]


def fields_of(term: Term, rows: int) -> dict[str, forms.Field]:
    """The form's fields for a term."""
    if term.kind == "choice":
        choices = term.choices.choices if term.choices else []
        return {"value": forms.ChoiceField(label=str(term.label), choices=choices, widget=forms.RadioSelect)}
    if term.kind == "text":
        return {
            "zh": forms.CharField(label=_("In Chinese"), widget=TEXT, required=False),
            "en": forms.CharField(label=_("In English"), widget=TEXT, required=False),
        }
    if term.kind == "money":
        return {
            "amount": forms.CharField(label=_("Sum"), widget=forms.TextInput(attrs={"inputmode": "decimal"})),
            "currency": forms.ChoiceField(label=_("Currency"), choices=Need.Currency.choices),
        }
    if term.kind == "day":
        return {"value": forms.CharField(label=str(term.label), widget=forms.DateInput(attrs={"type": "date"}))}
    if term.kind == "months":
        return {"value": forms.IntegerField(label=str(term.label))}
    return {name: field for number in range(rows) for name, field in milestone_fields(number).items()}


def milestone_fields(number: int) -> dict[str, forms.Field]:
    """The fields of one milestone; an empty row is left out."""
    return {
        f"zh_{number}": forms.CharField(label=_("What is reached, in Chinese"), required=False),
        f"en_{number}": forms.CharField(label=_("What is reached, in English"), required=False),
        f"month_{number}": forms.IntegerField(label=_("Month"), required=False),
        f"share_{number}": forms.IntegerField(label=_("Share, %"), required=False),
    }


def written_plan(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The milestones that were filled in."""
    rows: dict[int, dict[str, Any]] = {}
    for key, value in data.items():
        name, _underscore, number = key.rpartition("_")
        rows.setdefault(int(number), {})[name] = value
    return [row for _number, row in sorted(rows.items()) if any(value not in ("", None) for value in row.values())]


def initial_plan(value: Any) -> dict[str, Any]:
    """Milestones as the form's initial values."""
    return {f"{name}_{number}": row[name] for number, row in enumerate(value or []) for name in row}


VALUES: Mapping[str, Any] = {
    "choice": lambda data: data["value"],
    "text": lambda data: {"zh": data["zh"], "en": data["en"]},
    "money": lambda data: {"amount": data["amount"].replace(",", ""), "currency": data["currency"]},
    "day": lambda data: data["value"],
    "months": lambda data: data["value"],
    "plan": written_plan,
}
INITIAL: Mapping[str, Any] = {
    "choice": lambda value: {"value": value},
    "text": lambda value: value or {},
    "money": lambda value: value or {"currency": Need.Currency.CNY},
    "day": lambda value: {"value": value},
    "months": lambda value: {"value": value},
    "plan": initial_plan,
}


def form_for(name: str, data: QueryDict | None = None, value: Any = None) -> TermForm:
    """The form of a term."""
    return TermForm(TERMS[name], data, value)
