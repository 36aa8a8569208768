"""The signature itself: a CMS container over the digest of the file, as PAdES wants it."""

import asyncio
import hashlib
from datetime import datetime

from asn1crypto import cms, keys
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign.general import simple_cms_attribute
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from contracts.signing.certificates import Identity, as_asn1
from contracts.signing.file import ALGORITHM, HASH_LENGTH

SLACK = 64


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
    size = len(asyncio.run(contained(bytes(HASH_LENGTH), identity, at, timestamper, dry_run=True)))
    # A time stamp differs a little from one to the next, and so does an elliptic-curve signature.
    return size + (SLACK if timestamper or not isinstance(identity.key, rsa.RSAPrivateKey) else 0)


def stamped(signature: bytes, timestamper: TimeStamper) -> bytes:
    """A signature made elsewhere, with a time stamp of our service added. Raises TimestampFault."""
    container = cms.ContentInfo.load(signature)
    signer = container["content"]["signer_infos"][0]
    digest = hashlib.sha256(signer["signature"].native).digest()
    try:
        token = asyncio.run(timestamper.async_timestamp(digest, ALGORITHM))
    except (OSError, TimestampRequestError) as fault:
        raise TimestampFault(str(fault)) from fault
    signer["unsigned_attrs"] = cms.CMSAttributes([*(signer["unsigned_attrs"] or []), attribute(token)])
    # asn1crypto would otherwise repeat the bytes that it was loaded from.
    return bytes(container.dump(force=True))


def attribute(token: cms.ContentInfo) -> cms.CMSAttribute:
    """The unsigned attribute that carries a time stamp."""
    return simple_cms_attribute("signature_time_stamp_token", token)


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
    return bytes(made.dump())
