"""Tie this process to the one that started it, take the identity asked for, and execute a command.

Run by path as a script, never imported by the program it starts:
`python -I -S tether.py PARENT SIGNAL IDENTITY COMMAND…`, where PARENT is the process id that must be alive, SIGNAL the
number sent to the command when PARENT dies, IDENTITY one of `same`, `namespace:UID`, `user:UID:GID`. It replaces
itself, so the command keeps the process id that the parent knows.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def enter_namespace(uid: int) -> None:
    """Appear as `uid` inside a user namespace while files still belong to the real user; needs no privilege."""
    real_uid, real_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {real_uid} 1")
    Path("/proc/self/gid_map").write_text(f"{uid} {real_gid} 1")


def take_identity(identity: str) -> None:
    """Become who `identity` names; raises OSError where the kernel or a container forbids it."""
    kind, *numbers = identity.split(":")
    if kind == "namespace":
        enter_namespace(int(numbers[0]))
    elif kind == "user":
        uid, gid = (int(number) for number in numbers)
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def die_with(parent: int, death_signal: int) -> None:
    """Ask the kernel for `death_signal` when `parent` ends; on systems that cannot, do nothing."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    # The parent may have died before the request above: then no signal would ever come.
    if os.getppid() != parent:
        sys.exit(1)


def main(arguments: list[str]) -> None:
    """Never returns: the process becomes the command."""
    parent, death_signal, identity, *command = arguments
    take_identity(identity)
    # A change of identity clears the request, so it comes second.
    die_with(int(parent), int(death_signal))
    # Python ignores this one, and an ignored signal would stay ignored in the command.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
