"""The signature itself: a CMS container over the digest of the file, as PAdES wants it."""

import asyncio
from datetime import datetime

from asn1crypto import cms, keys
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from contracts.signing.certificates import Identity, as_asn1
from contracts.signing.file import ALGORITHM


class TimestampFault(RuntimeError):
    """The time-stamp service did not answer, or not with a time stamp."""


def signer_of(identity: Identity) -> SimpleSigner:
    """pyHanko's signer for a key in memory."""
    store = SimpleCertificateStore()
    store.register_multiple([as_asn1(each) for each in identity.chain])
    der = identity.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=as_asn1(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=store,
        embed_roots=True,
    )


def sign(digest: bytes, identity: Identity, *, at: datetime, timestamper: TimeStamper | None = None) -> bytes:
    """A CMS signature (DER) over the digest. Raises TimestampFault."""
    return asyncio.run(contained(digest, identity, at, timestamper, dry_run=False))


def room_for(identity: Identity, *, at: datetime, timestamper: TimeStamper | None = None) -> int:
    """How many bytes the signature will take. Raises TimestampFault."""
    return len(asyncio.run(contained(bytes(32), identity, at, timestamper, dry_run=True)))


async def contained(
    digest: bytes, identity: Identity, at: datetime, timestamper: TimeStamper | None, *, dry_run: bool
) -> bytes:
    """The container, in DER."""
    try:
        made: cms.ContentInfo = await signer_of(identity).async_sign(
            digest,
            ALGORITHM,
            dry_run=dry_run,
            use_pades=True,
            timestamper=timestamper,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
        )
    except (OSError, TimestampRequestError) as fault:
        raise TimestampFault(str(fault)) from fault
    return made.dump()
