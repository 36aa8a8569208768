"""A signature that is made elsewhere, in two steps: a file is prepared, and the signature over it handed in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.errors import ServiceDown
from contracts.models import Contract, Level, PreparedSignature, Signing
from contracts.services.intent import Intent, require_intent, statement
from contracts.services.signing import Turn, accept, require_level, take_turn, timestamp_down
from contracts.signing import cms, file
from contracts.signing.appearance import stamp
from contracts.signing.certificates import holder
from contracts.signing.credentials import require_fit
from contracts.signing.external import ROOM, read_signature
from contracts.signing.surroundings import roots, timestamper
from journal.errors import GuardFailed, NotAllowed


@transaction.atomic
def prepare(
    signing: Signing, *, by: User, version: int, intent: Intent, at: datetime | None = None
) -> PreparedSignature:
    """Make the file that lacks only the signature of the party whose turn it is; one prepared before is thrown away.

    Raises BadInput, NotAllowed, StaleVersion, GuardFailed.
    """
    require_intent(by, intent)
    turn = take_turn(signing, by=by, version=version, at=at or timezone.now())
    require_level(Level.EXTERNAL, turn)
    look = stamp(turn.place, turn.party, person=intent.typed_name, at=turn.at, level=Level.EXTERNAL, holder=None)
    prepared = file.prepare(
        bytes(turn.head.content), turn.signing.turn, certificate=None, at=turn.at, room=ROOM, stamp=look
    )
    PreparedSignature.objects.filter(signing=turn.signing).delete()
    return PreparedSignature.objects.create(
        signing=turn.signing,
        person=by,
        typed_name=intent.typed_name,
        statement=statement(turn.document, turn.party),
        content=prepared.file,
        digest=prepared.digest,
        start=prepared.start,
        end=prepared.end,
        before_sha256=turn.head.sha256,
        prepared_at=turn.at,
        expires_at=turn.at + timedelta(hours=settings.SIGNING_PREPARED_HOURS),
    )


@transaction.atomic
def submit(signing: Signing, *, by: User, version: int, signature: bytes, at: datetime | None = None) -> Contract:
    """Put a signature that was made elsewhere into the prepared file.

    Raises BadInput, NotAllowed, StaleVersion, GuardFailed, ServiceDown; nothing is then half-signed.
    """
    turn = take_turn(signing, by=by, version=version, at=at or timezone.now())
    held = require_prepared(turn)
    certificate, chain = read_signature(signature, bytes(held.digest))
    require_fit(certificate, chain, party=turn.party, roots=roots(turn.at), at=turn.at)
    if stamper := timestamper():
        try:
            signature = cms.stamped(signature, stamper)
        except cms.TimestampFault as fault:
            raise ServiceDown(timestamp_down()) from fault
    signed = file.finish(of(held), signature)
    held.delete()
    return accept(turn, signed, holder(certificate), Level.EXTERNAL, held.typed_name, held.statement)


def require_prepared(turn: Turn) -> PreparedSignature:
    """The file that this person had prepared for this turn. Raises GuardFailed, NotAllowed."""
    held = PreparedSignature.objects.filter(signing=turn.signing).first()
    if held is None or held.before_sha256 != turn.head.sha256:
        raise GuardFailed(_("No file is prepared for this signature. Prepare it first."))
    if held.person_id != turn.person.pk:
        raise NotAllowed(_("Somebody else prepared this file. Prepare your own."))
    if turn.at > held.expires_at:
        raise GuardFailed(_("The prepared file has expired. Prepare a new one and sign that."))
    return held


def of(held: PreparedSignature) -> file.Prepared:
    """The prepared file as the signing module knows it."""
    return file.Prepared(bytes(held.content), bytes(held.digest), held.start, held.end)
