"""What a file is follows from what it holds; what it is called is made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.names import LONGEST, clean
from files.types import ACCEPTED, PDF, TEXT, type_of
from tests.files import samples
from texts.plain import CONTROL


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (samples.pdf(), "a.txt", "application/pdf"),
        (samples.png(), "a.pdf", "image/png"),
        (samples.jpeg(), "photo", "image/jpeg"),
        (samples.xlsx(), "a.zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (samples.office(), "a", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            samples.office("ppt/presentation.xml"),
            "a",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        ("温升,40\n".encode(), "a.CSV", "text/csv"),
        ("温升 40".encode("gb18030"), "a.txt", "text/plain"),
        (b"temperature rise: 40 K", "a.pdf", "text/plain"),
    ],
)
def test_the_content_tells_the_type(content: bytes, name: str, media_type: str) -> None:
    found = type_of(content, name)

    assert found is not None
    assert found.media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        samples.archive(),
        b"PK\x03\x04 no archive at all",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00",
        b"text with a \x00 in it",
        b"\x1b[2Jterminal",
        b"\x80\x81\xff\xfe\xff",
    ],
)
@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.docx", "a.txt"])
def test_what_is_not_accepted_stays_out_whatever_it_is_called(content: bytes, name: str) -> None:
    assert type_of(content, name) is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("Report.PDF", "Report.pdf"),
        ("检测报告 第3版.pdf", "检测报告 第3版.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\li\report.pdf", "report.pdf"),
        ("report.exe", "report.exe.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('a"; filename="b.html', "a_; filename=_b.html.pdf"),
        ("", "file.pdf"),
        (".pdf", "file.pdf"),
        ("...", "file.pdf"),
        ("  two   spaces .pdf ", "two spaces.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_becomes_harmless_and_tells_the_type(name: str, kept: str) -> None:
    assert clean(name, PDF) == kept


@given(name=st.text(max_size=300), found=st.sampled_from(ACCEPTED))
def test_no_name_leads_anywhere_or_hides_anything(name: str, found: object) -> None:
    kept = clean(name, found)  # type: ignore[arg-type]

    assert not set(kept) & set('/\\<>:"|?*\0\r\n')
    assert not CONTROL.search(kept)
    assert len(kept) <= LONGEST
    assert kept.endswith(found.endings)  # type: ignore[attr-defined]
    assert clean(kept, found) == kept  # type: ignore[arg-type]


def test_every_type_has_an_ending_of_its_own() -> None:
    endings = [ending for each in ACCEPTED for ending in each.endings]

    assert len(endings) == len(set(endings))
    assert TEXT.ending == ".txt"
