"""The operator's virus scanner: a command that reads a file from its standard input."""

import logging
import shlex
import subprocess

from django.conf import settings

log = logging.getLogger(__name__)

PATIENCE = 20
"""Seconds; less than what the database lets a transaction idle."""
CLEAN, INFECTED = 0, 1


class ScannerFault(Exception):
    """The scanner itself failed; the file stays in quarantine and the job tries again."""


def objection(content: bytes) -> str:
    """What the scanner of TENON_FILE_SCANNER says against the content, "" if nothing or if none is set.

    Exit status 0 means clean, 1 means objectionable (as clamdscan and clamscan have it); raises ScannerFault for
    any other.
    """
    command: str = settings.FILE_SCANNER
    if not command:
        return ""
    try:
        ended = subprocess.run(shlex.split(command), input=content, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise ScannerFault(f"the file scanner could not be run: {fault}") from fault
    said = (ended.stdout + ended.stderr).decode(errors="replace").strip()
    if ended.returncode == CLEAN:
        return ""
    if ended.returncode == INFECTED:
        log.warning("the file scanner objects: %s", said[:500])
        return said[:500] or "objectionable"
    raise ScannerFault(f"the file scanner ended with status {ended.returncode}: {said[:300]}")
