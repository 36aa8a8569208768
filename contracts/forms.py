"""Forms of the draft and of a proposal: texts, and the particulars that are asked for, whatever they are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.kinds import CLAUSES
from contracts.models import Contract, LibraryClause
from contracts.particulars import Particular
from information.models import Need
from journal.errors import DomainError

SPARE_ROWS = 2
LANGUAGES: Mapping[str, Promise] = {"zh": _("in Chinese"), "en": _("in English")}
COLUMNS: Mapping[str, Mapping[str, Promise]] = {
    "instalments": {
        "zh": _("condition, in Chinese"),
        "en": _("condition, in English"),
        "due": _("expected by"),
        "amount": _("amount"),
    },
    "rights": {
        "zh": _("name, in Chinese"),
        "en": _("name, in English"),
        "number": _("number"),
        "holder": _("holder"),
        "filed": _("filed on"),
        "expires": _("in force until"),
    },
}
DAYS = frozenset({"due", "filed", "expires"})


class ParticularsForm(forms.Form):
    """Fields for these particulars; what they hold is checked where the use case stores it."""

    def __init__(
        self, asked: Iterable[Particular], values: Mapping[str, Any], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data)
        self.asked = list(asked)
        self.rows = {each.key: self.row_count(each, values, data) for each in self.asked if each.kind in COLUMNS}
        for particular in self.asked:
            for name, field in self.fields_of(particular):
                field.initial = initial(particular, values.get(particular.key), name)
                self.fields[name] = field

    def row_count(self, particular: Particular, values: Mapping[str, Any], data: Mapping[str, Any] | None) -> int:
        """As many rows as are filled or were sent, and some spare ones."""
        first = next(iter(COLUMNS[particular.kind]))
        sent = sum(1 for name in data or () if name.startswith(f"{particular.key}_") and name.endswith(f"_{first}"))
        return min(max(len(values.get(particular.key) or []) + SPARE_ROWS, sent), 24)

    def fields_of(self, particular: Particular) -> Iterator[tuple[str, forms.Field]]:
        """The inputs of one particular, by name."""
        key, label, hint = particular.key, particular.label, particular.hint
        widget: Any
        if particular.kind in ("line", "prose"):
            widget = forms.TextInput if particular.kind == "line" else forms.Textarea(attrs={"rows": 3})
            for language, tongue in LANGUAGES.items():
                yield f"{key}_{language}", text(joined(label, tongue), widget=widget, hint=hint)
        elif particular.kind in COLUMNS:
            for row in range(self.rows[key]):
                for name, column in COLUMNS[particular.kind].items():
                    widget = day_input() if name in DAYS else forms.TextInput
                    yield f"{key}_{row}_{name}", text(joined(label, column, row + 1), widget=widget)
        elif particular.kind == "choice":
            choices = [("", "—"), *((each.value, each.label) for each in particular.choices)]
            yield key, choice(label, choices, hint=hint)
        else:
            widget = day_input() if particular.kind == "date" else forms.TextInput(attrs={"inputmode": "decimal"})
            yield key, text(label, widget=widget, hint=hint)

    def particulars(self) -> dict[str, Any]:
        """What was written, as the use cases take it; what was not on the form stays as it is. For a bound form."""
        sent = [each for each in self.asked if any(name in self.data for name, _field in self.fields_of(each))]
        return {each.key: self.written(each) for each in sent}

    def written(self, particular: Particular) -> Any:
        """One particular as it was written."""
        key, given = particular.key, self.data
        if particular.kind in ("line", "prose"):
            return {language: given.get(f"{key}_{language}", "") for language in LANGUAGES}
        if particular.kind in COLUMNS:
            names = COLUMNS[particular.kind]
            return [{name: given.get(f"{key}_{row}_{name}", "") for name in names} for row in range(self.rows[key])]
        return given.get(key, "")

    def groups(self) -> list[dict[str, Any]]:
        """The fields of each clause together, in the order in which clauses stand."""
        found: dict[str, list[list[BoundField]]] = {}
        for particular in self.asked:
            blocks, fields = found.setdefault(particular.clause, [[]]), self.bound(particular)
            if particular.kind in COLUMNS:
                width = len(COLUMNS[particular.kind])
                blocks += [*(fields[start : start + width] for start in range(0, len(fields), width)), []]
            else:
                blocks[-1] += fields
        return [
            {"label": CLAUSES[clause], "blocks": [block for block in found[clause] if block]}
            for clause in CLAUSES
            if clause in found
        ]

    def bound(self, particular: Particular) -> list[BoundField]:
        """The inputs of one particular, bound."""
        return [self[name] for name, _field in self.fields_of(particular)]

    def blame(self, fault: DomainError) -> None:
        """Put what a use case refused beside the fields at fault; what belongs to none stands above the form."""
        self.is_valid()
        for key, messages in fault.fields.items():
            inputs = (key, f"{key}_zh", f"{key}_0_zh")
            name = next((each for each in inputs if each in self.fields), None)
            for message in messages:
                self.add_error(name, message)
        if not fault.fields:
            self.add_error(None, fault.message)


class DraftForm(ParticularsForm):
    """The draft of a contract: its form, language and names, and everything that its clauses will ask for."""

    kind = forms.ChoiceField(label=_("Form of contract"), choices=Contract.Kind.choices)
    governing_language = forms.ChoiceField(label=_("Governing language"), choices=Contract.Language.choices)
    title_zh = forms.CharField(label=_("Project name in Chinese"), required=False)
    title_en = forms.CharField(label=_("Project name in English"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=Need.Currency.choices)

    OWN = ("kind", "governing_language", "title_zh", "title_en", "currency")

    def own(self) -> dict[str, str]:
        """The fields of the contract itself, as they were written."""
        return {name: self.data[name].strip() for name in self.OWN if name in self.data}

    def own_fields(self) -> list[BoundField]:
        return [self[name] for name in self.OWN]


class ProposalForm(ParticularsForm):
    """What a clause is to say instead, and why."""

    body_zh = forms.CharField(label=_("Text in Chinese"), widget=forms.Textarea(attrs={"rows": 8, "lang": "zh-Hans"}))
    body_en = forms.CharField(label=_("Text in English"), widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}))
    note = forms.CharField(
        label=_("Why; the other side reads it"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


def text(label: Any, *, widget: Any, hint: Any = "") -> forms.CharField:
    """A field of free text."""
    return forms.CharField(label=label, widget=widget, help_text=hint, required=False)


def choice(label: Any, choices: Any, *, hint: Any = "") -> forms.ChoiceField:
    """A field to choose from."""
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False)


def day_input() -> forms.DateInput:
    """A field for a day in the browser's manner."""
    return forms.DateInput(attrs={"type": "date"})


def joined(label: Any, part: Any, number: int | None = None) -> str:
    """ "Instalments 2: amount"; "Territory, in Chinese"."""
    return f"{label}, {part}" if number is None else f"{label} {number}: {part}"


def initial(particular: Particular, value: Any, name: str) -> Any:
    """What an input of a particular begins with."""
    if value is None:
        return ""
    if particular.kind in ("line", "prose"):
        return value.get(name.rpartition("_")[2], "")
    if particular.kind in COLUMNS:
        row, column = name.removeprefix(f"{particular.key}_").split("_", 1)
        return value[int(row)].get(column, "") if int(row) < len(value) else ""
    return value


class LibraryForm(forms.ModelForm):  # type: ignore[type-arg]
    """The texts of a clause of the library, to be replaced by a new version."""

    class Meta:
        model = LibraryClause
        fields = ("title_zh", "title_en", "body_zh", "body_en")
        widgets: ClassVar = {
            "body_zh": forms.Textarea(attrs={"rows": 8, "lang": "zh-Hans"}),
            "body_en": forms.Textarea(attrs={"rows": 8, "lang": "en"}),
        }
