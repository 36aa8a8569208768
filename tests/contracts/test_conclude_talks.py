"""A contract that takes effect concludes the talks in the docking room below it."""

from collections.abc import Callable

import pytest

from accounts.models import User
from journal.recording import record
from matching.docking import rooms
from policy import PLATFORM
from tests import factories


@pytest.mark.django_db
def test_when_the_contract_takes_effect_the_room_is_contracted(
    administrator: User, deliver_news: Callable[[], int]
) -> None:
    contract = factories.ContractFactory.create()
    room = rooms.open_room(contract.match, by=administrator)

    record(contract, "took_effect", by=PLATFORM)
    deliver_news()

    room.refresh_from_db()
    assert room.status == "contracted"
