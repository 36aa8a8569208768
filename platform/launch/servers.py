"""PostgreSQL and the broker of one data folder, started and stopped together."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launch.children import Child
from launch.errors import LaunchError
from launch.identity import Identity
from launch.leftovers import wait_until
from launch.postgres import Postgres
from launch.valkey import Valkey

START_SECONDS = 60.0


@dataclass(frozen=True)
class Urls:
    """Where the servers answer, each spelled as its client wants it."""

    database_url: str
    redis_url: str
    broker_url: str

    def environment(self) -> dict[str, str]:
        """The variables that the settings read."""
        return {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "CELERY_BROKER_URL": self.broker_url,
        }


def wait_for(child: Child, ready: Callable[[], bool], *, timeout: float = START_SECONDS) -> None:
    """Return once `ready`; raises LaunchError when the child ends first or `timeout` seconds pass."""
    wait_until(lambda: not child.alive or ready(), timeout)
    if not child.alive:
        raise LaunchError(child.epitaph())
    if not ready():
        raise LaunchError(f"{child.name} did not answer within {timeout:.0f} seconds; see {child.log}.")


class EmbeddedServers:
    """The two servers below `data_dir`, which the caller has locked; data stay there after `stop`."""

    def __init__(self, data_dir: Path, *, durable: bool = True, identity: Identity | None = None) -> None:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.postgres = Postgres(data_dir, durable=durable, identity=identity)
        self.valkey = Valkey(data_dir, durable=durable)

    @property
    def children(self) -> list[Child]:
        """In the order in which they start; they stop in the opposite one."""
        return [self.postgres.child, self.valkey.child]

    @property
    def urls(self) -> Urls:
        """Known before the servers run."""
        return Urls(self.postgres.url, self.valkey.redis_url, self.valkey.broker_url)

    def start(self) -> Urls:
        """Start both and return when both answer; on failure nothing keeps running and LaunchError is raised."""
        try:
            self.valkey.start()
            self.postgres.start()
            wait_for(self.valkey.child, lambda: self.valkey.ready)
            wait_for(self.postgres.child, lambda: self.postgres.ready)
        except BaseException:
            self.stop()
            raise
        return self.urls

    def stop(self) -> None:
        """Stop the broker, then PostgreSQL; idempotent."""
        for child in reversed(self.children):
            child.stop()

    def remove_traces(self) -> None:
        """Delete what lies outside the data folder; only for servers whose data nobody wants."""
        for folder in {self.postgres.sockets, self.postgres.base, self.valkey.socket.parent}:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def throwaway_servers() -> Iterator[Urls]:
    """Servers in a temporary folder that vanish with everything in them at the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="tenon-"))
    servers = EmbeddedServers(folder, durable=False)
    try:
        yield servers.start()
    finally:
        servers.stop()
        servers.remove_traces()
        shutil.rmtree(folder, ignore_errors=True)
