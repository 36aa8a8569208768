"""The columns of an import file, and how what stands in them becomes the fields of a post.

Both formats name the columns alike. JSON Lines holds numbers, lists and records as such. In CSV a list's members are
separated by ";", records too, and the fields of a record by "|", in the order of `SHAPES`:

    targets    parameter_zh|parameter_en|operator|value|unit|method_zh|method_en
    benefits   metric_zh|metric_en|baseline|value|unit
    ip         kind|status|number

Fields at the end of a record may be left out. Text that itself holds ";" or "|" there needs JSON Lines. An empty cell
or null empties the field; a column that the file does not have leaves the field of an existing post as it is.
"""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from information.importing.examples import EXAMPLES
from information.models import Achievement, Need, Post
from information.records import SHAPES
from taxonomy.models import ChainNode, ContractType, Industry, InnovationStage, Region, Term
from web.wording import running

T = TypeVar("T", bound=Term)

MODELS: Mapping[str, type[Post]] = {"need": Need, "achievement": Achievement}
NUMBERS = frozenset({"value", "baseline"})
"""The fields of records that hold figures."""


class RowError(Exception):
    """A row that cannot become a post: the column at fault, "" for the whole row, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field[:80]
        self.reason = reason[:500]


class Terms:
    """The taxonomies' terms by code; each taxonomy is read once, and only if a row names one of its terms."""

    def __init__(self) -> None:
        self.known: dict[type[Term], dict[str, Any]] = {}

    def get(self, taxonomy: type[T], code: Any) -> T:
        """The term of this code; raises ValidationError if there is none."""
        if taxonomy not in self.known:
            self.known[taxonomy] = {term.code: term for term in taxonomy._default_manager.all()}
        term: T | None = self.known[taxonomy].get(text(code))
        if term is None:
            raise ValidationError(_("“%(code)s” is not a code of this list.") % {"code": str(code)[:80]})
        return term


@dataclass(frozen=True)
class Column:
    """How a column is read: `value` makes the field's value of a JSON value, `cell` a JSON value of a CSV cell.

    `cell` never refuses: what it cannot make sense of stays text, for `value` to refuse with ValidationError.
    """

    value: Callable[[Any, Terms], Any]
    cell: Callable[[str], Any] = str
    empty: Callable[[], Any] = str


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError(_("Write text here."))
    return value.strip().replace("\r\n", "\n")


def whole(value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValidationError(_("Write a whole number here."))
    return value


def money(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValidationError(_("Write a number here."))
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValidationError(_("Write a number here.")) from None
    if not amount.is_finite() or amount.adjusted() > 20:
        raise ValidationError(_("This number is out of any sensible range."))
    return amount


def day(value: Any) -> date:
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        raise ValidationError(_("Write a date as 2027-01-31.")) from None


def listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValidationError(_("A list is expected here."))
    return value


def without_repeats(value: Any, terms: Terms) -> list[str]:
    return list(dict.fromkeys(text(item) for item in listed(value)))


def number_in(cell: str) -> int | float | str:
    """The figure in a cell, or the cell itself where it holds none."""
    try:
        return int(cell)
    except ValueError:
        pass
    try:
        return float(cell)
    except ValueError:
        return cell


def members_in(cell: str) -> list[str]:
    return [member.strip() for member in cell.split(";") if member.strip()]


def records_in(shape: str) -> Callable[[str], list[Any]]:
    names = tuple(SHAPES[shape])

    def record(member: str) -> dict[str, Any] | str:
        parts = [part.strip() for part in member.split("|")]
        if len(parts) > len(names):
            return member
        return {
            name: number_in(part) if name in NUMBERS else part
            for name, part in zip(names, parts, strict=False)
            if part or name not in NUMBERS
        }

    return lambda cell: [record(member) for member in members_in(cell)]


def term(taxonomy: type[Term]) -> Column:
    return Column(lambda code, terms: terms.get(taxonomy, code), empty=lambda: None)


def several(taxonomy: type[Term]) -> Column:
    def value(codes: Any, terms: Terms) -> list[Term]:
        return [terms.get(taxonomy, code) for code in without_repeats(codes, terms)]

    return Column(value, members_in, list)


def records(shape: str) -> Column:
    return Column(lambda value, _terms: listed(value), records_in(shape), list)


def choice(default: str = "") -> Column:
    return Column(lambda value, _terms: text(value), empty=lambda: default)


TEXT = Column(lambda value, _terms: text(value))
LIST = Column(without_repeats, members_in, list)
WHOLE = Column(lambda value, _terms: whole(value), number_in, lambda: None)
MONEY = Column(lambda value, _terms: money(value), empty=lambda: None)
DAY = Column(lambda value, _terms: day(value), empty=lambda: None)


def bilingual(*stems: str) -> dict[str, Column]:
    return {f"{stem}_{language}": TEXT for stem in stems for language in ("zh", "en")}


PLACED: Mapping[str, Column] = {
    "chain_nodes": several(ChainNode),
    "industries": several(Industry),
    "region": term(Region),
    "visibility": choice(Post.Visibility.PUBLIC),
    "valid_through": DAY,
}
NEED: Mapping[str, Column] = {
    "external_id": TEXT,
    "type": term(ContractType),
    **bilingual("title", "summary", "problem", "present_state", "acceptance"),
    "keywords_zh": LIST,
    "keywords_en": LIST,
    "targets": records("targets"),
    "trl_current": WHOLE,
    "trl_required": WHOLE,
    "budget_min": MONEY,
    "budget_max": MONEY,
    "currency": choice(Need.Currency.CNY),
    "deadline": DAY,
    **PLACED,
}
ACHIEVEMENT: Mapping[str, Column] = {
    "external_id": TEXT,
    "type": choice(),
    **bilingual("title", "summary", "description", "trl_evidence"),
    "keywords_zh": LIST,
    "keywords_en": LIST,
    "benefits": records("benefits"),
    "stage": term(InnovationStage),
    "trl": WHOLE,
    "ip": records("ip"),
    "offer_modes": LIST,
    "price_expectation": MONEY,
    **PLACED,
}
COLUMNS: Mapping[str, Mapping[str, Column]] = {"need": NEED, "achievement": ACHIEVEMENT}
REQUIRED = ("external_id", "type")
TITLES = ("title_zh", "title_en")


def fields_of(kind: str, data: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    """A row as the fields of a post; raises RowError for the first value that cannot be one."""
    fields = {}
    for name, value in data.items():
        column = COLUMNS[kind][name]
        try:
            fields[name] = column.empty() if value in (None, "") else column.value(value, terms)
        except ValidationError as fault:
            raise RowError(name, running(fault.messages)) from fault
    for name in REQUIRED:
        if not fields.get(name):
            raise RowError(name, _("Every row needs this."))
    return fields


def template(kind: str) -> str:
    """A CSV file to begin with: the header of this kind ("need" or "achievement") and one example row."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS[kind].keys(), restval="")
    writer.writeheader()
    writer.writerow(EXAMPLES[kind])
    return file.getvalue()
