"""The formal contract on paper: a PDF/A of a frozen document, with a place for each signature."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from contracts.document import Bilingual, Document, digest, plain
from contracts.paper import words
from contracts.paper.reading import require_same_text
from contracts.paper.typesetting import PAGE_HEIGHT, Unprintable, places, typeset, unprintable

TEMPLATE = "contract.typ"
BOX_WIDTH, BOX_HEIGHT = 459.2, 85.0


@dataclass(frozen=True)
class Place:
    """Where a role signs: page (from 0) and box (left, bottom, right, top) in points from the lower left corner."""

    role: str
    page: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Paper:
    """The file, and where each party signs on it."""

    pdf: bytes
    places: tuple[Place, ...]


def print_contract(document: Document, made: datetime) -> Paper:
    """The paper of a frozen document, dated to the moment of freezing: same document and moment, same bytes.

    Raises DocumentFault for an unfit document, Unprintable for characters that no font has, and TypesettingFault if
    the paper does not say exactly what the document says.
    """
    data = data_of(document, made)
    if missing := unprintable("".join(texts_of(document))):
        raise Unprintable(missing)
    pdf = typeset(TEMPLATE, data)
    require_same_text(pdf, data)
    return Paper(pdf, tuple(place(found) for found in places(TEMPLATE, data)))


def data_of(document: Document, made: datetime) -> dict[str, Any]:
    """What the template sets."""
    kind = words.TYPES.get(document.type, Bilingual(document.type, document.type))
    return {
        "document": plain(document),
        "sha256": digest(document),
        "made": moment_of(made),
        "words": words.as_data(words.WORDS) | {"roles": words.as_data(words.ROLES)},
        "type": words.both(kind),
        "language": words.both(words.LANGUAGES[document.language]),
        "level": words.both(words.LEVELS[document.signing.level]),
        "sizes": [size(annex.bytes) for annex in document.annexes],
    }


def moment_of(made: datetime) -> dict[str, int]:
    """A moment in UTC as typst takes it."""
    moment = made.astimezone(UTC)
    return {name: getattr(moment, name) for name in ("year", "month", "day", "hour", "minute", "second")}


def size(count: int) -> str:
    """A file's length, exact, in groups of three digits."""
    return f"{count:,} B"


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each)
    elif hasattr(value, "__dataclass_fields__"):
        for each in fields(value):
            yield from texts_of(getattr(value, each.name))


def place(found: dict[str, Any]) -> Place:
    """A place as typst gives it (points from the upper left corner), as a PDF counts."""
    left, top = found["x"], PAGE_HEIGHT - found["y"]
    box = (round(left), round(top - BOX_HEIGHT), round(left + BOX_WIDTH), round(top))
    return Place(found["role"], found["page"] - 1, box)
