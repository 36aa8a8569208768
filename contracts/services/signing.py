"""From a frozen version to a contract in force: one signature after the other, each under the contract's lock."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from contracts.document import Document, Party
from contracts.errors import ServiceDown
from contracts.models import Contract, ContractFile, Level, Signature, Signing
from contracts.paper import Place
from contracts.services.intent import Intent, require_intent, statement
from contracts.services.keeping import certify, keep
from contracts.services.paper import document_of, keep_paper
from contracts.signing import cms, file
from contracts.signing.appearance import stamp
from contracts.signing.certificates import Holder, Identity, holder
from contracts.signing.credentials import read_pkcs12, require_fit
from contracts.signing.surroundings import admitted, key_folder, roots, timestamper
from journal.errors import BadInput, GuardFailed, NotAllowed, StaleVersion
from journal.models import Entry
from journal.recording import record
from policy import PLATFORM, decide

LOCK_NOT_AVAILABLE = "55P03"


@dataclass(frozen=True)
class Turn:
    """Somebody's turn to sign, with everything that the signature needs; the contract's lock is held."""

    contract: Contract
    signing: Signing
    document: Document
    place: Place
    head: ContractFile
    number: int
    person: User
    at: datetime

    @property
    def party(self) -> Party:
        return self.document.party(self.signing.turn)

    @property
    def organization(self) -> Organization:
        found: Organization = getattr(self.contract, self.signing.turn)
        return found


@transaction.atomic
def start_signing(
    contract: Contract, *, by: User, version: int, reason: str = "", note: str = "", at: datetime | None = None
) -> Contract:
    """Print the frozen version, certify the file for the platform, and let the first party sign.

    Raises what `move_to` raises, and GuardFailed if the paper cannot be made or the parties are no longer those named.
    """
    current = contract.move_to(Contract.Status.SIGNING, by=by, expected=version, reason=reason, note=note)
    frozen = current.frozen_version
    assert frozen is not None  # a constraint
    document, now = document_of(frozen), at or timezone.now()
    require_same_parties(current, document)
    head, paper = keep_paper(frozen)
    signing = Signing.objects.create(
        contract=current,
        document=frozen,
        turn=document.signing.order[0],
        level=document.signing.level,
        parties=len(document.signing.order),
        started_at=now,
        deadline_at=now + timedelta(days=settings.SIGNING_DAYS),
        boxes=[asdict(place) for place in paper.places],
    )
    certify(signing, head, paper, now)
    return current


def require_same_parties(contract: Contract, document: Document) -> None:
    """Raise GuardFailed unless the frozen text names the organizations that the contract is between."""
    for party in document.parties:
        organization = getattr(contract, party.role)
        if organization is None or organization.uscc != party.uscc:
            raise GuardFailed(_("The parties have changed since the text was frozen. Take it back to negotiation."))


def sign(
    signing: Signing,
    *,
    by: User,
    version: int,
    intent: Intent,
    certificate: bytes = b"",
    certificate_password: str = "",
    at: datetime | None = None,
) -> Contract:
    """Sign for the party whose turn it is: with one's own certificate, or else with the key that the platform holds.

    The certificate file is used for this one signature and kept nowhere. With the last signature the contract takes
    effect. Raises BadInput, NotAllowed, StaleVersion, GuardFailed, ServiceDown; nothing is then half-signed.
    """
    require_intent(by, intent)
    own = read_pkcs12(certificate, certificate_password) if certificate else None
    with transaction.atomic():
        turn = take_turn(signing, by=by, version=version, at=at or timezone.now())
        level = Level.CERTIFICATE if own else Level.PLATFORM
        require_level(level, turn)
        identity = own or key_folder().of_organization(name=turn.party.name_zh, uscc=turn.party.uscc, at=turn.at)
        require_fit(identity.certificate, identity.chain, party=turn.party, roots=roots(turn.at), at=turn.at)
        return signed_with(turn, identity, level, intent)


def take_turn(signing: Signing, *, by: User, version: int, at: datetime) -> Turn:
    """Lock the contract; this person may sign it now. Raises StaleVersion, NotAllowed, GuardFailed."""
    try:
        contract = Contract.locked(signing.contract_id, version=version)
    except OperationalError as fault:
        if getattr(fault.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
            raise
        raise StaleVersion(_("Somebody is signing this contract at this moment. Reload the page.")) from fault
    current = Signing.objects.select_related("document").get(pk=signing.pk)
    if contract.status != Contract.Status.SIGNING or contract.frozen_version_id != current.document_id:
        raise GuardFailed(_("This version is no longer being signed. Reload the page to see what became of it."))
    if not (decision := decide(by, "signing.sign", current)):
        raise NotAllowed(decision.reason)
    if current.signatures.filter(person=by).exists():
        raise NotAllowed(_("You have signed for another party. Somebody else has to sign for this one."))
    head = current.document.files.latest("number")
    require_right_moment(current, head, at)
    require_unconcerned(contract, by)
    place = next(each for each in current.places if each.role == current.turn)
    return Turn(contract, current, document_of(current.document), place, head, head.number + 1, by, at)


def require_right_moment(signing: Signing, head: ContractFile, at: datetime) -> None:
    """Raise GuardFailed after the deadline, and where the clock has gone back behind the last signature."""
    if signing.overdue(at):
        raise GuardFailed(_("The deadline for signing has passed. The contract can be negotiated and frozen again."))
    if at < head.made_at:
        raise GuardFailed(
            _("The platform's clock is behind the last signature. Nothing was signed; tell an administrator.")
        )


def require_unconcerned(contract: Contract, by: User) -> None:
    """Raise NotAllowed for somebody who decided about this case as an administrator: nobody signs what he approved."""
    if Entry.objects.filter(name="matching.match.approved", subject_id=contract.match_id, actor_id=by.pk).exists():
        raise NotAllowed(_("You approved this match as an administrator. Somebody else has to sign for the party."))


def require_level(level: str, turn: Turn) -> None:
    """Raise BadInput unless the custody of the key is as strong as the contract and the platform ask."""
    if not admitted(level, weakest=turn.signing.level):
        message = _("This contract is signed with your own certificate or device, not with a key of the platform.")
        raise BadInput(message, fields={"certificate": [message]})


def signed_with(turn: Turn, identity: Identity, level: str, intent: Intent) -> Contract:
    """Put a signature by a key in memory into the file, and what follows from it into the database."""
    says, stamper = holder(identity.certificate), timestamper()
    look = stamp(turn.place, turn.party, person=intent.typed_name, at=turn.at, level=level, holder=says)
    try:
        room = cms.room_for(identity, at=turn.at, timestamper=stamper)
        prepared = file.prepare(
            bytes(turn.head.content),
            turn.signing.turn,
            certificate=identity.certificate,
            at=turn.at,
            room=room,
            stamp=look,
        )
        signature = cms.sign(prepared.digest, identity, at=turn.at, timestamper=stamper)
    except cms.TimestampFault as fault:
        raise ServiceDown(timestamp_down()) from fault
    return accept(
        turn, file.finish(prepared, signature), says, level, intent.typed_name, statement(turn.document, turn.party)
    )


def timestamp_down() -> str:
    """The sentence for a time-stamp service that does not answer."""
    return _("The time-stamp service does not answer. Nothing was signed; try again in a few minutes.")


def accept(turn: Turn, signed: bytes, says: Holder, level: str, typed_name: str, shown: str) -> Contract:
    """Keep a signed file if it is good by every measure, hand the turn on, and let the last one take effect."""
    signature = Signature(
        number=turn.number,
        role=turn.signing.turn,
        organization=turn.organization,
        person=turn.person,
        typed_name=typed_name,
        statement=shown,
        level=level,
        signed_at=turn.at,
    )
    verdict = keep(turn.signing, turn.head, signed, says, signature)
    if not verdict.good:
        message = _("The signature does not hold: %(faults)s. Nothing was signed.") % {
            "faults": ", ".join(verdict.codes)
        }
        raise BadInput(message, fields={"signature": [message]})
    return hand_on(turn, signature)


def hand_on(turn: Turn, signature: Signature) -> Contract:
    """The next one's turn, or the contract in force; one journal entry for the signature, one for taking effect."""
    order = turn.document.signing.order
    following = order[turn.number - 1] if turn.number <= len(order) else ""
    signing, contract = turn.signing, turn.contract
    signing.turn, signing.completed_at = following, None if following else turn.at
    signing.save(update_fields=["turn", "completed_at"])
    contract.apply({"version": contract.version + 1})
    record(
        contract,
        "signed",
        by=turn.person,
        data={
            "role": signature.role,
            "organization": signature.organization_id,
            "level": signature.level,
            "sha256": signature.after_sha256,
            "version": contract.version,
        },
    )
    if following:
        return contract
    return contract.move_to(
        Contract.Status.EFFECTIVE, by=PLATFORM, data={"document": signing.document_id, "sha256": signature.after_sha256}
    )
