"""The hash chain of one stream: each entry's hash covers its content and the hash before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

ORIGIN = ""


def link(
    previous: str, *, stream: str, sequence: int, name: str, actor: int | None, at: datetime, data: dict[str, Any]
) -> str:
    """SHA-256 (hex) over the canonical JSON of an entry: sorted keys, no spaces, UTC time in microseconds."""
    content = [previous, stream, sequence, name, actor, at.astimezone(UTC).isoformat(timespec="microseconds"), data]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
