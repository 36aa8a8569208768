"""What keeps a document from being signed."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.document.shape import ORDER, Bilingual, Document
from texts.plain import validate_plain

LINE, PROSE, MOST_CLAUSES, MOST_ANNEXES, MOST_BYTES = 400, 20_000, 200, 50, 2**40
SHA256 = re.compile(r"[0-9a-f]{64}")
LINE_END = re.compile(r"[\n\r\t\v\f\x85\u2028\u2029]")
FOREIGN_LINE_END = re.compile(r"[\r\x85\u2028\u2029]")


class DocumentFault(ValueError):
    """What is wrong with a document, by the place in it; `faults` maps "clauses[2].body.en" to its messages."""

    def __init__(self, faults: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{place}: {' '.join(said)}" for place, said in faults.items()))
        self.faults = dict(faults)


def require_valid(document: Document) -> None:
    """Raise DocumentFault with everything that is wrong."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, message in faults(document):
        found[place].append(message)
    if found:
        raise DocumentFault(found)


def faults(document: Document) -> Iterator[tuple[str, str]]:
    """Every (place, message) that keeps the document from being signed."""
    for name in ("contract", "number", "type"):
        yield from text_faults(getattr(document, name), name)
    if not 1 <= document.version < 2**31:
        yield "version", _("A whole number from 1 is expected.")
    yield from bilingual_faults(document.title, "title")
    yield from party_faults(document)
    yield from clause_faults(document)
    yield from annex_faults(document)


def party_faults(document: Document) -> Iterator[tuple[str, str]]:
    """Exactly one party a role, no organization twice, and signing in the order of the roles."""
    roles = tuple(each.role for each in document.parties)
    if roles not in (ORDER, ORDER[:2]):
        yield "parties", _("Client, provider and, where the government guides, government: each once, in this order.")
    if document.signing.order != roles:
        yield "signing.order", _("Each party signs once: client, provider, government.")
    if len({each.uscc for each in document.parties}) < len(document.parties):
        yield "parties", _("One organization cannot be two parties.")
    for index, party in enumerate(document.parties):
        for name in ("name_zh", "uscc"):
            yield from text_faults(getattr(party, name), f"parties[{index}].{name}")
        for name in ("name_en", "address", "representative"):
            yield from text_faults(getattr(party, name), f"parties[{index}].{name}", blank=True)


def clause_faults(document: Document) -> Iterator[tuple[str, str]]:
    """At least one clause, each with its own key and number, in both languages."""
    if not 1 <= len(document.clauses) <= MOST_CLAUSES:
        yield "clauses", _("Between 1 and %(most)s clauses are expected.") % {"most": MOST_CLAUSES}
    for name in ("key", "number"):
        if len({getattr(each, name) for each in document.clauses}) < len(document.clauses):
            yield "clauses", _("Two clauses have the same key or number.")
    for index, clause in enumerate(document.clauses):
        place = f"clauses[{index}]"
        yield from text_faults(clause.key, f"{place}.key")
        yield from text_faults(clause.number, f"{place}.number")
        yield from bilingual_faults(clause.title, f"{place}.title")
        yield from bilingual_faults(clause.body, f"{place}.body", prose=True)


def annex_faults(document: Document) -> Iterator[tuple[str, str]]:
    """Each annex with a name of its own, its length and its hash."""
    if len(document.annexes) > MOST_ANNEXES:
        yield "annexes", _("At most %(most)s annexes are possible.") % {"most": MOST_ANNEXES}
    if len({each.name for each in document.annexes}) < len(document.annexes):
        yield "annexes", _("Two annexes have the same name.")
    for index, annex in enumerate(document.annexes):
        yield from text_faults(annex.name, f"annexes[{index}].name")
        yield from text_faults(annex.media_type, f"annexes[{index}].media_type")
        if not 0 <= annex.bytes <= MOST_BYTES:
            yield f"annexes[{index}].bytes", _("The length of the file in bytes is expected.")
        if not SHA256.fullmatch(annex.sha256):
            yield f"annexes[{index}].sha256", _("A SHA-256 hash in 64 hexadecimal digits is expected.")


def bilingual_faults(text: Bilingual, place: str, *, prose: bool = False) -> Iterator[tuple[str, str]]:
    """Both languages are filled in."""
    for each in fields(text):
        yield from text_faults(getattr(text, each.name), f"{place}.{each.name}", prose=prose)


def text_faults(text: str, place: str, *, prose: bool = False, blank: bool = False) -> Iterator[tuple[str, str]]:
    """Plain, bounded, composed text without control characters or characters that turn its direction."""
    most = PROSE if prose else LINE
    if not blank and not text.strip():
        yield place, _("This must not be empty.")
    if len(text) > most:
        yield place, _("At most %(length)s characters.") % {"length": most}
    if not prose and LINE_END.search(text):
        yield place, _("One line only.")
    if prose and FOREIGN_LINE_END.search(text):
        yield place, _("Lines may end in a line feed only.")
    if not unicodedata.is_normalized("NFC", text):
        yield place, _("The same text can be written in two ways here. Type it anew instead of pasting it.")
    try:
        validate_plain(text)
    except ValidationError as fault:
        yield from ((place, message) for message in fault.messages)
