"""Certificates: who holds one, whether it is good for a party at a moment, and how the platform's own are made."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

VALID_FOR_ROOT, VALID_FOR = timedelta(days=3650), timedelta(days=1095)
KEY_SIZE = 2048
ORGANIZATION_IDENTIFIER = "NTRCN-"
"""Before a Chinese registration number in a certificate (ETSI EN 319 412-1)."""


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key and the certificates between it and a root."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True)
class Holder:
    """What a certificate says about itself; `fingerprint` is the SHA-256 (hex) of its DER form."""

    organization: str
    person: str
    uscc: str
    issuer: str
    serial: str
    fingerprint: str
    since: datetime
    until: datetime

    def is_for(self, *, name_zh: str, name_en: str, uscc: str) -> bool:
        """Whether the certificate was issued to this organization: by its registration number, else by its name."""
        if self.uscc:
            return self.uscc == uscc
        return self.organization != "" and self.organization in (name_zh, name_en)


def holder(certificate: x509.Certificate) -> Holder:
    """What the certificate says."""
    return Holder(
        organization=first(certificate.subject, NameOID.ORGANIZATION_NAME),
        person=first(certificate.subject, NameOID.COMMON_NAME),
        uscc=first(certificate.subject, NameOID.ORGANIZATION_IDENTIFIER).removeprefix(ORGANIZATION_IDENTIFIER),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        fingerprint=fingerprint(certificate),
        since=certificate.not_valid_before_utc,
        until=certificate.not_valid_after_utc,
    )


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 (hex) of the DER form."""
    return hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).hexdigest()


def first(name: x509.Name, kind: x509.ObjectIdentifier) -> str:
    """The first value of an attribute of a name, "" if it has none."""
    return next((str(each.value) for each in name.get_attributes_for_oid(kind)), "")


def as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    """The certificate as pyHanko wants it."""
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def as_pyca(certificate: asn1.Certificate) -> x509.Certificate:
    """The certificate as pyHanko gives it, for everybody else."""
    return x509.load_der_x509_certificate(certificate.dump())


def make_root(name: str, at: datetime) -> Identity:
    """A certification authority of one's own."""
    key = rsa.generate_private_key(65537, KEY_SIZE)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    basic = x509.BasicConstraints(ca=True, path_length=0)
    return Identity(build(subject, subject, key, key, basic, at, VALID_FOR_ROOT), key)


def issue(root: Identity, *, organization: str, person: str, uscc: str, at: datetime) -> Identity:
    """A certificate for signing, issued to an organization."""
    key = rsa.generate_private_key(65537, KEY_SIZE)
    # X.520 bounds the lengths of names; a longer one is known by its registration number.
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]),
        x509.NameAttribute(NameOID.COMMON_NAME, person[:64]),
    ]
    if uscc:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, ORGANIZATION_IDENTIFIER + uscc))
    basic = x509.BasicConstraints(ca=False, path_length=None)
    subject = x509.Name(attributes)
    return Identity(build(subject, root.certificate.subject, key, root.key, basic, at, VALID_FOR), key)


def build(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    by: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    basic: x509.BasicConstraints,
    at: datetime,
    valid_for: timedelta,
) -> x509.Certificate:
    """A certificate, valid from an hour before now, so that clocks may differ."""
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + valid_for)
        .add_extension(basic, critical=True)
        .add_extension(usage(ca=basic.ca), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .sign(by, hashes.SHA256())
    )


def usage(*, ca: bool) -> x509.KeyUsage:
    """An authority signs certificates, everybody else documents."""
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
