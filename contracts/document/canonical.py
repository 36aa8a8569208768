"""A document as RFC 8785 JSON and back: one content, one sequence of bytes, one hash."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal, get_args, get_origin, get_type_hints

import rfc8785
from django.utils.translation import gettext as _

from contracts.document.faults import DocumentFault, require_valid
from contracts.document.shape import Document


def plain(document: Document) -> dict[str, Any]:
    """The document as JSON values."""
    values: dict[str, Any] = json.loads(json.dumps(asdict(document)))
    return values


def canonical(document: Document) -> bytes:
    """The document as RFC 8785 JSON; raises DocumentFault if it is not fit to be signed."""
    require_valid(document)
    return rfc8785.dumps(plain(document))


def digest(document: Document) -> str:
    """SHA-256 (hex) of the canonical bytes: the hash in the footer of every page."""
    return hashlib.sha256(canonical(document)).hexdigest()


def parse(data: bytes) -> Document:
    """The document whose canonical bytes these are; raises DocumentFault for any others."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise DocumentFault({"": [_("This is not a contract in JSON.")]}) from fault
    document = build(values)
    if canonical(document) != data:
        raise DocumentFault({"": [_("These bytes are not in the canonical form, so their hash means nothing.")]})
    return document


def build(values: Any) -> Document:
    """A valid document from JSON values; unknown and missing fields are faults. Raises DocumentFault."""
    document: Document = read(values, Document, "")
    require_valid(document)
    return document


def read(value: Any, kind: Any, place: str) -> Any:
    """A JSON value as a value of this type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal and isinstance(value, str) and value in inner:
        return value
    if origin is tuple and isinstance(value, list):
        return tuple(read(each, inner[0], f"{place}[{index}]") for index, each in enumerate(value))
    if kind in (str, int) and type(value) is kind:
        return value
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__") and isinstance(value, dict):
        return read_object(value, kind, place)
    raise DocumentFault({place: [_("This value is not of the kind that belongs here.")]})


def read_object(value: Mapping[str, Any], kind: Any, place: str) -> Any:
    """A JSON object as a dataclass with exactly its fields."""
    hints = get_type_hints(kind)
    if odd := sorted(value.keys() ^ hints.keys()):
        raise DocumentFault({f"{place}.{odd[0]}".lstrip("."): [_("This field is missing or does not belong here.")]})
    return kind(**{name: read(value[name], hint, f"{place}.{name}".lstrip(".")) for name, hint in hints.items()})


def composed(text: str) -> str:
    """Text as a document holds it: composed characters (NFC), lines that end in a line feed, no blanks around."""
    return unicodedata.normalize("NFC", re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)).strip()
