"""Who may do what with docking rooms, written down by hand; a part of tests/policy/by_hand.py."""

from collections.abc import Mapping

from tests.policy.personas import (
    ADMINISTRATORS,
    ANYWHERE,
    EITHER_SIDE,
    EVERYBODY,
    FOR_EITHER_SIDE,
    FOR_ENTERPRISE,
    FOR_UNIVERSITY,
)

UNSIGNED = ("nda", "the enterprise signed nda", "the university signed nda")
PLACES = (*UNSIGNED, "talking", "agreed", "contracted", "broken_off", "lapsed")


ROOMS: Mapping[str, Mapping[str, str]] = {
    # The two sides come to terms; the government sees the stage, an administrator reads on record.
    "room.view": {f"room {place}": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor" for place in PLACES},
    "room.history": {f"room {place}": f"{EITHER_SIDE} {ADMINISTRATORS}" for place in PLACES},
    "room.read": {f"room {place}": EITHER_SIDE for place in PLACES},
    "room.inspect": {f"room {place}": "administrator" for place in PLACES},
    "room.sign": {
        "room nda": FOR_EITHER_SIDE,
        "room the enterprise signed nda": FOR_UNIVERSITY,
        "room the university signed nda": FOR_ENTERPRISE,
    },
    "room.speak": {f"room {place}": EITHER_SIDE for place in (*UNSIGNED, "talking", "agreed")},
    "room.propose": {"room talking": EITHER_SIDE, "room agreed": EITHER_SIDE},
    "room.accept": {"room talking": FOR_EITHER_SIDE},
    "room.break_off": {f"room {place}": FOR_EITHER_SIDE for place in (*UNSIGNED, "talking", "agreed")},
    # What follows from signatures, acceptances and the clock is nobody's to do by hand.
    "room.open": {f"room {place}": "platform" for place in UNSIGNED},
    "room.agree": {"room talking": "platform"},
    "room.reopen": {"room agreed": "platform"},
    "room.contract": {"room talking": "platform", "room agreed": "platform"},
    "room.lapse": {f"room {place}": "platform" for place in (*UNSIGNED, "talking")},
    "room.calendar": {ANYWHERE: EVERYBODY},
}
