"""Keys that the platform itself holds: its own seal, and for the demonstration those of the parties.

They are made at first use in one folder that nobody else may read, and never leave it.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from contracts.signing.certificates import Identity, issue, make_root

AUTHORITY, SEAL = "authority", "seal"
PLATFORM_NAME = "Tenon"


class KeyFolder:
    """The folder (0700) with one PEM file (0600) for each identity."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def authority(self, at: datetime) -> Identity:
        """The platform's own certification authority."""
        return self.read(AUTHORITY) or self.keep(AUTHORITY, lambda: make_root("Tenon Signing Authority", at))

    def seal(self, at: datetime) -> Identity:
        """The platform's own seal, which certifies a file before anybody signs it."""
        return self.issued(SEAL, organization=PLATFORM_NAME, person="Tenon Seal", uscc="", at=at)

    def of_organization(self, *, name: str, uscc: str, at: datetime) -> Identity:
        """The key that the platform holds for an organization. Raises ValueError for a code that cannot be one."""
        if not (uscc.isascii() and uscc.isalnum()):
            raise ValueError(f"{uscc!r} is not a registration number")
        return self.issued(uscc, organization=name, person=name, uscc=uscc, at=at)

    def issued(self, label: str, *, organization: str, person: str, uscc: str, at: datetime) -> Identity:
        """An identity from the platform's authority, made at first use."""
        if held := self.read(label):
            return held
        root = self.authority(at)
        return self.keep(label, lambda: issue(root, organization=organization, person=person, uscc=uscc, at=at))

    def keep(self, label: str, make: Callable[[], Identity]) -> Identity:
        """Make an identity and write it down, unless another process did in the meantime."""
        with self.locked():
            if held := self.read(label):
                return held
            made = make()
            target = self.path(label)
            fresh = target.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            fresh.touch(mode=0o600)
            fresh.write_bytes(as_pem(made))
            fresh.rename(target)
            return made

    def read(self, label: str) -> Identity | None:
        """The identity kept under a label, if there is one."""
        try:
            data = self.path(label).read_bytes()
        except FileNotFoundError:
            return None
        key = serialization.load_pem_private_key(data, None)
        assert isinstance(key, rsa.RSAPrivateKey)
        return Identity(x509.load_pem_x509_certificate(data), key)

    def path(self, label: str) -> Path:
        return self.folder / f"{label}.pem"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One maker at a time, also among several processes."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def as_pem(identity: Identity) -> bytes:
    """Certificate and key in one file."""
    return identity.certificate.public_bytes(serialization.Encoding.PEM) + identity.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
