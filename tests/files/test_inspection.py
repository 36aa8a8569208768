"""Looking into files: what is damaged, locked, active or a bomb is refused, with its reason."""

import zipfile
from io import BytesIO

import pytest

from files import inspection
from files.inspection import Refused
from files.models import RefuseReason
from files.types import DOCX, JPEG, PDF, PNG, TEXT, XLSX, FileType, type_of
from tests.files import samples


def named(value: bytes | FileType | str) -> str:
    """What a case is called: never by its content, which is long and differs from run to run."""
    return value if isinstance(value, str) else str(value.label) if isinstance(value, FileType) else "file"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (samples.pdf(), PDF),
        (samples.png(), PNG),
        (samples.jpeg(), JPEG),
        (samples.xlsx(), XLSX),
        (samples.office(), DOCX),
        (b"40 K", TEXT),
    ],
    ids=named,
)
def test_a_sound_file_passes(content: bytes, found: FileType) -> None:
    assert type_of(content, f"a{found.ending}") == found
    inspection.inspect(content, found.media_type, f"a{found.ending}")


@pytest.mark.parametrize(
    ("content", "found", "reason"),
    [
        (samples.pdf(password="secret"), PDF, "encrypted"),
        (samples.pdf(script="app.alert(1)"), PDF, "active"),
        (samples.pdf(inside=b"MZ"), PDF, "active"),
        (samples.launching_pdf(), PDF, "active"),
        (samples.pdf()[:200], PDF, "broken"),
        (b"%PDF-1.7\n%%EOF", PDF, "broken"),
        (samples.png()[:-4], PNG, "broken"),
        (samples.png().replace(b"IDAT", b"IDAX"), PNG, "broken"),
        (samples.png() + b"<script>", PNG, "broken"),
        (samples.jpeg()[:-2], JPEG, "broken"),
        (samples.office(parts={"word/vbaProject.bin": b"x"}), DOCX, "active"),
        (samples.office(parts={"word/embeddings/oleObject1.bin": b"x"}), DOCX, "active"),
        (samples.office(parts={"word/big": b"\0" * (201 * 2**20)}), DOCX, "bomb"),
        (samples.pdf(), PNG, "broken"),
    ],
    ids=named,
)
def test_an_unsound_file_is_refused_with_its_reason(content: bytes, found: FileType, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        inspection.inspect(content, found.media_type, f"a{found.ending}")

    assert refusal.value.reason == RefuseReason(reason)


def test_a_document_whose_part_was_damaged_is_refused() -> None:
    content = bytearray(samples.office(parts={"word/media": b"picture" * 1000}))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        place = archive.getinfo("word/media").header_offset + 60
    content[place] ^= 0xFF

    with pytest.raises(Refused) as refusal:
        inspection.inspect(bytes(content), DOCX.media_type, "a.docx")

    assert refusal.value.reason == RefuseReason.BROKEN
