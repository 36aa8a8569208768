"""A frozen contract has one sequence of bytes and one hash, and nothing unfit becomes one."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.document import (
    Annex,
    Bilingual,
    Document,
    DocumentFault,
    Signing,
    build,
    canonical,
    composed,
    digest,
    parse,
    plain,
)
from tests.contracts.documents import ENTERPRISE, GOVERNMENT, PRICE, SECRECY, UNIVERSITY, document, documents


def places(broken: Document) -> list[str]:
    """Where the faults of a document lie."""
    with pytest.raises(DocumentFault) as refused:
        canonical(broken)
    return list(refused.value.faults)


@given(documents())
def test_what_was_written_is_read_again(written: Document) -> None:
    assert parse(canonical(written)) == written


@given(documents(), st.randoms(use_true_random=False))
def test_the_order_in_which_fields_arrive_changes_no_byte(written: Document, chance: Any) -> None:
    shuffled = list(plain(written).items())
    chance.shuffle(shuffled)

    assert canonical(build(dict(shuffled))) == canonical(written)


@given(documents(), documents())
def test_two_documents_share_their_bytes_only_if_they_are_equal(one: Document, other: Document) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


def test_the_bytes_are_sorted_compact_utf8_and_the_hash_is_theirs() -> None:
    written = document()

    data = canonical(written)

    assert data.startswith(b'{"annexes":[{"bytes":1234567,"media_type":"application/pdf","name":"drawing.pdf","sha256"')
    assert "人民币80万元。\\n分两期支付。".encode() in data
    assert digest(written) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema":"tenon.contract/1"}',
        canonical(document()) + b" ",
        json.dumps(plain(document())).encode(),
        canonical(document()).replace(b'"version":1', b'"version":1,"version":1'),
        canonical(document()).replace(b'"version":1', b'"version":true'),
        canonical(document()).replace(b'"version":1', b'"version":1.0'),
        canonical(document()).replace(b'"version":1', b'"version":' + b"9" * 5000),
        canonical(document()).replace(b"tenon.contract/1", b"tenon.contract/2"),
    ],
    ids=range(14),
)
def test_other_bytes_are_not_a_document(data: bytes) -> None:
    with pytest.raises(DocumentFault):
        parse(data)


def test_a_field_that_nobody_knows_is_named() -> None:
    values = plain(document())
    values["clauses"][1]["body"]["fr"] = "Cinq ans."

    with pytest.raises(DocumentFault) as refused:
        build(values)

    assert list(refused.value.faults) == ["clauses[1].body.fr"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"number": ""}, "number"),
        ({"version": 0}, "version"),
        ({"title": Bilingual("标题", " ")}, "title.en"),
        ({"title": Bilingual("标题", "Two\nlines")}, "title.en"),
        ({"title": Bilingual("标" * 401, "Title")}, "title.zh"),
        ({"clauses": ()}, "clauses"),
        ({"clauses": (PRICE, replace(SECRECY, key="price"))}, "clauses"),
        ({"clauses": (PRICE, replace(SECRECY, number="1"))}, "clauses"),
        ({"clauses": (replace(PRICE, body=Bilingual("价\u202e款", "Price")),)}, "clauses[0].body.zh"),
        ({"clauses": (replace(PRICE, body=Bilingual("价\0款", "Price")),)}, "clauses[0].body.zh"),
        ({"clauses": (replace(PRICE, body=Bilingual("价款\r\n", "Price")),)}, "clauses[0].body.zh"),
        ({"clauses": (replace(PRICE, body=Bilingual("价款", "\ud800")),)}, "clauses[0].body.en"),
        ({"clauses": (replace(PRICE, body=Bilingual("价款", "<b>Price</b>")),)}, "clauses[0].body.en"),
        ({"clauses": (replace(PRICE, body=Bilingual("价款", "Cafe\u0301")),)}, "clauses[0].body.en"),
        ({"parties": (ENTERPRISE, GOVERNMENT), "signing": Signing(("client", "government"), "platform")}, "parties"),
        ({"parties": (UNIVERSITY, ENTERPRISE, GOVERNMENT)}, "parties"),
        ({"parties": (ENTERPRISE, UNIVERSITY, replace(GOVERNMENT, uscc=ENTERPRISE.uscc))}, "parties"),
        ({"signing": Signing(("provider", "client", "government"), "platform")}, "signing.order"),
        ({"annexes": (Annex("a", "text/plain", -1, "0" * 64),)}, "annexes[0].bytes"),
        ({"annexes": (Annex("a", "text/plain", 1, "0" * 63),)}, "annexes[0].sha256"),
        ({"annexes": (Annex("a", "text/plain", 1, "0" * 64),) * 2}, "annexes"),
    ],
)
def test_nothing_unfit_is_hashed(changes: dict[str, Any], place: str) -> None:
    assert place in places(document(**changes))


def test_pasted_text_is_composed_before_it_is_frozen() -> None:
    assert composed(" Cafe\u0301\r\nau lait\rnoir\u2028 ") == "Caf\u00e9\nau lait\nnoir"


@given(st.text(max_size=200))
def test_composing_twice_changes_nothing_more(text: str) -> None:
    assert composed(composed(text)) == composed(text)
