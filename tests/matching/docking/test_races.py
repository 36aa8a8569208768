"""Two browsers at the same field: one of them is first, and the other is told so."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from accounts.models import User
from journal.errors import DomainError
from matching.docking import sheet
from matching.models import Proposal, Room, TermSheet
from tests.matching.docking.conftest import VALUES

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Run the calls in threads of their own, released together; gives how each ended."""
    barrier, ends = Barrier(len(calls)), [""] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            call()
            ends[place] = "done"
        except DomainError as fault:
            ends[place] = fault.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ends)


def test_of_two_who_write_in_the_same_field_one_is_told_that_it_has_changed(
    room: Room, enterprise_manager: User, university_manager: User
) -> None:
    ends = at_once(
        lambda: sheet.put(room, "duration", 12, by=enterprise_manager, number=0),
        lambda: sheet.put(room, "duration", 18, by=university_manager, number=0),
    )

    assert ends == ["done", "stale-version"]
    assert Proposal.objects.count() == 1


def test_a_field_is_never_accepted_in_the_moment_in_which_it_changes(
    room: Room, enterprise_manager: User, university_manager: User
) -> None:
    for round_ in range(4):
        number = 2 * round_
        sheet.put(room, "duration", 10 + number, by=enterprise_manager, number=number)

        at_once(
            partial(sheet.accept, room, "duration", by=university_manager, number=number + 1),
            partial(sheet.put, room, "duration", 100 + number, by=enterprise_manager, number=number + 1),
        )

        standing = sheet.standing(room)["duration"]
        assert (standing.number, standing.accepted("achievement")) == (number + 2, False)


def test_two_last_acceptances_at_once_make_one_agreement(
    room: Room, enterprise_manager: User, university_manager: User
) -> None:
    for name, value in VALUES.items():
        proposer, other = (
            (university_manager, enterprise_manager) if name == "price" else (enterprise_manager, university_manager)
        )
        sheet.put(room, name, value, by=proposer, number=0)
        if name not in {"price", "duration"}:
            sheet.accept(room, name, by=other, number=1)

    ends = at_once(
        lambda: sheet.accept(room, "price", by=enterprise_manager, number=1),
        lambda: sheet.accept(room, "duration", by=university_manager, number=1),
    )

    assert ends == ["done", "done"]
    assert Room.objects.get().status == "agreed"
    assert TermSheet.objects.count() == 1
