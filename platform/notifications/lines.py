"""Notices in words, for one reader: made from the journal and from the subjects that the reader may see now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from notifications.kinds import About, find
from notifications.models import Notice
from policy import Actor, visible


@dataclass(frozen=True)
class Line:
    """A notice as it reads; without `url` there is nothing (any more) that the reader could open."""

    notice: Notice
    text: str
    url: str = ""

    @property
    def open(self) -> bool:
        """Whether the reader may still see what it is about."""
        return bool(self.url)


def lines(notices: Sequence[Notice], reader: Actor) -> list[Line]:
    """The notices in words, in their order. One query for each kind of subject, however many notices there are."""
    subjects = subjects_of(notices, reader)
    return [line(notice, subjects) for notice in notices]


Subjects = dict[tuple[About, int], Any]


def subjects_of(notices: Sequence[Notice], reader: Actor) -> Subjects:
    """What the notices are about, by kind of subject and primary key, without what the reader may not see."""
    wanted: dict[About, set[int]] = defaultdict(set)
    for notice in notices:
        if kind := find(notice.kind):
            wanted[kind.about_of(notice.entry)].add(notice.entry.subject_id)
    return {
        (about, pk): subject
        for about, pks in wanted.items()
        for pk, subject in visible(about.model._default_manager.select_related(*about.related), reader, about.see)
        .in_bulk(pks)
        .items()
    }


def line(notice: Notice, subjects: Subjects) -> Line:
    """One notice in words."""
    kind = find(notice.kind)
    subject = subjects.get((kind.about_of(notice.entry), notice.entry.subject_id)) if kind else None
    if kind is None or subject is None:
        return Line(notice, _("Something that is no longer open to you."))
    return Line(notice, kind.says(notice.entry, subject), subject.get_absolute_url())
