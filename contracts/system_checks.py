"""System checks of signing: what would make signatures worth little is said before anybody signs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from contracts.document import LEVELS
from contracts.signing.surroundings import read_roots


@register(Tags.security)
def signing_level_is_known(**options: Any) -> list[CheckMessage]:
    """The setting names a custody of keys that there is."""
    if settings.SIGNING_LEVEL in LEVELS:
        return []
    hint = f"Set TENON_SIGNING_LEVEL to one of: {', '.join(LEVELS)}."
    return [Error(f"There is no signing level “{settings.SIGNING_LEVEL}”.", hint=hint, id="contracts.E001")]


@register(Tags.security)
def roots_can_be_read(**options: Any) -> list[CheckMessage]:
    """Every file of authorities is there and holds certificates."""
    found: list[CheckMessage] = []
    for path in (*settings.SIGNING_ROOTS, *settings.SIGNING_TSA_ROOTS):
        try:
            read_roots(path)
        except (OSError, ValueError) as fault:
            found.append(Error(f"{path} holds no certificates in PEM form: {fault}", id="contracts.E002"))
    return found


@register(Tags.security, deploy=True)
def parties_keep_their_own_keys(**options: Any) -> list[CheckMessage]:
    """In production nobody signs with a key of the platform, and somebody's certificates are recognized."""
    found: list[CheckMessage] = []
    if settings.SIGNING_LEVEL == "platform":
        hint = "Set TENON_SIGNING_LEVEL to certificate or external; keys held by the platform are for demonstrations."
        found.append(Warning("Whoever runs the platform could sign for everybody.", hint=hint, id="contracts.W001"))
    return found


@register(Tags.security)
def keys_are_nobody_elses(**options: Any) -> list[CheckMessage]:
    """The folder of keys cannot be read by others."""
    folder = Path(settings.SIGNING_FOLDER)
    if not folder.exists() or not folder.stat().st_mode & 0o077:
        return []
    return [Error(f"Others can read {folder}.", hint=f"chmod 700 {folder}", id="contracts.E003")]
