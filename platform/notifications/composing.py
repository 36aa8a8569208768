"""What a letter says: in its recipient's language, from what the recipient may see at this moment."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from accounts.models import User
from notifications.kinds import Channel
from notifications.lines import Line, lines
from notifications.models import Letter
from notifications.queries import channels_of
from notifications.unsubscribing import token_for

MOST_LINES = 30
LONGEST_SUBJECT = 120


def compose(letter: Letter) -> EmailMessage | None:
    """The mail of a letter; None if nothing is left to tell: all was read, muted, or is no longer open."""
    recipient = letter.recipient
    if not recipient.is_active:
        return None
    channels = channels_of(recipient)
    unread = letter.notices.filter(read_at=None).select_related("entry__actor").order_by("pk")
    wanted = [notice for notice in unread if channels.get(notice.kind, Channel.OFF) != Channel.OFF]
    with override(recipient.language or settings.LANGUAGE_CODE):
        told = [line for line in lines(wanted, recipient) if line.open]
        return written(letter, recipient, told) if told else None


def written(letter: Letter, recipient: User, told: list[Line]) -> EmailMessage:
    """The mail for these lines, with the headers that let a mail program unsubscribe (RFC 8058)."""
    kinds = sorted({line.notice.kind for line in told})
    leave = address(reverse("notifications:unsubscribe", args=[token_for(recipient.pk, kinds)]))
    context = {
        "recipient": recipient,
        "lines": [(line.text, address(line.url)) for line in told[:MOST_LINES]],
        "more": max(0, len(told) - MOST_LINES),
        "inbox": address(reverse("notifications:inbox")),
        "settings": address(reverse("notifications:settings")),
        "leave": leave,
    }
    return EmailMessage(
        subject=subject_of(told),
        body=render_to_string("notifications/letter.txt", context),
        to=[recipient.email],
        headers={
            # The same for every attempt, so that a mail program recognizes a letter that came twice.
            "Message-ID": f"<letter-{letter.pk}-{letter.recipient_id}@{settings.SITE_HOST}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def subject_of(told: list[Line]) -> str:
    """The one sentence, or how many there are."""
    if len(told) == 1:
        text = " ".join(told[0].text.split())
        return text if len(text) <= LONGEST_SUBJECT else f"{text[: LONGEST_SUBJECT - 1]}…"
    return ngettext("%(number)s notice from Tenon", "%(number)s notices from Tenon", len(told)) % {"number": len(told)}


def address(path: str) -> str:
    """A page's full address, as a mail needs it."""
    return f"{settings.SITE_URL}{path}"
