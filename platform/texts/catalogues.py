"""The message catalogues: gathered from the sources, checked and compiled, with Babel only.

GNU gettext's programs are not needed, so that a machine with nothing but Python can run the demonstration.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LOCALES = {"zh_Hans": "zh_Hans", "en": "en"}
SOURCE_LOCALE = "en"
"""The language in which the sources speak: its catalogue repeats them."""
FOLDERS = ("platform", "information", "matching", "contracts", "tracking")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")

BEGINNING = datetime(2026, 11, 24, tzinfo=UTC)

Message = tuple[str | tuple[str, ...], str | None]
"""What a catalogue is keyed by: the text (or texts, with plural) and its context."""


def po_file(root: Path, locale: str) -> Path:
    return root / "locale" / locale / "LC_MESSAGES" / "django.po"


def gathered(root: Path) -> Catalog:
    """Every message of the sources, with the files in which it stands."""
    catalogue = Catalog(project="Tenon", charset="utf-8")
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                for text, context in messages_in(path):
                    catalogue.add(text, context=context, locations=[(path.relative_to(root).as_posix(), 0)])
    return catalogue


def messages_in(path: Path) -> Iterator[Message]:
    """The messages of one source file; a template is first turned into the calls it stands for."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What it writes keeps the template's indentation, which Python would take for blocks.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines()) + "\n"
    for _, text, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield text, context


def read(root: Path, locale: str) -> Catalog:
    """A catalogue as it stands; an empty one where there is none yet."""
    path = po_file(root, locale)
    if not path.exists():
        return empty(locale)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALES[locale])


def empty(locale: str) -> Catalog:
    """A catalogue without messages; its header carries no date, so that an update changes only what it must."""
    return Catalog(
        locale=LOCALES[locale],
        project="Tenon",
        charset="utf-8",
        fuzzy=False,
        header_comment="# What Tenon says.",
        creation_date=BEGINNING,
    )


def update(root: Path) -> None:
    """Bring both catalogues in line with the sources: new messages empty, gone ones removed, the rest kept."""
    template = gathered(root)
    for locale in LOCALES:
        held = read(root, locale)
        fresh = empty(locale)
        for message in template:
            if not message.id:
                continue
            known = held.get(spelled(message.id)[0], message.context)
            text = known.string if known and not known.fuzzy else ""
            if locale == SOURCE_LOCALE:
                text = message.id
            fresh.add(message.id, text, context=message.context, locations=message.locations, flags=message.flags)
        path = po_file(root, locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, fresh, sort_by_file=True, include_lineno=False, width=120, omit_header=False)


def spelled(text: str | Sequence[str] | None) -> list[str]:
    """A message's text as a list: the singular first, then the plural if there is one."""
    return [] if text is None else [text] if isinstance(text, str) else list(text)


def by_key(catalogue: Catalog) -> dict[tuple[str, str | None], CatalogMessage]:
    """The messages by their singular and context."""
    return {(spelled(message.id)[0], message.context): message for message in catalogue if message.id}


def faults(root: Path) -> Iterator[str]:
    """One sentence for each message that is missing, left over, untranslated or broken in a catalogue."""
    wanted = by_key(gathered(root))
    for locale in LOCALES:
        held = by_key(read(root, locale))
        for key in sorted(wanted.keys() - held.keys(), key=str):
            yield f"{locale}: missing “{key[0]}” ({wanted[key].locations[0][0]}); run `manage.py update_messages`"
        for key in sorted(held.keys() - wanted.keys(), key=str):
            yield f"{locale}: “{key[0]}” is no longer used; run `manage.py update_messages`"
        for key in sorted(wanted.keys() & held.keys(), key=str):
            translated = spelled(held[key].string)
            if not translated or not all(translated) or held[key].fuzzy:
                yield f"{locale}: “{key[0]}” is not translated"
            elif placeholders(translated) - placeholders(spelled(held[key].id)):
                yield f"{locale}: the translation of “{key[0]}” has other placeholders"


def placeholders(texts: Sequence[str]) -> set[str]:
    """The names that are filled in when one of the texts is shown."""
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def compile_all(root: Path, *, force: bool = False) -> int:
    """Write the binary catalogue beside each text one that is newer; gives the number written."""
    written = 0
    for locale in LOCALES:
        source = po_file(root, locale)
        target = source.with_suffix(".mo")
        if force or not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            buffer = io.BytesIO()
            write_mo(buffer, read(root, locale))
            target.write_bytes(buffer.getvalue())
            written += 1
    return written
