"""Who PostgreSQL runs as: it refuses to be root, and wants a name for its user."""

import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from launch.children import SAME_IDENTITY, tethered
from launch.errors import LaunchError


@dataclass(frozen=True)
class Identity:
    """How the database process is run.

    `spec` is what tether.py understands; `owner` is set when the data must belong to another user.
    """

    spec: str
    label: str
    owner: pwd.struct_passwd | None = None


OURSELVES = Identity(SAME_IDENTITY, "this user")


def somebody() -> pwd.struct_passwd:
    """A user that is not root and has a name: nobody, or the first there is."""
    users = sorted(pwd.getpwall(), key=lambda user: (user.pw_name != "nobody", user.pw_uid))
    for user in users:
        if user.pw_uid != 0:
            return user
    raise LaunchError("PostgreSQL refuses to run as root and this system knows no other user: add one.")


def has_name(uid: int) -> bool:
    """Whether the system knows a name for `uid` (in containers started with a bare number it does not)."""
    return any(user.pw_uid == uid for user in pwd.getpwall())


def in_namespace() -> Identity:
    """Files stay ours; inside, PostgreSQL believes to be an ordinary user."""
    return Identity(f"namespace:{somebody().pw_uid}", "a user namespace")


def as_nobody() -> Identity:
    """For root where namespaces are forbidden: really another user, with a copy of the programs."""
    user = somebody()
    return Identity(f"user:{user.pw_uid}:{user.pw_gid}", f"user {user.pw_name}", user)


def works(identity: Identity) -> bool:
    """Whether the kernel lets us take this identity, found out by trying."""
    probe = subprocess.run(tethered(["true"], identity=identity.spec), capture_output=True, check=False)
    return probe.returncode == 0


def database_identity() -> Identity:
    """The first way that works: as we are, in a user namespace, as another user."""
    if os.geteuid() != 0 and has_name(os.geteuid()):
        return OURSELVES
    for candidate in (in_namespace, as_nobody):
        if works(identity := candidate()):
            return identity
    raise LaunchError(
        "PostgreSQL refuses to run as this user and neither a user namespace nor another user is allowed here: "
        "run as an ordinary user, or export DATABASE_URL and REDIS_URL."
    )


def private_folder(folder: Path, owner: int) -> Path:
    """Create `folder` for `owner` alone (0700), or check that it is exactly that; raises LaunchError otherwise."""
    try:
        folder.mkdir(mode=0o700, parents=True)
        if owner != os.geteuid():
            os.chown(folder, owner, -1)
    except FileExistsError:
        state = folder.lstat()
        if folder.is_symlink() or not folder.is_dir() or state.st_uid != owner:
            raise LaunchError(f"{folder} belongs to somebody else: remove it and start again.") from None
        folder.chmod(0o700)
    return folder


def handed_over(data_dir: Path, identity: Identity) -> Path:
    """Where the database of `data_dir` lies when another user owns it: outside folders that only we may enter."""
    if identity.owner is None:
        return data_dir
    key = sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]
    # /var/tmp outlives a restart of the machine, which the demonstration's data should.
    base = Path("/var/tmp") if Path("/var/tmp").is_dir() else Path(tempfile.gettempdir())
    return private_folder(base / f"tenon-postgres-{key}", identity.owner.pw_uid)
