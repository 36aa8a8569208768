"""Signed files without a database: a contract on paper, certified and signed by everybody."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from contracts.document import Document
from contracts.paper import print_contract
from contracts.signing import cms, file
from contracts.signing.certificates import Identity, fingerprint, issue, make_root
from contracts.signing.strict import Expected

NOW = datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Signed:
    """The paper and the file after each signature; what they should hold; the authority behind it all."""

    files: tuple[bytes, ...]
    prepared: tuple[file.Prepared, ...]
    expected: tuple[Expected, ...]
    root: Identity


@cache
def usual_root() -> Identity:
    return make_root("Root", NOW)


@cache
def identity(root: Identity, name: str, uscc: str) -> Identity:
    """A certificate; made once, because keys take time."""
    return issue(root, organization=name, person=name, uscc=uscc, at=NOW)


def sign_all(document: Document, *, root: Identity | None = None, spare: int = 0) -> Signed:
    """Certify and sign in order, a minute apart; with `spare` hexadecimal digits of room left in each hole."""
    root = root or usual_root()
    paper = print_contract(document, NOW)
    files, holes, expected = [paper.pdf], [], []
    signers = [(file.PLATFORM, "Tenon", ""), *((each.role, each.name_zh, each.uscc) for each in document.parties)]
    for number, (field, name, uscc) in enumerate(signers, 1):
        signer, at = identity(root, name, uscc), NOW + timedelta(minutes=number)
        room = cms.room_for(signer, at=at) + spare // 2
        places = paper.places if field == file.PLATFORM else None
        hole = file.prepare(files[-1], field, certificate=signer.certificate, at=at, room=room, places=places)
        files.append(file.finish(hole, cms.sign(hole.digest, signer, at=at)))
        holes.append(hole)
        expected.append(Expected(field, fingerprint(signer.certificate), at))
    return Signed(tuple(files), tuple(holes), tuple(expected), root)
