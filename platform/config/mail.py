"""Where mail goes, from one variable."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


def mail_settings(url: str, folder: Path) -> dict[str, Any]:
    """What TENON_MAIL_URL says: smtp://, smtp+tls:// or smtp+ssl://user:password@host:port, console:, or nothing.

    Without it every mail becomes a file in the folder, so that a demonstration can show its mails and send none.
    """
    parts = urlsplit(url)
    settings: dict[str, Any] = {
        "backend": f"{BACKENDS}.filebased.EmailBackend",
        "folder": str(folder),
        "host": parts.hostname or "",
        "port": parts.port or PORTS.get(parts.scheme, 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme == "smtp+tls",
        "ssl": parts.scheme == "smtp+ssl",
    }
    if parts.scheme == "console":
        return settings | {"backend": f"{BACKENDS}.console.EmailBackend"}
    if parts.scheme in PORTS and parts.hostname:
        return settings | {"backend": f"{BACKENDS}.smtp.EmailBackend"}
    if url:
        # Not the value itself: it may hold a password.
        raise ImproperlyConfigured("TENON_MAIL_URL is no smtp://, smtp+tls:// or smtp+ssl:// address, nor console:")
    return settings
