"""Folders for unix sockets: private, and short enough for the kernel."""

import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

from launch.errors import LaunchError
from launch.identity import private_folder

# sockaddr_un holds 108 bytes with the final NUL on Linux and 104 on macOS.
LONGEST_PATH = 103
LONGEST_NAME = len("/.s.PGSQL.5432.lock")
# dj-database-url lower-cases the host part of an URL; any other character needs quoting in one URL or another.
PLAIN = re.compile(r"[a-z0-9/_.-]+")


def fits(folder: Path) -> bool:
    """Whether sockets in `folder` can be named to the kernel and in URLs as they are."""
    path = str(folder)
    return len(os.fsencode(path)) + LONGEST_NAME <= LONGEST_PATH and PLAIN.fullmatch(path) is not None


def socket_folder(wanted: Path, *, owner: int) -> Path:
    """`wanted` made private to `owner`, or a short private folder derived from it when it does not fit.

    Raises LaunchError when the folder belongs to somebody else or no short place exists.
    """
    wanted = wanted.absolute()
    if fits(wanted):
        return private_folder(wanted, owner)
    key = sha256(os.fsencode(wanted)).hexdigest()[:12]
    for base in (Path(tempfile.gettempdir()), Path("/tmp")):
        short = base / f"tenon-{owner}-{key}"
        if fits(short) and base.is_dir():
            return private_folder(short, owner)
    raise LaunchError(f"The path {wanted} is too long for a socket: choose a shorter folder with --data.")
