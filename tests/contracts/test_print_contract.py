"""The formal contract on paper says what the frozen document says, in the same bytes each time, or is refused."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from contracts.document import Annex, Bilingual, Document, digest
from contracts.paper import Paper, TypesettingFault, Unprintable, print_contract, unprintable
from contracts.paper.printing import data_of
from contracts.paper.reading import require_same_text
from contracts.paper.typesetting import typeset
from tests.contracts.documents import ENTERPRISE, GOVERNMENT, PRICE, UNIVERSITY, document, documents, long_document

MADE = datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC)


def printed(contract: Document) -> Paper:
    return print_contract(contract, MADE)


def text_of(paper: Paper) -> str:
    """Everything that a reader finds, without blanks."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper.pdf)).pages)


def test_the_same_version_gives_the_same_bytes() -> None:
    assert printed(document()) == printed(document())


def test_another_version_gives_other_bytes() -> None:
    assert printed(document()).pdf != printed(document(version=2)).pdf


def test_both_languages_the_parties_and_the_annexes_by_hash_stand_on_it() -> None:
    annexes = (Annex("500 pages.pdf", "application/pdf", 87_654_321, "cd" * 32),)

    text = text_of(printed(document(annexes=annexes)))

    for part in ("价款为人民币80万元。", "ThepriceisCNY800,000.", UNIVERSITY.name_zh, UNIVERSITY.uscc, "cd" * 32):
        assert part in text
    assert "1.500pages.pdfapplication/pdf87,654,321B" in text


def test_every_page_ends_with_hash_and_number() -> None:
    contract = long_document(9)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed(contract).pdf)).pages]

    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"SHA-256 {digest(contract)}" in page
        assert page.rstrip().endswith(f"Page {number} of {len(pages)}")


def test_it_is_pdf_a_2b_with_its_own_fonts_and_the_moment_of_freezing() -> None:
    reader = PdfReader(io.BytesIO(printed(document()).pdf))

    metadata = str(reader.trailer["/Root"]["/Metadata"].get_data())  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert reader.metadata is not None
    assert reader.metadata.creation_date == MADE
    assert {name.split("+")[1].split("-")[0] for page in reader.pages for name in fonts(page)} == {
        "NotoSansSC",
        "LibertinusSerif",
        "DejaVuSansMono",
    }


def fonts(page: Any) -> list[str]:
    """The names of a page's fonts, each embedded."""
    found = []
    for each in page["/Resources"]["/Font"].values():
        descendant: Any = each.get_object()["/DescendantFonts"][0].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"].get_object())
        found.append(str(descendant["/BaseFont"]))
    return found


def test_each_party_has_a_place_to_sign_on_the_last_page() -> None:
    paper = printed(document())

    last = len(PdfReader(io.BytesIO(paper.pdf)).pages) - 1
    assert [(place.role, place.page) for place in paper.places] == [
        ("client", last),
        ("provider", last),
        ("government", last),
    ]
    boxes = [place.box for place in paper.places]
    assert all(0 < left < right < 595 and 0 < bottom < top < 842 for left, bottom, right, top in boxes)
    assert all(above[1] > below[3] for above, below in pairwise(boxes))


@settings(max_examples=20, deadline=None)
@given(documents())
def test_whatever_people_write_stands_on_the_paper_as_written(contract: Document) -> None:
    paper = printed(contract)

    require_same_text(paper.pdf, data_of(contract, MADE))


def test_text_that_differs_in_one_character_is_found() -> None:
    pdf = typeset("contract.typ", data_of(document(), MADE))
    other = replace(PRICE, body=Bilingual("价款为人民币81万元。\n分两期支付。", PRICE.body.en))
    data = data_of(document(), MADE)
    data["document"]["clauses"][0]["body"]["zh"] = other.body.zh

    with pytest.raises(TypesettingFault, match=r"0万元.*1万元"):
        require_same_text(pdf, data)


@pytest.mark.parametrize("character", ["😀", "𠮷", "\ue000", "\u2f00", "한", "a\u0301\u0302"[1:]])
def test_a_name_with_a_character_that_no_font_has_is_refused_and_the_character_named(character: str) -> None:
    contract = document(parties=(replace(ENTERPRISE, name_zh=f"王{character}公司"), UNIVERSITY, GOVERNMENT))

    with pytest.raises((Unprintable, ValueError)) as refused:
        printed(contract)

    assert isinstance(refused.value, Unprintable) or "parties[0].name_zh" in str(refused.value)


def test_unprintable_names_each_character_once() -> None:
    assert unprintable("CO₂ 温升≤25 K\n㎡😀镕😀\u202e") == "😀\u202e"


@pytest.mark.parametrize("text", ["镕", "喆", "㐂", "₂", "⌀", "×", "μ", "℃", "Å", "“引号”", "—…"])
def test_what_engineers_and_names_need_is_printable(text: str) -> None:
    assert unprintable(text) == ""


@settings(max_examples=10, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_is_either_printed_or_refused_by_name(text: str) -> None:
    contract = document(clauses=(replace(PRICE, body=Bilingual("起" + text + "终", "Price")),))

    refusal = refused(contract)

    if isinstance(refusal, Unprintable):
        assert set(refusal.characters) <= set(text)
    else:
        assert refusal is None or "clauses[0].body.zh" in str(refusal)


def refused(contract: Document) -> ValueError | None:
    """How the paper was refused, if it was."""
    try:
        printed(contract)
    except ValueError as fault:
        return fault
    return None


def test_a_template_that_warns_makes_no_paper(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.typ").write_text(
        '#set document(date: datetime(year: 2000, month: 1, day: 1))\n#text(font: "No such font", "x")'
    )
    monkeypatch.setattr("contracts.paper.typesetting.FOLDER", tmp_path)

    with pytest.raises(TypesettingFault, match="unknown font family"):
        typeset("odd.typ", {})
