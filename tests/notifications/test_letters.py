"""Letters: one mail for all that is due, never twice, never about what the reader may not see."""

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from information.models import Need
from journal.models import Entry
from journal.recording import record
from notifications import posting
from notifications.models import Letter, Notice
from notifications.services import choose, mark_all_read, tell
from tests import factories

OLD = timedelta(hours=1)


class Refusing(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPServerDisconnected("gone")


class Dying(EmailBackend):
    """A worker that is killed after the mail server took the letter and before anybody noted it."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


def make_due() -> None:
    """Let the time pass until everything that waits is due."""
    Notice.objects.filter(mail_at__isnull=False).update(mail_at=timezone.now() - OLD)
    Letter.objects.update(created_at=timezone.now() - OLD)
    Letter.objects.filter(closed_at=None).update(due_at=timezone.now() - OLD)


def post_all() -> int:
    """What beat and workers do; gives how many letters were sent."""
    make_due()
    posting.gather()
    return sum(posting.send(pk) for pk in Letter.objects.order_by("pk").values_list("pk", flat=True))


def several(need: Need, reader: User, administrator: User, number: int) -> None:
    """That many published needs of the reader's organization, each told."""
    for _ in range(number):
        post = factories.NeedFactory.create(owner=need.owner, status="published")
        tell("post.published", record(post, "published", by=administrator), [reader.pk])


def test_a_letter_says_what_happened_in_the_readers_language(need: Need, entry: Entry, reader: User) -> None:
    chinese = factories.member(need.owner, language="zh-hans", name="王芳")
    tell("post.published", entry, [reader.pk, chinese.pk])

    assert post_all() == 2

    english, other = sorted(mail.outbox, key=lambda message: message.to != [reader.email])
    assert english.subject == f"“{need.title_en}” was verified and is published now."
    assert "Hello Li Na," in english.body
    assert f"http://127.0.0.1:8000{need.get_absolute_url()}" in english.body
    assert need.title_zh in other.subject
    assert "王芳" in other.body


def test_nothing_is_mailed_twice(entry: Entry, reader: User) -> None:
    tell("post.published", entry, [reader.pk])

    assert [post_all(), post_all(), post_all()] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_all_that_is_due_comes_in_one_letter_with_a_bounded_length(
    need: Need, reader: User, administrator: User
) -> None:
    several(need, reader, administrator, 33)

    post_all()

    (message,) = mail.outbox
    assert message.subject == "33 notices from Tenon"
    assert message.body.count("was verified and is published now.") == 30
    assert "And 3 more in your inbox:" in message.body


def test_whoever_just_had_a_letter_waits_for_the_next(need: Need, reader: User, administrator: User) -> None:
    several(need, reader, administrator, 1)
    make_due()
    posting.gather()
    several(need, reader, administrator, 1)
    Notice.objects.filter(letter=None).update(mail_at=timezone.now() - OLD)

    soon = posting.gather()
    Letter.objects.update(created_at=timezone.now() - OLD)
    later = posting.gather()

    assert (soon, later) == (0, 1)


def test_what_was_read_or_muted_or_closed_meanwhile_is_not_mailed(
    need: Need, reader: User, outsider: User, administrator: User
) -> None:
    muting = factories.member(need.owner)
    entry = record(need, "published", by=administrator)
    tell("post.published", entry, [reader.pk, outsider.pk, muting.pk])
    make_due()
    posting.gather()
    mark_all_read(reader)
    choose(muting, {"post.published": "off"})
    Need.objects.filter(pk=need.pk).update(status="withdrawn")

    sent = [posting.send(letter.pk) for letter in Letter.objects.all()]

    assert (sent, mail.outbox) == ([False, False, False], [])
    assert Letter.objects.filter(closed_at=None).count() == 0


def test_a_letter_that_the_server_refuses_is_tried_again_later(entry: Entry, reader: User, settings: Settings) -> None:
    tell("post.published", entry, [reader.pk])
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Refusing"

    assert post_all() == 0
    letter = Letter.objects.get()
    assert (letter.attempts, letter.closed_at, letter.under_way) == (1, None, False)
    assert "SMTPServerDisconnected" in letter.last_error
    assert letter.due_at > timezone.now() + timedelta(minutes=1)

    settings.EMAIL_BACKEND = works
    assert post_all() == 1


def test_a_letter_that_nobody_takes_is_given_up_after_a_day(entry: Entry, reader: User, settings: Settings) -> None:
    tell("post.published", entry, [reader.pk])
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    for _ in range(posting.MOST_ATTEMPTS + 2):
        post_all()

    letter = Letter.objects.get()
    assert letter.attempts == posting.MOST_ATTEMPTS
    assert letter.closed_at is not None
    assert letter.sent_at is None


def test_a_worker_that_dies_between_sending_and_noting_costs_one_more_copy_at_most(
    entry: Entry, reader: User, settings: Settings
) -> None:
    tell("post.published", entry, [reader.pk])
    settings.EMAIL_BACKEND = f"{__name__}.Dying"

    for _ in range(4):
        try:
            post_all()
        except KeyboardInterrupt:
            continue

    copies = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(copies) == 2
    assert len(set(copies)) == 1
    assert Letter.objects.get().closed_at is not None


def test_a_letter_under_way_is_left_to_the_one_who_has_it(entry: Entry, reader: User) -> None:
    tell("post.published", entry, [reader.pk])
    make_due()
    posting.gather()
    letter = Letter.objects.get()

    assert posting.claim(letter.pk) is not None
    assert posting.claim(letter.pk) is None
    assert posting.send(letter.pk) is False
    assert mail.outbox == []


def test_a_letter_can_be_left_with_one_press(entry: Entry, reader: User) -> None:
    tell("post.published", entry, [reader.pk])
    post_all()

    headers = mail.outbox[0].extra_headers

    assert re.fullmatch(r"<http://127.0.0.1:8000/unsubscribe/[\w:.-]+/>", headers["List-Unsubscribe"])
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].strip("<>") in mail.outbox[0].body


def test_a_subject_never_breaks_the_header(need: Need, reader: User, administrator: User) -> None:
    Need.objects.filter(pk=need.pk).update(title_en="a\r\nBcc: x@example.org " + "long " * 40)
    tell("post.published", record(need, "published", by=administrator), [reader.pk])

    post_all()

    (message,) = mail.outbox
    assert "\n" not in message.subject
    assert len(message.subject) <= 120
    assert message.recipients() == [reader.email]
