"""Which types of files are accepted, and how a file's type is found: by what it holds, never by what it is called.

Archives are not among them: nobody can judge on one page what lies in a ZIP, and a scanner sees only half of it.
"""

import io
import zipfile
from dataclasses import dataclass

import puremagic
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class FileType:
    """An accepted type: its media type, the endings it may have (the usual one first), and what people call it."""

    media_type: str
    endings: tuple[str, ...]
    label: str | Promise

    @property
    def ending(self) -> str:
        return self.endings[0]


PDF = FileType("application/pdf", (".pdf",), "PDF")
PNG = FileType("image/png", (".png",), "PNG")
JPEG = FileType("image/jpeg", (".jpg", ".jpeg"), "JPEG")
DOCX = FileType(f"{OFFICE}wordprocessingml.document", (".docx",), "Word")
XLSX = FileType(f"{OFFICE}spreadsheetml.sheet", (".xlsx",), "Excel")
PPTX = FileType(f"{OFFICE}presentationml.presentation", (".pptx",), "PowerPoint")
CSV = FileType("text/csv", (".csv",), "CSV")
TEXT = FileType("text/plain", (".txt", ".md", ".log"), _("plain text"))

ACCEPTED = (PDF, PNG, JPEG, DOCX, XLSX, PPTX, CSV, TEXT)
BY_MEDIA_TYPE = {each.media_type: each for each in ACCEPTED}
BY_MAGIC = {each.media_type: each for each in (PDF, PNG, JPEG)}
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
ENCODINGS = ("utf-8-sig", "gb18030")


def type_of(content: bytes, name: str) -> FileType | None:
    """The accepted type of a file's content, None if it is none of them; the name decides only between CSV and text."""
    if content.startswith(b"PK\x03\x04"):
        return office_type(content)
    try:
        found = {match.mime_type for match in puremagic.magic_string(content)}
    except puremagic.PureError:
        found = set()
    for media_type in BY_MAGIC.keys() & found:
        return BY_MAGIC[media_type]
    if not is_text(content):
        return None
    return CSV if name.lower().endswith(CSV.ending) else TEXT


def office_type(content: bytes) -> FileType | None:
    """Which office document a ZIP is, by its main part; None for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((found for part, found in MAIN_PARTS.items() if part in names), None)


def is_text(content: bytes) -> bool:
    """Whether it is text in UTF-8 or GB18030, without the control characters that only programs write."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in set(content)):
        return False
    for encoding in ENCODINGS:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
