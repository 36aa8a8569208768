"""Rooms in the middle of their life, and what is put into them."""

from typing import Any

import pytest

from accounts.models import User
from matching.docking import rooms, sheet
from matching.models import Match, Room
from matching.terms import TERMS
from tests.pages import count_queries, english

__all__ = ["count_queries", "english"]

VALUES: dict[str, Any] = {
    "contract_type": "commissioned",
    "subject": {"zh": "高速主轴温升控制", "en": "Keeping a high-speed spindle cool"},
    "deliverables": {"zh": "样机两台及测试报告", "en": "Two prototypes and a test report"},
    "acceptance": {"zh": "", "en": "Heats up by at most 22 K at 20,000 rpm, tested by the enterprise"},
    "price_form": "instalments",
    "price": {"amount": "1200000.00", "currency": "CNY"},
    "start": "2027-01-04",
    "duration": 12,
    "milestones": [
        {"zh": "", "en": "Design frozen", "month": 3, "share": 40},
        {"zh": "", "en": "Prototype accepted", "month": 12, "share": 60},
    ],
    "ip_option": "2",
    "confidentiality": {"zh": "保密三年", "en": "Three years"},
    "publication": {"zh": "", "en": "After 90 days"},
    "governing_language": "zh",
}
"""A value for every required field, and for an optional one."""


@pytest.fixture
def approved(mutual_match: Match) -> Match:
    """An approved match whose room has not been opened yet."""
    Match.objects.filter(pk=mutual_match.pk).update(status="approved")
    mutual_match.refresh_from_db()
    return mutual_match


@pytest.fixture
def room(approved: Match, administrator: User) -> Room:
    """A room in talks; no NDA was asked for."""
    return rooms.open_room(approved, by=administrator)


@pytest.fixture
def nda_room(approved: Match, administrator: User) -> Room:
    """A room whose achievement asks for an NDA; nobody has signed."""
    approved.achievement.visibility = "nda"
    approved.achievement.save()
    return rooms.open_room(approved, by=administrator)


@pytest.fixture
def agreed_room(room: Room, enterprise_manager: User, university_manager: User) -> Room:
    """A room with agreed terms."""
    agree_on_everything(room, enterprise_manager, university_manager)
    room.refresh_from_db()
    return room


def agree_on_everything(room: Room, one: User, other: User) -> None:
    """One side proposes each field, the other accepts it."""
    for name, value in VALUES.items():
        sheet.put(room, name, value, by=one, number=0)
    for name in TERMS:
        if name in VALUES:
            sheet.accept(room, name, by=other, number=1)


def sign(room: Room, by: User) -> Room:
    """Sign the agreement of a room as its form does."""
    return rooms.sign(room, by=by, name=by.name, confirmed=True, sha256=room.nda.sha256)
