"""Telling people: each thing once, never what one did oneself, as each has chosen."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from information.models import Need
from journal.errors import BadInput
from journal.models import Entry
from notifications.clock import GATHERING, mail_at
from notifications.kinds import Channel
from notifications.lines import lines
from notifications.models import Notice, Preference
from notifications.services import choose, mark_all_read, mark_read, tell
from tests import factories

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_thing_is_told_once_however_often_it_is_told(entry: Entry, reader: User) -> None:
    for _ in range(3):
        tell("post.published", entry, [reader.pk, reader.pk])

    notice = Notice.objects.get()
    assert (notice.recipient, notice.entry, notice.kind, notice.read_at) == (reader, entry, "post.published", None)


def test_nobody_is_told_what_he_did_himself_nor_after_the_account_was_closed(
    entry: Entry, administrator: User, reader: User
) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)

    tell("post.published", entry, [administrator.pk, reader.pk])

    assert not Notice.objects.exists()


def test_an_undeclared_kind_is_a_fault_of_ours(entry: Entry, reader: User) -> None:
    with pytest.raises(LookupError):
        tell("post.devoured", entry, [reader.pk])


def test_a_notice_is_mailed_as_the_person_has_chosen(entry: Entry, reader: User, outsider: User) -> None:
    choose(reader, {"post.published": "off"})

    tell("post.published", entry, [reader.pk, outsider.pk])

    muted, mailed = Notice.objects.get(recipient=reader), Notice.objects.get(recipient=outsider)
    assert muted.mail_at is None
    assert mailed.mail_at == mailed.created_at + GATHERING


def test_a_choice_replaces_the_earlier_one_and_a_wrong_one_changes_nothing(reader: User) -> None:
    choose(reader, {"post.published": "off", "post.returned": "daily"})
    choose(reader, {"post.published": "weekly"})

    with pytest.raises(BadInput) as refusal:
        choose(reader, {"post.published": "hourly", "post.devoured": "off", "post.returned": "off"})

    assert set(refusal.value.fields) == {"post.published", "post.devoured"}
    assert dict(Preference.objects.values_list("kind", "channel")) == {
        "post.published": "weekly",
        "post.returned": "daily",
    }


@pytest.mark.parametrize(
    ("channel", "told", "due"),
    [
        (Channel.DAILY, datetime(2026, 11, 25, 7, 59), datetime(2026, 11, 25, 8, 0)),
        (Channel.DAILY, datetime(2026, 11, 25, 8, 0), datetime(2026, 11, 26, 8, 0)),
        (Channel.WEEKLY, datetime(2026, 11, 25, 12, 0), datetime(2026, 11, 30, 8, 0)),
        (Channel.WEEKLY, datetime(2026, 11, 30, 7, 0), datetime(2026, 11, 30, 8, 0)),
        (Channel.WEEKLY, datetime(2026, 11, 30, 9, 0), datetime(2026, 12, 7, 8, 0)),
    ],
)
def test_digests_come_in_the_morning(channel: Channel, told: datetime, due: datetime) -> None:
    assert mail_at(channel, told.replace(tzinfo=SHANGHAI)) == due.replace(tzinfo=SHANGHAI)


def test_reading_is_noted_once(entry: Entry, reader: User) -> None:
    tell("post.published", entry, [reader.pk])
    notice = Notice.objects.get()

    first = mark_read(notice).read_at
    again = mark_read(Notice.objects.get()).read_at

    assert first == again
    assert mark_all_read(reader) == 0


def test_ten_thousand_people_are_told_in_a_bounded_number_of_queries(entry: Entry) -> None:
    people = User.objects.bulk_create(factories.UserFactory.build(password="!") for _ in range(10_000))

    with CaptureQueriesContext(connection) as queries:
        tell("post.published", entry, [person.pk for person in people])

    assert Notice.objects.count() == 10_000
    assert len(queries) < 50


@pytest.mark.usefixtures("in_english")
def test_what_the_reader_may_no_longer_see_is_not_named(need: Need, entry: Entry, reader: User, outsider: User) -> None:
    tell("post.published", entry, [reader.pk, outsider.pk])
    Need.objects.filter(pk=need.pk).update(status="draft")

    own, foreign = (lines(list(Notice.objects.filter(recipient=person)), person)[0] for person in (reader, outsider))

    assert own.text == f"“{need.title_en}” was verified and is published now."
    assert (foreign.text, foreign.url) == ("Something that is no longer open to you.", "")


@pytest.mark.usefixtures("in_english")
def test_a_kind_that_no_floor_declares_any_more_is_told_neutrally(entry: Entry, reader: User) -> None:
    notice = Notice.objects.create(entry=entry, recipient=reader, kind="gone", created_at=entry.at)

    assert lines([notice], reader)[0].text == "Something that is no longer open to you."


def test_many_notices_cost_as_many_queries_as_one(reader: User, administrator: User, need: Need, entry: Entry) -> None:
    del entry
    notices = []
    for _ in range(3):
        post = factories.NeedFactory.create(owner=need.owner, status="published")
        from journal.recording import record

        tell("post.published", record(post, "published", by=administrator), [reader.pk])
    notices = list(Notice.objects.select_related("entry"))
    assert reader.standing

    def queries(some: list[Notice]) -> int:
        with CaptureQueriesContext(connection) as found:
            lines(some, reader)
        return len(found)

    assert queries(notices) == queries(notices[:1]) == 1


def test_the_gathering_is_short() -> None:
    assert timedelta(0) < GATHERING < timedelta(minutes=10)
