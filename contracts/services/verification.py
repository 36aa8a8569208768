"""Is this paper genuine and in force? The answer for anybody who has the file or its hash."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Max

from contracts.models import Contract, ContractFile, ContractVersion, Project, Signature, Signing
from contracts.services.keeping import expectations
from contracts.signing.file import digest_of
from contracts.signing.strict import Verdict, verify
from contracts.signing.surroundings import roots


class State(StrEnum):
    """What a paper is worth."""

    UNKNOWN = "unknown"
    SUPERSEDED = "superseded"
    PARTLY_SIGNED = "partly_signed"
    IN_FORCE = "in_force"
    TERMINATED = "terminated"


NOT_SIGNED_BY_ALL = frozenset({Contract.Status.FROZEN, Contract.Status.SIGNING})
GIVEN_UP = frozenset({Contract.Status.DECLINED, Contract.Status.EXPIRED, Contract.Status.WITHDRAWN})


@dataclass(frozen=True)
class Finding:
    """What the platform knows of a hash; `of_file` says whether it is a file's, and not only the contract data's.

    `verdict` is there when the file itself was looked at; `expired` names the holders of certificates that have run out
    since: at the time of signing they were valid, and that is what counts.
    """

    sha256: str
    state: State
    of_file: bool = False
    contract: Contract | None = None
    version: ContractVersion | None = None
    signing: Signing | None = None
    signatures: tuple[Signature, ...] = ()
    due: tuple[str, ...] = ()
    more_signed_exists: bool = False
    verdict: Verdict | None = None
    expired: tuple[str, ...] = ()

    @property
    def genuine(self) -> bool:
        """Whether the file (if it was looked at) holds by every measure."""
        return self.state != State.UNKNOWN and (self.verdict is None or self.verdict.good)


def look_up(sha256: str, *, at: datetime) -> Finding:
    """What a hash stands for: that of a file, or the one in the footer of its pages. Five queries at most."""
    found = ContractFile.objects.filter(sha256=sha256).defer("content").select_related("document__contract").first()
    if found:
        return finding(sha256, found.document, found.number, at=at, of_file=True)
    version = ContractVersion.objects.filter(sha256=sha256).select_related("contract").first()
    if version is None:
        return Finding(sha256, State.UNKNOWN)
    latest = version.files.aggregate(latest=Max("number"))["latest"] or 0
    return finding(sha256, version, latest, at=at, of_file=False)


def examine(file: bytes, *, at: datetime) -> Finding:
    """The same for the file itself, which is looked at as strictly as possible."""
    found = look_up(digest_of(file), at=at)
    if not found.of_file:
        # Its signatures may look good one by one; without a known hash they prove nothing.
        return Finding(digest_of(file), State.UNKNOWN, verdict=verify(file, known=(), expected=(), roots=roots(at)))
    if not found.signatures:
        return found
    signed = list(found.signatures)
    verdict = verify(file, known={found.sha256}, expected=expectations(signed), roots=roots(at))
    return Finding(**{**vars(found), "verdict": verdict})


def finding(sha256: str, version: ContractVersion, number: int, *, at: datetime, of_file: bool) -> Finding:
    """What is known about the file of this number."""
    signing = Signing.objects.filter(document=version).first()
    made = list(signing.signatures.select_related("organization")) if signing else []
    signatures = [each for each in made if each.number <= number]
    signed = {each.role for each in signatures}
    order = [each["role"] for each in version.document["parties"]] if signing else []
    return Finding(
        sha256,
        state_of(version, signing, number),
        of_file=of_file,
        contract=version.contract,
        version=version,
        signing=signing,
        signatures=tuple(signatures),
        due=tuple(role for role in order if role not in signed),
        more_signed_exists=len(made) > len(signatures),
        expired=tuple(each.holder for each in signatures if each.certificate_until < at),
    )


def state_of(version: ContractVersion, signing: Signing | None, number: int) -> State:
    """What a paper of this version with so many signatures is worth."""
    contract = version.contract
    if Project.objects.filter(contract=contract, status=Project.Status.TERMINATED).exists():
        return State.TERMINATED
    if contract.frozen_version_id != version.pk or contract.status in GIVEN_UP:
        return State.SUPERSEDED
    if contract.status in NOT_SIGNED_BY_ALL or signing is None or number <= signing.parties:
        return State.PARTLY_SIGNED
    return State.IN_FORCE
