"""Files and signatures written down, each held against the strictest measure on its way in."""

from datetime import datetime

from contracts.models import ContractFile, Level, Signature, Signing
from contracts.paper import Paper
from contracts.signing import cms, file
from contracts.signing.certificates import Holder, holder
from contracts.signing.strict import Expected, Verdict, verify
from contracts.signing.surroundings import key_folder, roots


def certify(signing: Signing, head: ContractFile, paper: Paper, at: datetime) -> None:
    """The platform's certification: every field is made, and the file locked against everything but signatures."""
    seal = key_folder().seal(at)
    room = cms.room_for(seal, at=at)
    prepared = file.prepare(
        paper.pdf, file.PLATFORM, certificate=seal.certificate, at=at, room=room, places=paper.places
    )
    signed = file.finish(prepared, cms.sign(prepared.digest, seal, at=at))
    says = holder(seal.certificate)
    verdict = keep(signing, head, signed, says, Signature(number=1, level=Level.PLATFORM, signed_at=at))
    if not verdict.good:
        raise RuntimeError(f"the certification does not hold: {', '.join(verdict.codes)}")


def keep(signing: Signing, head: ContractFile, signed: bytes, says: Holder, signature: Signature) -> Verdict:
    """Write the file and the signature down; gives the strict verdict on the new file."""
    signature.signing = signing
    signature.holder, signature.issuer = (says.organization or says.person)[:200], says.issuer[:400]
    signature.fingerprint, signature.certificate_until = says.fingerprint, says.until
    signature.before_sha256, signature.after_sha256 = head.sha256, file.digest_of(signed)
    earlier = [*signing.signatures.all(), signature]
    verdict = verify(
        signed, known={signature.after_sha256}, expected=expectations(earlier), roots=roots(signature.signed_at)
    )
    signature.stamped_at = verdict.signatures[-1].stamped_at if verdict.signatures else None
    ContractFile.objects.create(
        document_id=head.document_id,
        number=signature.number,
        content=signed,
        sha256=signature.after_sha256,
        made_at=signature.signed_at,
    )
    signature.save(force_insert=True)
    return verdict


def expectations(signatures: list[Signature]) -> list[Expected]:
    """What these signatures promise of the file."""
    return [Expected(each.role or file.PLATFORM, each.fingerprint, each.signed_at) for each in signatures]
