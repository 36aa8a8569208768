"""A signer's own certificate: read from a PKCS#12 file or found in a signature, and asked whether it will do."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import PathError, ValidationError

from contracts.document import Party
from contracts.signing.certificates import Identity, as_asn1, holder
from contracts.signing.strict import context
from journal.errors import BadInput

LARGEST_FILE = 100_000
SHORTEST_RSA_KEY = 2048


def refuse(field: str, message: str) -> BadInput:
    """A fault that belongs beside one field."""
    return BadInput(message, fields={field: [message]})


def read_pkcs12(data: bytes, password: str) -> Identity:
    """The certificate and key in a PKCS#12 file; nothing of it is kept. Raises BadInput."""
    if len(data) > LARGEST_FILE:
        raise refuse("certificate", _("A certificate file is smaller than 100 kB. Choose the .p12 or .pfx file."))
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(data, password.encode())
    except ValueError as fault:
        if "password" in str(fault).lower() or "mac" in str(fault).lower():
            raise refuse("certificate_password", _("The password of the certificate file is wrong.")) from fault
        raise refuse("certificate", _("This is not a PKCS#12 file (.p12 or .pfx).")) from fault
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise refuse("certificate", _("The file holds no certificate with an RSA or elliptic-curve key to sign with."))
    return Identity(certificate, key, tuple(chain))


def require_fit(
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    *,
    party: Party,
    roots: Sequence[x509.Certificate],
    at: datetime,
) -> None:
    """Raise BadInput unless the certificate is in force, made for signing, the party's, and from a known authority."""
    says = holder(certificate)
    if not says.since <= at <= says.until:
        raise refuse("certificate", out_of_date(says.since, says.until, at))
    if not made_for_signing(certificate):
        raise refuse("certificate", _("This certificate is not made for signing documents."))
    if not says.is_for(name_zh=party.name_zh, name_en=party.name_en, uscc=party.uscc):
        raise refuse(
            "certificate",
            _("This certificate was issued to “%(holder)s”, not to “%(party)s”.")
            % {"holder": says.organization or says.person, "party": party.name_zh},
        )
    if not trusted(certificate, chain, roots, at):
        raise refuse(
            "certificate",
            _(
                "The authority that issued this certificate (%(issuer)s) is not one that this platform recognizes."
                " Use another certificate, or ask the administrators to add the authority."
            )
            % {"issuer": says.issuer},
        )


def out_of_date(since: datetime, until: datetime, at: datetime) -> str:
    """The sentence for a certificate that is not yet or no longer in force."""
    if at < since:
        return _("This certificate is valid only from %(day)s.") % {"day": date_format(localtime(since), "DATE_FORMAT")}
    return _("This certificate expired on %(day)s. Ask its authority for a new one.") % {
        "day": date_format(localtime(until), "DATE_FORMAT")
    }


def made_for_signing(certificate: x509.Certificate) -> bool:
    """Whether key and extensions allow the signing of documents."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < SHORTEST_RSA_KEY:
        return False
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def trusted(
    certificate: x509.Certificate, chain: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> bool:
    """Whether a path leads from the certificate to one of the roots, at this moment."""
    between: list[asn1.Certificate] = [as_asn1(each) for each in chain]
    validator = CertificateValidator(as_asn1(certificate), between, validation_context=context(roots, at))
    try:
        asyncio.run(validator.async_validate_path())
    except (PathError, ValidationError):
        return False
    return True
