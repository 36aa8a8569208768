"""How a signature looks in its box on the paper."""

from datetime import datetime

from django.utils.timezone import localtime

from contracts.document import Party
from contracts.paper import Place, Unprintable, typeset, unprintable
from contracts.paper.words import LEVELS
from contracts.signing.certificates import Holder

EDGE = 1.0
LONG_NAME, SHORT_SIZE, USUAL_SIZE = 20, 10, 13


def stamp(place: Place, party: Party, *, person: str, at: datetime, level: str, holder: Holder | None) -> bytes:
    """The drawing for a party's box: who signed for whom, when, and in whose custody the key was.

    The fingerprint stands on it where the certificate is known beforehand. Raises Unprintable.
    """
    if missing := unprintable(person):
        raise Unprintable(missing)
    left, bottom, right, top = place.box
    return typeset(
        "stamp.typ",
        {
            "width": right - left,
            "height": top - bottom,
            "edge": EDGE,
            "size": SHORT_SIZE if len(party.name_zh) > LONG_NAME else USUAL_SIZE,
            "organization": party.name_zh,
            "english": party.name_en,
            "person": person,
            "at": localtime(at).isoformat(sep=" ", timespec="seconds"),
            "level": LEVELS[level].zh,
            "fingerprint": holder.fingerprint[:32] if holder else "",
        },
    )
