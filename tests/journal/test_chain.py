"""What the journal says cannot be changed, and a change by force is found."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Organization
from journal.chain import link
from journal.models import Entry
from journal.recording import as_numeric, plain, record, record_all
from journal.verification import faults, heads
from policy import PLATFORM
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def stream(enterprise: Organization) -> str:
    """A stream of five entries."""
    for number in range(1, 6):
        record(enterprise, "tested", by=PLATFORM, data={"number": number})
    return f"accounts.organization:{enterprise.pk}"


@contextmanager
def by_force() -> Iterator[Any]:
    """A cursor of somebody who may switch the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_change")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_no_change")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET name = 'nothing.happened'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(stream: str, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_no_truncate")

    with pytest.raises(IntegrityError, match="journal entries are final"), transaction.atomic():
        connection.cursor().execute(statement)

    assert Entry.objects.filter(stream=stream).count() == 5


def test_an_untouched_journal_is_whole(stream: str) -> None:
    assert list(faults()) == []
    assert heads()[stream][0] == 5


@pytest.mark.parametrize(
    "change",
    [
        "name = 'accounts.organization.praised'",
        "data = '{\"number\": 4}'",
        "at = at - interval '1 day'",
        "subject_id = 0, stream = stream || '0'",
        "hash = repeat('0', 64)",
    ],
)
def test_a_changed_entry_is_named(stream: str, change: str) -> None:
    with by_force() as cursor:
        cursor.execute(f"UPDATE journal_entry SET {change} WHERE stream = %s AND sequence = 3", [stream])

    found = list(faults())

    assert any(stream in fault and "entry 3" in fault for fault in found)


def test_an_entry_given_to_another_person_is_named(stream: str) -> None:
    with by_force() as cursor:
        cursor.execute("UPDATE journal_entry SET actor_id = %s WHERE sequence = 2", [factories.UserFactory.create().pk])

    found = list(faults())

    assert found == [f"{stream}: entry 2 was changed after it was written."]


def test_a_changed_subject_is_named(stream: str) -> None:
    with by_force() as cursor:
        cursor.execute("UPDATE journal_entry SET subject_id = subject_id + 1 WHERE sequence = 2")

    found = list(faults())

    assert found == [f"{stream}: entry 2 speaks of another subject than its stream."]


def test_a_removed_entry_is_named(stream: str) -> None:
    with by_force() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE stream = %s AND sequence = 3", [stream])

    found = list(faults())

    assert found == [f"{stream}: entry 3 is missing, 4 follows."]


def test_two_entries_that_changed_places_are_named(stream: str) -> None:
    with by_force() as cursor:
        cursor.execute("UPDATE journal_entry SET sequence = 9 WHERE sequence = 3")
        cursor.execute("UPDATE journal_entry SET sequence = 3 WHERE sequence = 4")
        cursor.execute("UPDATE journal_entry SET sequence = 4 WHERE sequence = 9")

    found = list(faults())

    assert f"{stream}: entry 3 does not continue the entry before it." in found


def test_a_tail_cut_off_is_found_by_heads_kept_elsewhere_and_only_by_them(stream: str, tmp_path: Path) -> None:
    anchor, output = tmp_path / "heads.json", StringIO()
    call_command("verify_journal", write_heads=anchor, stdout=output)
    with by_force() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE stream = %s AND sequence > 3", [stream])

    alone = list(faults())
    with pytest.raises(CommandError, match="1 fault"):
        call_command("verify_journal", compare_heads=anchor, stderr=output)

    assert alone == []
    assert f"{stream}: the anchored entry 5 is gone." in output.getvalue()


def test_a_stream_removed_as_a_whole_is_found_by_heads_kept_elsewhere(stream: str) -> None:
    earlier = heads()
    with by_force() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE stream = %s", [stream])

    assert list(faults(earlier)) == [f"{stream}: the anchored entry 5 is gone."]


def test_a_chain_rewritten_from_the_start_is_found_by_heads_kept_elsewhere(stream: str) -> None:
    earlier = heads()
    with by_force() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE stream = %s", [stream])
    organization = Organization.objects.get(pk=int(stream.rpartition(":")[2]))
    for _ in range(5):
        record(organization, "praised", by=PLATFORM)

    assert list(faults()) == []
    assert list(faults(earlier)) == [f"{stream}: entry 5 is not the one that was anchored."]


@pytest.mark.parametrize("content", ["", "[]", '{"stream": 5}', '{"stream": []}'])
def test_a_file_that_holds_no_heads_is_refused(tmp_path: Path, content: str) -> None:
    anchor = tmp_path / "heads.json"
    anchor.write_text(content)

    with pytest.raises(CommandError, match="is not a file of heads"):
        call_command("verify_journal", compare_heads=anchor)


@pytest.mark.usefixtures("transactional_db")
def test_a_stream_written_by_eight_threads_has_no_gap_and_no_fork() -> None:
    organization = factories.OrganizationFactory.create()
    gate = threading.Barrier(8)

    def write() -> None:
        gate.wait()
        for _ in range(25):
            with transaction.atomic():
                record(organization, "tested", by=PLATFORM)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Entry.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 201))
    assert list(faults()) == []


