"""Embedded servers start from nothing and from ruins, answer, and leave nothing running."""

import os
import pwd
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2  # ships no types
import pytest
import redis

from launch.errors import LaunchError
from launch.identity import as_nobody, in_namespace, private_folder, works
from launch.leftovers import processes_in, wait_until
from launch.postgres import Postgres
from launch.servers import EmbeddedServers, Urls, throwaway_servers
from launch.sockets import socket_folder

pytestmark = pytest.mark.slow
Start = Callable[..., EmbeddedServers]
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def start() -> Iterator[Start]:
    """Start servers on a folder; whatever is still running at the end is stopped."""
    started: list[EmbeddedServers] = []

    def begin(folder: Path, **options: object) -> EmbeddedServers:
        servers = EmbeddedServers(folder, **options)  # type: ignore[arg-type]  # passed on as they are
        started.append(servers)
        servers.start()
        return servers

    yield begin
    for servers in started:
        servers.stop()
        servers.remove_traces()


def ask(urls: Urls, statement: str) -> list[tuple[object, ...]]:
    """The rows that a statement returns, committed."""
    with closing(psycopg2.connect(urls.database_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_both_answer_and_the_database_is_utf8_with_the_builtin_locale(start: Start, short_folder: Path) -> None:
    urls = start(short_folder).urls

    made = ask(
        urls,
        "SELECT current_user::text, pg_encoding_to_char(encoding)::text, datlocprovider::text, datlocale "
        "FROM pg_database WHERE datname = current_database()",
    )
    with closing(redis.from_url(urls.redis_url)) as broker:
        policy = broker.config_get("maxmemory-policy", "appendonly")

    assert made == [("tenon", "UTF8", "b", "C.UTF-8")]
    assert policy == {"maxmemory-policy": "noeviction", "appendonly": "yes"}


def test_nobody_else_can_reach_them(start: Start, short_folder: Path) -> None:
    servers = start(short_folder, durable=False)

    listening = ask(servers.urls, "SELECT current_setting('listen_addresses')")
    mode = stat.S_IMODE(servers.postgres.sockets.stat().st_mode)

    assert listening == [("",)]
    assert mode == 0o700


def test_stopping_leaves_no_process_and_keeps_the_data(start: Start, short_folder: Path) -> None:
    first = start(short_folder)
    ask(first.urls, "CREATE TABLE kept AS SELECT 7 AS number")
    with closing(redis.from_url(first.urls.redis_url)) as broker:
        broker.set("kept", "7")

    first.stop()
    left = [child.name for child in first.children if child.alive]
    second = start(short_folder)

    assert left == []
    assert ask(second.urls, "SELECT number FROM kept") == [(7,)]
    with closing(redis.from_url(second.urls.redis_url)) as broker:
        assert broker.get("kept") == b"7"


def test_they_start_again_after_both_were_killed(start: Start, short_folder: Path) -> None:
    first = start(short_folder)
    ask(first.urls, "CREATE TABLE kept AS SELECT 7 AS number")
    for child in first.children:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()

    second = start(short_folder)

    assert ask(second.urls, "SELECT number FROM kept") == [(7,)]


def test_a_server_that_outlived_its_supervisor_is_ended_before_a_new_one_starts(
    start: Start, short_folder: Path
) -> None:
    first = start(short_folder)

    second = start(short_folder)

    assert first.postgres.child.wait(5) == 0
    assert processes_in(first.valkey.folder.resolve(), "valkey-server") == [second.valkey.child.pid]
    assert ask(second.urls, "SELECT 1") == [(1,)]


def test_a_stale_pid_file_that_names_a_living_stranger_does_not_stop_it(start: Start, short_folder: Path) -> None:
    first = start(short_folder)
    first.stop()
    (first.postgres.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{first.postgres.cluster}\n1\n5432\n")

    second = start(short_folder)

    assert ask(second.urls, "SELECT 1") == [(1,)]


def test_a_first_start_that_was_cut_short_is_begun_again(start: Start, short_folder: Path) -> None:
    half_made = short_folder / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")

    servers = start(short_folder)

    assert ask(servers.urls, "SELECT 1") == [(1,)]
    assert not half_made.exists()


@pytest.mark.parametrize("name", ["x" * 90, "With Capitals and 中文"], ids=["too long", "needs quoting"])
def test_a_folder_that_cannot_hold_sockets_gets_a_short_private_one_elsewhere(
    start: Start, short_folder: Path, name: str
) -> None:
    servers = start(short_folder / name)

    assert ask(servers.urls, "SELECT 1") == [(1,)]
    assert servers.postgres.sockets == servers.valkey.socket.parent
    assert not servers.postgres.sockets.is_relative_to(short_folder)
    assert stat.S_IMODE(servers.postgres.sockets.stat().st_mode) == 0o700
    with closing(redis.from_url(servers.urls.redis_url)) as broker:
        assert broker.ping() is True


def test_a_socket_folder_that_is_a_link_is_refused(short_folder: Path) -> None:
    (short_folder / "run").symlink_to(short_folder)

    with pytest.raises(LaunchError, match="belongs to somebody else"):
        socket_folder(short_folder / "run", owner=os.geteuid())


@only_root
def test_a_socket_folder_of_somebody_else_is_refused(short_folder: Path) -> None:
    (short_folder / "run").mkdir()
    os.chown(short_folder / "run", pwd.getpwnam("nobody").pw_uid, -1)

    with pytest.raises(LaunchError, match="belongs to somebody else"):
        private_folder(short_folder / "run", os.geteuid())


def test_a_database_that_cannot_start_is_reported_with_its_last_words(start: Start, short_folder: Path) -> None:
    first = start(short_folder)
    first.stop()
    (first.postgres.cluster / "postgresql.conf").write_text("shared_buffers = nonsense\n")

    with pytest.raises(LaunchError) as refusal:
        start(short_folder)

    assert str(refusal.value).startswith("PostgreSQL stopped unexpectedly (exit code 1, see ")
    assert "shared_buffers" in (short_folder / "logs" / "postgres.log").read_text()
    assert processes_in(short_folder / "valkey", "valkey-server") == []


@only_root
def test_root_runs_the_database_as_another_user_where_namespaces_are_forbidden(
    start: Start, short_folder: Path
) -> None:
    nobody = as_nobody()

    first = start(short_folder, identity=nobody, durable=False)
    ask(first.urls, "CREATE TABLE kept AS SELECT 7 AS number")
    owner = Path(f"/proc/{first.postgres.child.pid}").stat().st_uid
    first.stop()
    second = start(short_folder, identity=nobody, durable=False)

    assert nobody.owner is not None
    assert owner == nobody.owner.pw_uid
    assert ask(second.urls, "SELECT number FROM kept") == [(7,)]


def test_a_user_without_a_name_runs_the_database_in_a_namespace(start: Start, short_folder: Path) -> None:
    identity = in_namespace()
    if not works(identity):
        pytest.skip("this kernel or container forbids user namespaces")

    servers = start(short_folder, identity=identity, durable=False)

    assert ask(servers.urls, "SELECT 1") == [(1,)]
    assert servers.postgres.cluster.stat().st_uid == os.geteuid()


def test_throwaway_servers_vanish_with_their_folder() -> None:
    with throwaway_servers() as urls:
        answer = ask(urls, "SELECT current_setting('fsync')")
        folder = Path(str(ask(urls, "SELECT current_setting('data_directory')")[0][0])).parent

    assert answer == [("off",)]
    assert wait_until(lambda: not folder.exists(), 1)


def test_the_url_names_the_socket_folder_percent_encoded(short_folder: Path) -> None:
    postgres = Postgres(short_folder, durable=False)

    assert postgres.url == f"postgresql://tenon@{str(postgres.sockets).replace('/', '%2F')}:5432/tenon"
