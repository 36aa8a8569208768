"""Where the project lies, and the environment in which its own processes run."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OWN_SERVERS = ("DATABASE_URL", "REDIS_URL")


def servers_are_given() -> bool:
    """Whether both URLs are exported, so that nothing embedded is started."""
    return all(os.environ.get(name) for name in OWN_SERVERS)


def describe_mode() -> str:
    """One line: which servers are used and why."""
    if servers_are_given():
        return "Servers: those of the exported DATABASE_URL and REDIS_URL (nothing embedded is started)."
    half = [name for name in OWN_SERVERS if os.environ.get(name)]
    if half:
        return f"Servers: embedded; the exported {half[0]} is ignored because its sibling is not exported."
    return "Servers: embedded PostgreSQL and broker, on unix sockets in the data folder."


def secret_key(data_dir: Path) -> str:
    """The signing key of this data folder: random, made once, readable by its owner alone."""
    place = data_dir / "secret_key"
    if not place.exists():
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return place.read_text()


def database_in_use() -> str:
    """A name for the database that the demonstration fills: the exported URL, or one word for the embedded one."""
    return os.environ["DATABASE_URL"] if servers_are_given() else "embedded"


def process_environment(data_dir: Path, servers: dict[str, str], address: str = "") -> dict[str, str]:
    """The variables for Django's processes of a demonstration: plain HTTP, because it listens on loopback only.

    `address` is where its pages are, for the links in its mails.
    """
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        "TENON_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "TENON_DATA_DIR": str(data_dir),
        "TENON_DEBUG": "0",
        "TENON_PLAIN_HTTP": "1",
        **({"TENON_SITE_URL": address} if address else {}),
        "TENON_SECRET_KEY": secret_key(data_dir),
        # Nobody who tries the demonstration has a certificate; operations.md says what production does.
        "TENON_SIGNING_LEVEL": "platform",
        **servers,
    }