@pytest.mark.usefixtures("transactional_db")
def test_writers_that_name_the_same_streams_in_another_order_do_not_block_each_other() -> None:
    organizations: list[tuple[Organization, dict[str, Any]]] = [
        (organization, {}) for organization in factories.OrganizationFactory.create_batch(10)
    ]
    trouble: list[DatabaseError] = []
    gate = threading.Barrier(4)

    def write(subjects: list[tuple[Organization, dict[str, Any]]]) -> None:
        gate.wait()
        try:
            for _ in range(10):
                with transaction.atomic():
                    record_all(subjects, "tested", by=PLATFORM)
        except DatabaseError as fault:
            trouble.append(fault)
        finally:
            connection.close()

    orders = [organizations, organizations[::-1], organizations[5:] + organizations[:5], organizations]
    threads = [threading.Thread(target=write, args=[order]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert trouble == []
    assert {sequence for sequence, _ in heads().values()} == {40}


def test_a_batch_of_entries_costs_as_many_queries_as_a_single_one(django_assert_num_queries: Any) -> None:
    organizations = factories.OrganizationFactory.create_batch(30)

    with django_assert_num_queries(3):
        record(organizations[0], "tested", by=PLATFORM)
    with django_assert_num_queries(3):
        record_all([(organization, {}) for organization in organizations], "tested", by=PLATFORM)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
particulars = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(texts, particulars, max_size=5))
@example(data={"large": 1e16, "larger": 1.7976931348623157e308, "least": 5e-324, "zero": -0.0, "whole": 3.0})
@example(data={"词": "榫卯 \U0001f529 \u2028", "Z": {"b": [1, {"a": None}], "a": "\\u0041"}, "": 0.1})
def test_a_hash_can_be_computed_again_from_what_the_database_gives_back(db: None, data: dict[str, Any]) -> None:
    with transaction.atomic():
        organization = Organization(pk=1)
        written = record(organization, "tested", by=PLATFORM, data=data)
        read = Entry.objects.get(pk=written.pk)
        transaction.set_rollback(True)

    assert read.data == written.data
    assert read.expected_hash() == written.hash == written.expected_hash()


def test_dates_decimals_and_ids_are_kept_as_text() -> None:
    kept = plain({"at": datetime(2026, 1, 2, 3, 4, 5, 678901, UTC), "sum": Decimal("1.50"), "id": UUID(int=1)})

    assert kept == {"at": "2026-01-02T03:04:05.678Z", "sum": "1.50", "id": "00000000-0000-0000-0000-000000000001"}


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_figures_that_are_none_are_refused(number: str) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        plain({"figure": float(number)})


@pytest.mark.parametrize(("text", "number"), [("1e+16", 10**16), ("-0.0", 0.0), ("1e-07", 1e-7), ("2.50", 2.5)])
def test_numbers_take_the_form_that_the_database_gives_back(text: str, number: float) -> None:
    kept = as_numeric(text)

    assert json.dumps(kept) == json.dumps(number)


def test_a_link_covers_every_part_of_an_entry() -> None:
    at = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
    whole: dict[str, Any] = {"stream": "s:1", "sequence": 1, "name": "s.x", "actor": None, "at": at, "data": {}}
    others: dict[str, Any] = {
        "stream": "s:2",
        "sequence": 2,
        "name": "s.y",
        "actor": 1,
        "at": at + timedelta(microseconds=1),
        "data": {"a": 1},
    }

    digests = {
        link("", **whole),
        link("f", **whole),
        *(link("", **{**whole, name: other}) for name, other in others.items()),
    }

    assert len(digests) == 8
