"""Reading an import file: CSV (RFC 4180) or JSON Lines, one row after the other, each with its line.

Nothing here raises for a single bad row; it comes out as a line with a fault, and reading goes on behind it.
"""

import csv
import io
import json
import math
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from information.importing.columns import COLUMNS, REQUIRED, TITLES, RowError
from journal.errors import BadInput
from texts.plain import CONTROL
from web.wording import running

MOST_COLUMNS = 200
"""More than any template has; a longer header is refused before anything is compared."""


@dataclass(frozen=True)
class Line:
    """One row of the file: the line on which it begins (from 1), its values by column, or why it cannot be read."""

    number: int
    data: dict[str, Any] = field(default_factory=dict)
    fault: RowError | None = None


class Rewinding:
    """Physical lines for csv.reader, of which those that a broken record swallowed can be given back."""

    def __init__(self, text: str) -> None:
        self.rest = io.StringIO(text, newline="")
        self.returned: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.returned.popleft() if self.returned else next(self.rest)
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        """Keep only the first line of the record as taken: an open quote costs its own row, not those behind it."""
        self.returned.extendleft(reversed(self.taken[1:]))


def records(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """The records of a CSV text with the line of each; None in place of one whose quotes are not closed properly."""
    lines = Rewinding(text)
    reader = csv.reader(lines, strict=True)
    number = 1
    while True:
        lines.taken = []
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lines.give_back()
            yield number, None
            number += 1
        else:
            yield number, record
            number += len(lines.taken)


def read(text: str, format: str, kind: str) -> Iterator[Line]:
    """The rows of a file that `check_head` has passed; blank lines are left out."""
    rows = read_csv(text, kind) if format == "csv" else read_json_lines(text, kind)
    return once_each(rows)


def read_csv(text: str, kind: str) -> Iterator[Line]:
    found = records(text)
    header = [name.strip() for name in next(found)[1] or ()]
    columns = COLUMNS[kind]
    for number, cells in found:
        if cells is None:
            reason = _(
                "A quotation mark is not closed, text follows a closing one, or a cell is over 131,072 characters."
            )
            yield Line(number, fault=RowError("", reason))
        elif len(cells) == len(header):
            data = {
                name: columns[name].cell(cell) if cell.strip() else None
                for name, cell in zip(header, cells, strict=True)
            }
            yield storable(number, data)
        elif any(cells):
            reason = _("This row has %(found)s fields, the header has %(expected)s.")
            yield Line(number, fault=RowError("", reason % {"found": len(cells), "expected": len(header)}))


def read_json_lines(text: str, kind: str) -> Iterator[Line]:
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        row = json_object(line)
        if row is None:
            yield Line(number, fault=RowError("", _("This line is not a JSON object.")))
        elif unknown := [name for name in row if name not in COLUMNS[kind]]:
            yield Line(number, fault=RowError(CONTROL.sub("", unknown[0]), _("There is no such field.")))
        else:
            yield storable(number, row)


def json_object(line: str) -> dict[str, Any] | None:
    """The object that the line holds, None if it holds none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        # ValueError: also numbers of more digits than Python converts.
        return None
    return value if isinstance(value, dict) else None


def storable(number: int, data: dict[str, Any]) -> Line:
    """The row, with a fault if one of its values has no place in the database."""
    for name, value in data.items():
        for leaf in leaves(value):
            if isinstance(leaf, str) and CONTROL.search(leaf):
                return Line(number, fault=RowError(name, _("This text holds invisible control characters.")))
            if isinstance(leaf, float) and not math.isfinite(leaf):
                return Line(number, fault=RowError(name, _("This number is out of any sensible range.")))
    return Line(number, data)


def leaves(value: Any) -> Iterator[Any]:
    """The texts and numbers within a JSON value, names of members included."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield name
            yield from leaves(member)
    elif isinstance(value, list):
        for member in value:
            yield from leaves(member)
    else:
        yield value


def once_each(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with a fault on each that has no external id or repeats that of an earlier one."""
    first: dict[str, int] = {}
    for line in lines:
        if line.fault:
            yield line
            continue
        key = line.data.get("external_id")
        if not isinstance(key, str) or not key.strip():
            yield Line(line.number, fault=RowError("external_id", _("Fill this in; no two rows may share it.")))
        elif (earlier := first.setdefault(key.strip(), line.number)) != line.number:
            reason = _("Line %(line)s has this external id already.") % {"line": earlier}
            yield Line(line.number, fault=RowError("external_id", reason))
        else:
            yield line


def check_head(text: str, format: str, kind: str) -> None:
    """Raise BadInput unless the file begins as one of this format and kind does."""
    if format == "csv":
        check_header([name.strip() for name in next(records(text))[1] or ()], kind)
    elif json_object(next(line for line in io.StringIO(text) if line.strip())) is None:
        raise BadInput(_("The first line is not a JSON object. JSON Lines holds one object in braces on each line."))


def check_header(header: Sequence[str], kind: str) -> None:
    """Raise BadInput that names the columns which are unknown, double or missing."""
    known = COLUMNS[kind]
    if len(header) > MOST_COLUMNS:
        found = {"found": len(header), "most": MOST_COLUMNS}
        raise BadInput(_("The first line has %(found)s columns, at most %(most)s are read. Use the template.") % found)
    problems = {
        _("Unknown columns: %(names)s."): [name or "“”" for name in header if name not in known],
        _("Columns that appear twice: %(names)s."): sorted(
            name or "“”" for name, times in Counter(header).items() if times > 1
        ),
        _("Missing columns: %(names)s."): [name for name in REQUIRED if name not in header]
        + ([] if set(TITLES) & set(header) else [" / ".join(TITLES)]),
    }
    messages = [text % {"names": ", ".join(names[:12])[:200]} for text, names in problems.items() if names]
    if messages:
        advice = _("The first line has to name the columns, separated by commas, as in the template.")
        raise BadInput(running([*messages, advice]))


def count(text: str, format: str) -> int:
    """How many rows the file has at most, found without reading what they hold."""
    if format == "csv":
        return sum(1 for _record in records(text)) - 1
    return text.count("\n") + 1
