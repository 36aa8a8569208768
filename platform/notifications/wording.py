"""What the floors' sentences share."""

from typing import Any

from django.utils.translation import gettext as _

from journal.models import Entry
from web.bilingual import reading
from web.timeline import happening


def titled(subject: Any, name: str = "title") -> str:
    """A thing's title in the reader's language."""
    return reading(subject, name).text


def with_reason(sentence: str, entry: Entry, subject: Any) -> str:
    """The sentence, with the reason that was given, if one was."""
    reason = happening(entry, subject).reason
    return _("%(sentence)s Reason: %(reason)s.") % {"sentence": sentence, "reason": reason} if reason else sentence
