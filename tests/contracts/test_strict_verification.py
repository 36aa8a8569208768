"""Whatever is done to a signed file, strict verification refuses it; what nobody touched it accepts."""

import io
import os
import random
import shutil
import subprocess
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from contracts.document import Document
from contracts.signing.certificates import make_root
from contracts.signing.file import digest_of
from contracts.signing.strict import Expected, Verdict, verify
from tests.contracts.documents import document, documents, long_document
from tests.contracts.files import NOW, Signed, sign_all

FLIPS = 1000 if os.environ.get("TENON_FULL_SIZE") else 50


@pytest.fixture(scope="module")
def signed() -> Signed:
    """A contract that the platform certified and three parties signed."""
    return sign_all(document())


def judged(signed: Signed, file: bytes, *, known: bool = False, **changes: object) -> Verdict:
    """The verdict on a file; `known` makes its hash known, so that only the signatures speak."""
    hashes = {digest_of(file)} if known else {digest_of(each) for each in signed.files}
    arguments = {"known": hashes, "expected": signed.expected, "roots": [signed.root.certificate], **changes}
    return verify(file, **arguments)  # type: ignore[arg-type]


def test_an_untouched_file_is_good(signed: Signed) -> None:
    verdict = judged(signed, signed.files[-1])

    assert (verdict.good, verdict.codes) == (True, ())
    assert [one.field for one in verdict.signatures] == ["platform", "client", "provider", "government"]


def test_every_file_on_the_way_is_good_with_the_signatures_it_should_have(signed: Signed) -> None:
    for number, file in enumerate(signed.files[1:], 1):
        assert judged(signed, file, expected=signed.expected[:number]).codes == ()


def test_each_file_is_the_beginning_of_the_next(signed: Signed) -> None:
    assert all(later.startswith(earlier) and len(later) > len(earlier) for earlier, later in pairwise(signed.files))


def test_the_last_signature_cut_off_is_noticed_even_where_the_hash_is_known(signed: Signed) -> None:
    assert judged(signed, signed.files[-2], known=True).codes == ("wrong-signers",)


@pytest.mark.parametrize("junk", [b"\n", b" ", b"%%EOF", b"\0" * 100, b"1 0 obj\n<<>>\nendobj\n%%EOF\n"])
def test_junk_after_the_end_is_noticed_even_where_the_hash_is_known(signed: Signed, junk: bytes) -> None:
    assert not judged(signed, signed.files[-1] + junk, known=True).good
    assert not judged(signed, signed.files[-1] + junk).good


def test_padding_inside_the_hole_of_the_last_signature_is_noticed(signed: Signed) -> None:
    file = signed.files[-1]
    end = file.rindex(b">", 0, signed.prepared[-1].end)

    for padded in (file[: end - 2] + b"00" + file[end:], file[:end] + b"00" + file[end:]):
        assert padded != file
        assert not judged(signed, padded).good


def test_spare_room_in_a_hole_that_is_filled_with_something_else_is_noticed(signed: Signed) -> None:
    roomy = sign_all(document(), spare=40)
    file, hole = roomy.files[-1], roomy.prepared[-1]
    assert file[hole.end - 41 : hole.end - 1] == b"0" * 40

    changed = file[: hole.end - 41] + b"F" * 40 + file[hole.end - 1 :]

    assert judged(roomy, file).good
    assert not judged(roomy, changed).good


def test_a_file_that_was_saved_again_is_noticed(signed: Signed) -> None:
    writer, output = PdfWriter(clone_from=PdfReader(io.BytesIO(signed.files[-1]))), io.BytesIO()
    writer.write(output)

    assert not judged(signed, output.getvalue()).good
    assert not judged(signed, output.getvalue(), known=True).good


def test_another_revision_on_top_is_noticed_even_where_the_hash_is_known(signed: Signed) -> None:
    writer = PdfWriter(io.BytesIO(signed.files[-1]), incremental=True)
    writer.add_metadata({"/Title": "Another title"})
    output = io.BytesIO()
    writer.write(output)
    assert output.getvalue().startswith(signed.files[-1])

    assert not judged(signed, output.getvalue(), known=True).good


def test_an_authority_that_only_looks_alike_is_noticed_even_where_the_hash_is_known(signed: Signed) -> None:
    forged = sign_all(document(), root=make_root("Root", NOW))

    codes = judged(signed, forged.files[-1], known=True).codes

    assert "client: untrusted" in codes
    assert "client: other-certificate" in codes


def test_signers_in_another_order_are_noticed(signed: Signed) -> None:
    turned = (*signed.expected[:1], signed.expected[2], signed.expected[1], signed.expected[3])

    assert judged(signed, signed.files[-1], expected=turned).codes == ("wrong-signers",)


def test_a_signature_with_another_certificate_of_the_same_authority_is_noticed(signed: Signed) -> None:
    one = signed.expected[1]
    other = Expected(one.field, signed.expected[2].fingerprint, one.at)

    codes = judged(signed, signed.files[-1], expected=(signed.expected[0], other, *signed.expected[2:])).codes

    assert codes == ("client: other-certificate",)


def test_a_certificate_that_had_run_out_when_it_signed_is_noticed(signed: Signed) -> None:
    late = tuple(Expected(each.field, each.fingerprint, NOW + timedelta(days=4000)) for each in signed.expected)

    assert "client: untrusted" in judged(signed, signed.files[-1], expected=late).codes


def test_a_certificate_that_ran_out_afterwards_changes_nothing(signed: Signed) -> None:
    assert all(
        one.until and one.until < NOW + timedelta(days=4000) for one in judged(signed, signed.files[-1]).signatures
    )
    assert judged(signed, signed.files[-1]).good


def test_every_flipped_bit_is_noticed(signed: Signed) -> None:
    file, chance = signed.files[-1], random.Random(20261125)
    missed = []
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(file)), chance.randrange(8)
        flipped = file[:place] + bytes([file[place] ^ (1 << bit)]) + file[place + 1 :]
        if judged(signed, flipped).good:
            missed.append((place, bit))

    assert missed == []


@settings(max_examples=5, deadline=None)
@given(documents())
def test_whatever_the_contract_says_each_file_begins_with_the_one_before_and_holds(contract: Document) -> None:
    made = sign_all(contract)

    assert all(later.startswith(earlier) and len(later) > len(earlier) for earlier, later in pairwise(made.files))
    assert judged(made, made.files[-1]).codes == ()


@settings(max_examples=15, deadline=None)
@given(share=st.floats(0, 0.9999))
def test_every_truncation_is_noticed(signed: Signed, share: float) -> None:
    assert not judged(signed, signed.files[-1][: int(len(signed.files[-1]) * share)]).good


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=300))
def test_anything_else_gets_a_verdict_and_raises_nothing(signed: Signed, file: bytes) -> None:
    assert not judged(signed, file).good
    assert not judged(signed, b"%PDF-1.7\n" + file, known=True).good


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is not installed (apt-get install poppler-utils)")
@pytest.mark.parametrize("clauses", [1, 12])
def test_poppler_agrees_that_untouched_files_are_valid(clauses: int, tmp_path: Path) -> None:
    signed = sign_all(long_document(clauses))
    path = tmp_path / "contract.pdf"
    path.write_bytes(signed.files[-1])

    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout

    assert said.count("Signature is Valid.") == 4
    assert said.count("Total document signed") == 1
