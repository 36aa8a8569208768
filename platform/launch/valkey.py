"""The embedded broker and cache: Valkey on a unix socket, with an append-only file."""

import os
import signal
import socket
from pathlib import Path

from launch.binaries import valkey_server
from launch.children import Child
from launch.leftovers import end_leftovers
from launch.sockets import socket_folder

# One logical database per worker of a test run, and room to spare.
DATABASES = 64


class Valkey:
    """One broker below `data_dir`; the caller holds the lock of that folder.

    `durable` keeps what was queued over a restart (append-only file, synced every second).
    """

    def __init__(self, data_dir: Path, *, durable: bool) -> None:
        self.folder = data_dir.absolute() / "valkey"
        self.socket = socket_folder(data_dir.absolute() / "run", owner=os.geteuid()) / "valkey.sock"
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes" if durable else "no",
            "appendfsync": "everysec",
            "save": "",
            # A queue must refuse new work when memory is short, never drop what it accepted.
            "maxmemory-policy": "noeviction",
            "databases": str(DATABASES),
            "daemonize": "no",
        }
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        log = data_dir.absolute() / "logs" / "valkey.log"
        self.child = Child("The broker", [str(valkey_server()), *options], log)

    @property
    def redis_url(self) -> str:
        """As redis-py and Django spell it."""
        return f"unix://{self.socket}?db=0"

    @property
    def broker_url(self) -> str:
        """As Celery spells it."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    @property
    def ready(self) -> bool:
        """Whether it answers PING; while it still reads its file it answers an error instead."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1.0)
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def start(self) -> None:
        """Start it after clearing what a killed run left; does not wait until ready."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        end_leftovers(self.folder, "valkey-server", signal.SIGTERM)
        self.socket.unlink(missing_ok=True)
        self.child.start()
