"""A signature that was made elsewhere: read, and held against the file that it is to be a signature of."""

from asn1crypto import cms
from cryptography import x509
from django.utils.translation import gettext as _

from contracts.signing.certificates import as_pyca
from contracts.signing.credentials import refuse

ROOM = 12_000
"""Bytes kept for a signature whose length nobody knows beforehand."""
FIELD = "signature"


def read_signature(data: bytes, digest: bytes) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    """The certificate of whoever signed this digest, and those between it and a root. Raises BadInput.

    Whether the signature is valid shows when the whole file is verified.
    """
    if len(data) > ROOM:
        raise refuse(FIELD, _("The signature may take at most 12,000 bytes. Send it without the signed content."))
    try:
        signed = cms.ContentInfo.load(data, strict=True)["content"]
        signer, *others = signed["signer_infos"]
        certificates = [each.chosen for each in signed["certificates"] or [] if each.name == "certificate"]
        attributes = {each["type"].native: each["values"] for each in signer["signed_attrs"]}
    # Whatever comes from outside may break a parser anywhere.
    except Exception as fault:
        raise refuse(FIELD, _("This is not a detached CMS signature in DER form (.p7s).")) from fault
    if others:
        raise refuse(FIELD, _("Exactly one signer is expected."))
    require_covering(attributes, digest)
    mine = [each for each in certificates if is_signers(signer, each)]
    if not mine:
        raise refuse(FIELD, _("The signature does not carry the signer's certificate."))
    rest = tuple(as_pyca(each) for each in certificates if each is not mine[0])
    return as_pyca(mine[0]), rest


def require_covering(attributes: dict[str, cms.SetOf], digest: bytes) -> None:
    """Raise BadInput unless the signed attributes are those of a PAdES signature over this digest."""
    if "message_digest" not in attributes or attributes["message_digest"][0].native != digest:
        raise refuse(FIELD, _("This is a signature of other content. Sign exactly the file that you downloaded here."))
    if not {"signing_certificate", "signing_certificate_v2"} & attributes.keys():
        raise refuse(
            FIELD, _("The signature does not name its certificate among what is signed (CAdES): use the option for it.")
        )


def is_signers(signer: cms.SignerInfo, certificate: cms.Certificate) -> bool:
    """Whether this is the certificate that the signature points to."""
    sid = signer["sid"].chosen
    if isinstance(sid, cms.IssuerAndSerialNumber):
        same_issuer: bool = sid["issuer"] == certificate.issuer
        return same_issuer and sid["serial_number"].native == certificate.serial_number
    return sid.native == certificate.key_identifier  # type: ignore[no-any-return]
