"""What the settings say about signing: where keys lie, whom to trust, which time-stamp service to ask."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from django.conf import settings

from contracts.document import LEVELS
from contracts.signing.keys import KeyFolder
from contracts.signing.stamping import TimestampService


def key_folder() -> KeyFolder:
    """The keys that the platform holds."""
    return KeyFolder(Path(settings.SIGNING_FOLDER))


def roots(at: datetime) -> list[x509.Certificate]:
    """The authorities that signatures and time stamps are trusted from: the platform's own and the configured ones."""
    configured = [*settings.SIGNING_ROOTS, *settings.SIGNING_TSA_ROOTS]
    return [key_folder().authority(at).certificate, *(each for path in configured for each in read_roots(path))]


def read_roots(path: str) -> list[x509.Certificate]:
    """The certificates in a PEM file."""
    return x509.load_pem_x509_certificates(Path(path).read_bytes())


def timestamper() -> TimestampService | None:
    """The time-stamp service, if there is one."""
    return TimestampService(settings.SIGNING_TSA) if settings.SIGNING_TSA else None


def admitted(level: str, *, weakest: str) -> bool:
    """Whether a custody of keys is at least as strong as the contract and this platform ask."""
    asked = max(LEVELS.index(weakest), LEVELS.index(settings.SIGNING_LEVEL))
    return LEVELS.index(level) >= asked
