"""Keyset paging walks a list forwards and backwards without losing or repeating a row."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from jobs.models import Job
from journal.errors import BadInput
from web.paging import Page, paginate, write_cursor

pytestmark = pytest.mark.django_db

START = datetime(2030, 1, 1, tzinfo=UTC)


def make_jobs(*minutes: int) -> list[Job]:
    return [Job.objects.create(kind="test", due_at=START + timedelta(minutes=minute)) for minute in minutes]


def asking(**parameters: str) -> HttpRequest:
    return RequestFactory().get("/", parameters)


def page(size: int = 2, *, ascending: bool = False, **parameters: str) -> Page[Job]:
    return paginate(Job.objects.all(), asking(**parameters), by="due_at", size=size, ascending=ascending)


@pytest.mark.parametrize("ascending", [False, True])
def test_following_next_visits_every_row_once_also_where_values_are_equal(ascending: bool) -> None:
    made = make_jobs(0, 5, 5, 5, 9)

    shown = page(ascending=ascending)
    seen = [job.pk for job in shown.items]
    while shown.next:
        shown = page(cursor=shown.next, ascending=ascending)
        seen += [job.pk for job in shown.items]

    assert seen == [job.pk for job in sorted(made, key=lambda job: (job.due_at, job.pk), reverse=not ascending)]


@pytest.mark.parametrize("ascending", [False, True])
def test_previous_leads_back_to_the_same_rows(ascending: bool) -> None:
    make_jobs(0, 1, 2, 3, 4)
    first = page(ascending=ascending)
    second = page(cursor=first.next or "", ascending=ascending)

    back = page(cursor=second.previous or "", ascending=ascending)

    assert [job.pk for job in back.items] == [job.pk for job in first.items]
    assert back.previous is None
    assert back.next is not None


def test_a_row_that_arrives_meanwhile_does_not_shift_the_next_page() -> None:
    made = make_jobs(0, 1, 2, 3)
    first = page()
    make_jobs(60)

    second = page(cursor=first.next or "")

    assert [job.pk for job in second.items] == [made[1].pk, made[0].pk]
    assert second.next is None


def test_an_empty_list_has_one_empty_page() -> None:
    assert page() == Page(items=[], next=None, previous=None)


def test_a_page_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_jobs(0, 1, 2)
    cursor = page().next or ""

    with django_assert_num_queries(1):
        page(cursor=cursor)


def test_the_cursor_keeps_microseconds() -> None:
    precise = Job(pk=7, due_at=START + timedelta(microseconds=123457))
    Job.objects.create(kind="test", due_at=START + timedelta(microseconds=123456))

    shown = page(cursor=write_cursor("after", precise, "due_at"))

    assert len(shown.items) == 1


@pytest.mark.parametrize("cursor", ["x", "-1", "WzEsMl0:abc:def", "😀"])
def test_a_cursor_that_is_not_ours_is_bad_input(cursor: str) -> None:
    with pytest.raises(BadInput) as refused:
        page(cursor=cursor)

    assert list(refused.value.fields) == ["cursor"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("page", "-1"), ("page", "2"), ("page", "x"), ("size", "0"), ("size", "101"), ("size", "-5"), ("size", "٣")],
)
def test_page_numbers_and_absurd_sizes_are_bad_input(parameter: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        paginate(Job.objects.all(), asking(**{parameter: value}), by="due_at")

    assert list(refused.value.fields) == [parameter]


def test_the_reader_may_ask_for_a_smaller_page() -> None:
    make_jobs(0, 1, 2)

    shown = paginate(Job.objects.all(), asking(size="1"), by="due_at")

    assert len(shown.items) == 1
