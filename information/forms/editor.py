"""One form for a whole post: its single fields and its rows of figures, in sections."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise

from accounts.models import Organization
from information.forms.posts import AchievementForm, FormSection, NeedForm, OwnedForm
from information.forms.rows import ROWS, RowsFormSet
from information.models import Need, Post
from information.records import MOST
from journal.errors import DomainError

ADD_ROW = "add_row"
WIDE = frozenset({"owner", "type", "chain_nodes", "industries", "region", "offer_modes"})
"""Fields that have no partner beside them: the others come in pairs, mostly Chinese and English."""


class Fault(NamedTuple):
    """One fault in the summary above a form, with the field that it leads to."""

    label: str
    anchor: str
    message: str


class Shown(NamedTuple):
    """A section as the template draws it; each field with whether it takes the whole width."""

    title: str | Promise
    hint: str | Promise
    fields: list[tuple[BoundField, bool]]
    rows: list[tuple[str, str | Promise, RowsFormSet]]


class Editor:
    """The form of a new or an existing post.

    `data` is what was sent, None to begin. `asks_for_row` tells that the person only wants one more blank row.
    """

    def __init__(self, post: Post, organizations: list[Organization], data: QueryDict | None = None) -> None:
        self.post = post
        self.data = with_row(data) if data else data
        form: type[OwnedForm] = NeedForm if isinstance(post, Need) else AchievementForm
        self.form = form(self.data, instance=post, organizations=organizations)
        self.sections_declared: tuple[FormSection, ...] = form.SECTIONS  # type: ignore[attr-defined]
        self.rows: dict[str, RowsFormSet] = {
            name: ROWS[name][0](self.data, initial=getattr(post, name), prefix=name)
            for section in self.sections_declared
            for name in section.rows
        }

    @property
    def asks_for_row(self) -> bool:
        """Whether the button for one more row was pressed."""
        return bool(self.data and self.data.get(ADD_ROW) in self.rows)

    def is_valid(self) -> bool:
        """Whether every field and row may be kept as it is; all of them are looked at."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    @property
    def fields(self) -> dict[str, Any]:
        """What `services.draft` and `services.edit` take; rows that nobody touched are left out."""
        single = {name: value for name, value in self.form.cleaned_data.items() if name != "owner"}
        return single | {name: rows.records for name, rows in self.rows.items() if rows.has_changed()}

    @property
    def owner(self) -> Organization:
        """The organization chosen for a new post."""
        chosen: Organization = self.form.cleaned_data["owner"]
        return chosen

    def refuse(self, fault: DomainError) -> None:
        """Put what the domain said beside the fields it speaks of."""
        for name, messages in fault.fields.items():
            self.form.add_error(name if name in self.form.fields else None, messages)
        if not fault.fields:
            self.form.add_error(None, fault.message)

    @property
    def sections(self) -> Iterator[Shown]:
        """The sections in order."""
        for section in self.sections_declared:
            bound = [(self.form[name], name in WIDE) for name in section.names if name in self.form.fields]
            rows = [(name, ROWS[name][1], self.rows[name]) for name in section.rows]
            yield Shown(section.title, section.hint, bound, rows)

    @property
    def faults(self) -> list[Fault]:
        """Every fault, in the order of the page."""
        if self.asks_for_row or not self.form.is_bound:
            return []
        return [*faults_of(self.form), *(fault for rows in self.rows.values() for fault in faults_of_rows(rows))]


def faults_of(form: Any) -> Iterator[Fault]:
    """The faults of one form."""
    for message in form.non_field_errors():
        yield Fault("", "", str(message))
    for field in form:
        for message in field.errors:
            yield Fault(str(field.label), str(field.id_for_label or field.auto_id), str(message))


def faults_of_rows(rows: RowsFormSet) -> Iterator[Fault]:
    """The faults of the rows of one field."""
    for message in rows.non_form_errors():
        yield Fault("", "", str(message))
    for form in rows.forms:
        yield from faults_of(form)


def with_row(data: QueryDict) -> QueryDict:
    """What was sent, with one more row where that was asked for."""
    name = data.get(ADD_ROW, "")
    total = data.get(f"{name}-TOTAL_FORMS", "")
    if name not in ROWS or not (total.isascii() and total.isdigit() and len(total) <= 3):
        return data
    longer = data.copy()
    longer[f"{name}-TOTAL_FORMS"] = str(min(int(total) + 1, MOST))
    return longer
