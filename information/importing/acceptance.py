"""Taking a file in: everything that can be refused at once is refused here, before anything is kept."""

from pathlib import PurePath
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from information.importing.columns import MODELS
from information.importing.keeping import IMPORT
from information.importing.reading import check_head, count
from information.models import Import
from jobs import services as jobs
from journal.errors import BadInput, NotAllowed, TooLarge
from journal.recording import record
from policy import decide

MOST_ROWS = 50_000
"""More is refused, so that no single job holds the others up for long."""
ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
"""The encodings that people choose from, and the codec of each; a byte order mark is dropped."""
FORMATS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}


class Upload(Protocol):
    """An uploaded or an opened file; its name, if it has one, tells the format."""

    def read(self, size: int, /) -> bytes: ...


def accept(
    file: Upload,
    *,
    kind: str,
    format: str | None = None,
    encoding: str = "utf-8",
    owner: Organization,
    by: User,
    submit: bool = True,
) -> Import:
    """Take a file of needs or achievements in for an organization and start the job that imports it.

    `format` None goes by the file's name. With `submit`, posts are submitted as far as the person may do that.
    Raises NotAllowed, TooLarge, BadInput; then nothing is kept.
    """
    check_choice("kind", kind, MODELS)
    check_choice("encoding", encoding, ENCODINGS)
    check_policy(kind, owner, by)
    name = PurePath(getattr(file, "name", None) or f"{kind}s").name
    format = format or FORMATS.get(PurePath(name).suffix.lower(), "")
    check_choice("format", format, Import.Format.values)
    raw = bytes_of(file)
    text = decoded(raw, encoding)
    if not text.strip():
        raise BadInput(_("The file is empty."))
    check_head(text, format, kind)
    check_rows(count(text, format))
    source = Import(owner=owner, created_by=by, kind=kind, format=format, submit=submit)
    source.file_name = "".join(character for character in name if character.isprintable())[:200]
    # Kept as UTF-8 whatever it came in, so that the job need not know.
    source.content = text.encode(errors="surrogatepass")
    return begin(source, by)


@transaction.atomic
def begin(source: Import, by: User) -> Import:
    """Keep the import and start its job, together with the journal entry."""
    source.save()
    # Reasons of bad rows are written for the person who uploads, in the language of that moment.
    source.job = jobs.start(IMPORT, by=by, subject_id=source.pk, cursor={"language": get_language() or by.language})
    source.save(update_fields=["job"])
    particulars = {"kind": source.kind, "format": source.format, "file_name": source.file_name}
    record(source, "accepted", by=by, data=particulars)
    return source


def check_choice(field: str, value: object, choices: object) -> None:
    """Raise BadInput on the field unless the value is one of the choices."""
    names = list(choices)  # type: ignore[call-overload]
    if value not in names:
        message = _("Choose one of: %(values)s.") % {"values": ", ".join(names)}
        raise BadInput(message, fields={field: [message]})


def check_policy(kind: str, owner: Organization, by: User) -> None:
    """Raise NotAllowed unless the person may import, and post this kind, for the organization."""
    for action, subject in (("import.create", Import(owner=owner)), (f"{kind}.create", MODELS[kind](owner=owner))):
        if not (decision := decide(by, action, subject)):
            raise NotAllowed(decision.reason)


def check_rows(rows: int) -> None:
    """Raise BadInput for a file without rows, TooLarge for one with too many."""
    if rows < 1:
        raise BadInput(_("The file has a header, but no rows."))
    if rows > MOST_ROWS:
        message = _("The file has %(rows)s rows; at most %(most)s are imported at once. Split it into several files.")
        raise TooLarge(message % {"rows": rows, "most": MOST_ROWS})


def bytes_of(file: Upload) -> bytes:
    """The file's content; raises TooLarge without reading more than is accepted."""
    most: int = settings.LARGEST_UPLOAD
    raw: bytes = file.read(most + 1)
    if len(raw) > most:
        message = _("The file is larger than %(most)s MiB. Split it into several files.")
        raise TooLarge(message % {"most": most // 2**20})
    return raw


def decoded(raw: bytes, encoding: str) -> str:
    """The text in the bytes; raises BadInput with the place of the first fault and what to do about it."""
    if (place := raw.find(b"\0")) >= 0:
        message = _("Byte %(byte)s in line %(line)s is NUL: this is no text file, or one in UTF-16. Save it as UTF-8.")
        raise BadInput(message % where(raw, place))
    if encoding == "gb18030" and not raw.isascii() and is_text(raw, "utf-8"):
        raise BadInput(_("This file is in UTF-8, not in GB18030. Choose UTF-8."))
    try:
        return raw.decode(ENCODINGS[encoding])
    except UnicodeDecodeError as fault:
        advice = (
            _("It seems to be GB18030: choose that encoding, or save the file as UTF-8.")
            if encoding == "utf-8" and is_text(raw, "gb18030")
            else _("Save the file as UTF-8 or choose the encoding it has.")
        )
        message = _("Byte %(byte)s in line %(line)s is not %(encoding)s.")
        raise BadInput(message % {**where(raw, fault.start), "encoding": encoding.upper()} + " " + advice) from fault


def is_text(raw: bytes, encoding: str) -> bool:
    """Whether the bytes are text in the encoding."""
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def where(raw: bytes, place: int) -> dict[str, int]:
    """A place in the file as people count: bytes and lines from 1."""
    return {"byte": place + 1, "line": raw.count(b"\n", 0, place) + 1}
