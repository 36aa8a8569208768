"""Signatures in a PDF file: each an incremental update, so that every file is the beginning of the next."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.signers import ExternalSigner, PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko.stamp import StaticStampStyle

from contracts.paper import Place
from contracts.signing.certificates import as_asn1

PLATFORM = "platform"
"""The field of the platform's certification, which comes first and cannot be seen."""
ALGORITHM = "sha256"
HASH_LENGTH = 32


@dataclass(frozen=True)
class Prepared:
    """A file that lacks nothing but the bytes of one signature, between `start` and `end`.

    `digest` is the SHA-256 of everything else: what the signature is to cover.
    """

    file: bytes
    digest: bytes
    start: int
    end: int

    def covered(self) -> bytes:
        """The bytes that the signature covers."""
        return self.file[: self.start] + self.file[self.end :]


class TooLarge(ValueError):
    """The signature needs more room than was kept for it."""


class Unmoved(IncrementalPdfFileWriter):
    """A writer that leaves the metadata alone: dates of the machine's clock have no place in the file, and PDF/A wants
    the two kinds of metadata to agree."""

    def _update_meta(self) -> None:
        pass


class Drawing(PdfContent):
    """A page of another PDF, as the look of a signature."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.pdf = pdf

    def render(self) -> bytes:
        writer = self._ensure_writer
        form = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf)))
        self.resources.xobject["/Stamp"] = form
        left, bottom, right, top = (float(each) for each in form.get_object()["/BBox"])
        self.box = layout.BoxConstraints(width=right - left, height=top - bottom)
        return b"/Stamp Do"


def prepare(
    file: bytes,
    field: str,
    *,
    certificate: x509.Certificate | None,
    at: datetime,
    room: int,
    stamp: bytes | None = None,
    reason: str = "",
    places: Sequence[Place] | None = None,
) -> Prepared:
    """The file with a hole of `room` bytes for the signature in this field.

    With `places` (for the platform's certification, the first of all) every field is created, and the file is locked
    against everything but the filling in of those; without any places, against every change.
    """
    writer = Unmoved(io.BytesIO(file), strict=True)
    if places is not None:
        create_fields(writer, places)
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=ALGORITHM,
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason or None,
        certify=places is not None,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS if places else fields.MDPPerm.NO_CHANGES,
        tight_size_estimates=True,
    )
    signer = ExternalSigner(certificate and as_asn1(certificate), None, signature_value=256)
    style = StaticStampStyle(border_width=0, background=Drawing(stamp) if stamp else None, background_layout=FILLING)
    session = PdfSigner(meta, signer, stamp_style=style).init_signing_session(writer, existing_fields_only=True)
    session.system_time = at
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=2 * room)
    digest, output = document.digest_tbs_document()
    output.seek(0)
    return Prepared(output.read(), digest.document_digest, digest.reserved_region_start, digest.reserved_region_end)


FILLING = layout.SimpleBoxLayoutRule(
    x_align=layout.AxisAlignment.ALIGN_MIN, y_align=layout.AxisAlignment.ALIGN_MIN, margins=layout.Margins.uniform(0)
)


def create_fields(writer: IncrementalPdfFileWriter, places: Sequence[Place]) -> None:
    """Every field before the first signature: afterwards none may be added."""
    fields.append_signature_field(writer, fields.SigFieldSpec(PLATFORM))
    for place in places:
        spec = fields.SigFieldSpec(place.role, on_page=place.page, box=place.box)
        fields.append_signature_field(writer, spec)


def finish(prepared: Prepared, signature: bytes) -> bytes:
    """The file with the signature (a CMS container in DER) in its hole. Raises TooLarge."""
    if 2 * len(signature) > prepared.end - prepared.start - 2:
        raise TooLarge(f"{len(signature)} bytes are too many for the {(prepared.end - prepared.start - 2) // 2} kept")
    output = io.BytesIO(prepared.file)
    hole = PreparedByteRangeDigest(prepared.digest, prepared.start, prepared.end)
    PdfTBSDocument.resume_signing(output, hole, signature)
    return output.getvalue()


def digest_of(file: bytes) -> str:
    """SHA-256 (hex): the name under which a file is known."""
    return hashlib.sha256(file).hexdigest()
