"""Strict verification: a signature check alone misses a file that was cut off, padded or appended to.

A file is good only if its hash is known and every signature is valid and the signers are the expected ones in the
expected order and the last signature covers the entire file.
"""

import asyncio
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, read_certification_data
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from contracts.signing.certificates import as_asn1, as_pyca, fingerprint, holder
from contracts.signing.file import digest_of

USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)


@dataclass(frozen=True)
class Expected:
    """A signature that should be there: its field, the certificate's fingerprint, and when it was made."""

    field: str
    fingerprint: str
    at: datetime


@dataclass(frozen=True)
class Found:
    """A signature that is there; `faults` are the reasons why it is worth nothing."""

    field: str
    organization: str
    fingerprint: str
    until: datetime | None
    stamped_at: datetime | None
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What was found in a file; it is good if there are no faults at all.

    Codes: unknown-file, unreadable, wrong-signers, not-certified, not-covered; and of one signature: unreadable,
    altered, changed-after, untrusted, other-certificate.
    """

    sha256: str
    signatures: tuple[Found, ...]
    faults: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not self.faults and not any(each.faults for each in self.signatures)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every fault once, those of signatures with their field ("client: altered")."""
        return (*self.faults, *(f"{one.field}: {fault}" for one in self.signatures for fault in one.faults))


def verify(
    file: bytes, *, known: Collection[str], expected: Sequence[Expected], roots: Sequence[x509.Certificate]
) -> Verdict:
    """Look at a file as strictly as possible; whatever is done to it, this gives a verdict and raises nothing."""
    sha256 = digest_of(file)
    faults: tuple[str, ...] = () if sha256 in known else ("unknown-file",)
    try:
        reader = PdfFileReader(io.BytesIO(file), strict=True)
        embedded = list(reader.embedded_signatures)
        faults += tuple(whole(reader, embedded, expected))
    # A damaged file may raise anything at all from within a reader of files.
    except Exception:  # noqa: BLE001
        return Verdict(sha256, (), (*faults, "unreadable"))
    due = {each.field: each for each in expected}
    return Verdict(sha256, tuple(examined(one, due, roots, expected) for one in embedded), faults)


def whole(
    reader: PdfFileReader, embedded: Sequence[EmbeddedPdfSignature], expected: Sequence[Expected]
) -> Iterator[str]:
    """What is wrong with the file as a whole."""
    if [one.field_name for one in embedded] != [one.field for one in expected]:
        yield "wrong-signers"
    certified = read_certification_data(reader)
    if (
        not embedded
        or certified is None
        or certified.permission != MDPPerm.FILL_FORMS
        or certified.author_sig.raw_get("/Contents") != embedded[0].sig_object.raw_get("/Contents")
    ):
        yield "not-certified"
    if embedded and embedded[-1].evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        yield "not-covered"


def examined(
    one: EmbeddedPdfSignature,
    due: dict[str, Expected],
    roots: Sequence[x509.Certificate],
    expected: Sequence[Expected],
) -> Found:
    """One signature; a field that nobody expects is judged by the moment of the last signature."""
    field = str(one.field_name)
    try:
        certificate = as_pyca(one.signer_cert)
        says = holder(certificate)
        wanted = due.get(field)
        moment = wanted.at if wanted else max(each.at for each in expected)
        status = asyncio.run(async_validate_pdf_signature(one, context(roots, moment), key_usage_settings=USAGE))
        faults = tuple(of_signature(status))
        if wanted and wanted.fingerprint != fingerprint(certificate):
            faults += ("other-certificate",)
        stamp = status.timestamp_validity
    except Exception:  # noqa: BLE001  the same
        return Found(field, "", "", None, None, ("unreadable",))
    return Found(field, says.organization, says.fingerprint, says.until, stamp.timestamp if stamp else None, faults)


def context(roots: Sequence[x509.Certificate], moment: datetime) -> ValidationContext:
    """Trust in these roots and in no others, judged at this moment; nothing is fetched."""
    return ValidationContext(
        trust_roots=[as_asn1(each) for each in roots], moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )


def of_signature(status: PdfSignatureStatus) -> Iterator[str]:
    """What is wrong with one signature."""
    if not (status.intact and status.valid):
        yield "altered"
    level = status.modification_level or ModificationLevel.OTHER
    if level > ModificationLevel.FORM_FILLING or not status.docmdp_ok:
        yield "changed-after"
    stamp = status.timestamp_validity
    if not status.trusted or (stamp is not None and not (stamp.intact and stamp.valid and stamp.trusted)):
        yield "untrusted"
