"""Looking into a file before anybody may open it: is it whole, open, passive, and of bounded size?

Functions of the content alone. What they cannot see is left to the scanner that the operator may name.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from files.models import RefuseReason
from files.types import CSV, DOCX, JPEG, PDF, PNG, PPTX, TEXT, XLSX, type_of

LARGEST_UNPACKED = 200 * 2**20
MOST_PARTS = 5000
ACTIVE_PARTS = ("vbaproject.bin", "vbadata.xml", ".ocx", "activex/", "oleobject")
ACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles")
ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})


class Refused(Exception):
    """The file is not let in, for this reason."""

    def __init__(self, reason: RefuseReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def inspect(content: bytes, media_type: str, name: str) -> None:
    """Raise Refused unless the content is whole, readable by everybody, and holds nothing that runs."""
    found = type_of(content, name)
    if found is None or found.media_type != media_type:
        raise Refused(RefuseReason.BROKEN)
    CHECKS[media_type](content)


def check_pdf(content: bytes) -> None:
    """Readable without a password, with at least one page, without scripts and without files inside."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refused(RefuseReason.ENCRYPTED)
        pages, root = len(reader.pages), reader.root_object
        names, opening = root.get("/Names"), root.get("/OpenAction")
        if acts(opening) or acts(root.get("/AA")) or any(name in resolved(names) for name in ACTIVE_NAMES):
            raise Refused(RefuseReason.ACTIVE)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as fault:
        # Damaged files make the reader stumble in many ways; each of them means the same.
        raise Refused(RefuseReason.BROKEN) from fault
    if not pages:
        raise Refused(RefuseReason.BROKEN)


def resolved(found: object) -> DictionaryObject:
    """A dictionary of the PDF, whether it stands there or elsewhere; an empty one for anything else."""
    direct = found.get_object() if hasattr(found, "get_object") else found
    return direct if isinstance(direct, DictionaryObject) else DictionaryObject()


def acts(found: object) -> bool:
    """Whether an action, or one of a table of actions, would run something."""
    action = resolved(found)
    return action.get("/S") in ACTIVE_ACTIONS or any(
        resolved(each).get("/S") in ACTIVE_ACTIONS for each in action.values()
    )


def check_png(content: bytes) -> None:
    """A header, data and an end, each part with its checksum right."""
    place, parts = 8, []
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4])
        part = content[place + 4 : place + 8 + length]
        if zlib.crc32(part) != int.from_bytes(content[place + 8 + length : place + 12 + length]):
            raise Refused(RefuseReason.BROKEN)
        parts.append(part[:4])
        place += 12 + length
    if place != len(content) or parts[:1] != [b"IHDR"] or parts[-1:] != [b"IEND"] or b"IDAT" not in parts:
        raise Refused(RefuseReason.BROKEN)


def check_jpeg(content: bytes) -> None:
    """From its first marker to its last."""
    if not content.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in content[-1024:]:
        raise Refused(RefuseReason.BROKEN)


def check_office(content: bytes) -> None:
    """A whole archive without macros or embedded programs, that unpacks to a bounded size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Refused(RefuseReason.BOMB)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(RefuseReason.ENCRYPTED)
            if any(active in part.filename.lower() for part in parts for active in ACTIVE_PARTS):
                raise Refused(RefuseReason.ACTIVE)
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError) as fault:
        raise Refused(RefuseReason.BROKEN) from fault
    if damaged:
        raise Refused(RefuseReason.BROKEN)


def check_text(content: bytes) -> None:
    """Text was decoded when its type was found; there is nothing more to look for."""


CHECKS: Mapping[str, Callable[[bytes], None]] = {
    PDF.media_type: check_pdf,
    PNG.media_type: check_png,
    JPEG.media_type: check_jpeg,
    **dict.fromkeys((DOCX.media_type, XLSX.media_type, PPTX.media_type), check_office),
    **dict.fromkeys((CSV.media_type, TEXT.media_type), check_text),
}
