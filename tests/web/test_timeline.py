"""The timeline tells what happened in words, from the journal."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from journal.models import Entry
from matching.models import Match
from web.timeline import Happening, happening, words_for

WHEN = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def entry(name: str, **data: Any) -> Entry:
    return Entry(name=name, subject_id=1, at=WHEN, data=data)


def test_a_contributed_sentence_is_used() -> None:
    words_for({"web.sample.approved": "approved the sample"})

    told = happening(entry("web.sample.approved", note="well done"), SimpleNamespace())

    assert told == Happening("Tenon", "approved the sample", WHEN, note="well done")


def test_without_a_sentence_the_entry_s_name_is_told() -> None:
    assert happening(entry("web.sample.put_aside"), SimpleNamespace()).what == "put aside"


def test_a_move_s_label_and_reason_are_told_in_words() -> None:
    data = {"from": "mutual", "to": "refused", "reason": "conflict"}

    told = happening(entry("matching.match.without_words", **data), Match())

    assert (told.what, told.reason) == ("Refuse", "The parties are not independent of each other")
