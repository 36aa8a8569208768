"""Names of files as people read them: no path, nothing invisible, and an ending that says what the file is."""

import re
import unicodedata

from files.types import FileType
from texts.plain import CONTROL

LONGEST = 120
UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


def clean(name: str, found: FileType) -> str:
    """The name that is kept and offered for the download.

    Takes the last part of a path of any system, drops control, zero-width and direction-turning characters, and adds
    the type's ending where it has another one: "report.exe" that is a PDF becomes "report.exe.pdf".
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = CONTROL.sub("", name)
    name = UNSAFE.sub("_", "".join(each for each in name if each.isprintable()))
    name = re.sub(r"\s+", " ", name).rstrip(" .")
    stem, ending = split(name, found)
    stem = stem.lstrip(" .")
    return f"{stem[: LONGEST - len(ending)].rstrip() or 'file'}{ending}"


def split(name: str, found: FileType) -> tuple[str, str]:
    """Stem and ending; an ending that does not belong to the type stays in the stem."""
    for ending in found.endings:
        if name.lower().endswith(ending):
            return name[: -len(ending)].rstrip(" ."), name[-len(ending) :].lower()
    return name, found.ending
