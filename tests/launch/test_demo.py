"""The demonstration starts from nothing, ends in order, and says in one sentence what went wrong."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from launch.leftovers import wait_until
from tests.launch.conftest import Run

pytestmark = pytest.mark.slow
Demo = Callable[..., Run]


def last_line(run: Run) -> str:
    return run.text.strip().splitlines()[-1]


def gone(pids: dict[str, int]) -> bool:
    return wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids.values()), 20)


def test_it_starts_everything_and_a_stop_signal_ends_all_of_it(demo: Demo) -> None:
    run = demo()
    run.wait_ready()
    pids = run.pids()

    run.process.send_signal(signal.SIGINT)
    code = run.end()

    assert sorted(pids) == ["beat", "gunicorn", "postgres", "valkey-server", "worker"]
    assert "enterprise     first@works.example" in run.text
    assert "Stopping Beat, The web server, The worker, The broker, PostgreSQL" in run.text
    assert (code, last_line(run)) == (0, "Stopped.")
    assert gone(pids)


def test_a_second_start_skips_what_is_up_to_date_and_keeps_the_key(demo: Demo) -> None:
    first = demo()
    first.wait_ready()
    key = (first.data / "secret_key").read_text()
    first.process.send_signal(signal.SIGTERM)
    first.end()

    second = demo()
    second.wait_ready()

    assert "Taxonomies" in first.text
    assert "Taxonomies" not in second.text
    assert "First matching" not in second.text
    assert (second.data / "secret_key").read_text() == key
    assert (second.data / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("worker", "The worker"),
        ("gunicorn", "The web server"),
        ("postgres", "PostgreSQL"),
        ("valkey-server", "The broker"),
    ],
)
def test_a_killed_child_ends_the_run_in_one_sentence(demo: Demo, program: str, name: str) -> None:
    run = demo()
    run.wait_ready()
    pids = run.pids()

    os.kill(pids[program], signal.SIGKILL)
    code = run.end()

    assert code == 1
    assert last_line(run).startswith(f"tenon: {name} stopped unexpectedly (killed by SIGKILL, see ")
    assert gone(pids)


def test_it_starts_again_after_the_supervisor_was_killed(demo: Demo) -> None:
    first = demo()
    first.wait_ready()
    pids = first.pids()
    first.process.kill()
    first.end()

    second = demo()
    second.wait_ready()

    assert gone(pids)
    assert "Taxonomies" not in second.text


def test_a_failing_step_is_named_with_its_last_words(demo: Demo) -> None:
    run = demo(FAILING_STEP="load_taxonomy", FAILING_WORDS="regions.json line 3 is broken")

    code = run.end()

    assert code == 1
    assert last_line(run) == (
        f"tenon: Taxonomies failed (exit code 1, see {run.data}/logs/load_taxonomy.log); "
        "its last line was: regions.json line 3 is broken"
    )


def test_a_full_disk_is_called_that(demo: Demo) -> None:
    run = demo(FAILING_STEP="migrate", FAILING_WORDS="could not extend file: No space left on device")

    code = run.end()

    assert (code, last_line(run)) == (
        1,
        "tenon: The disk is full: The migration could not write; free some space and start again.",
    )


def test_a_stop_signal_in_the_middle_of_the_start_is_obeyed(demo: Demo) -> None:
    run = demo()
    assert wait_until(lambda: "Database tables" in run.text, 30)

    run.process.send_signal(signal.SIGTERM)
    code = run.end()

    assert (code, last_line(run)) == (0, "Stopped.")


def test_a_port_in_use_is_refused_with_what_to_do(demo: Demo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        run = demo(port=port)
        code = run.end()

    assert (code, run.text) == (1, f"tenon: Port {port} is in use: choose another, e.g. make demo PORT={port + 1}.\n")


def test_a_second_demonstration_on_the_same_folder_is_refused(demo: Demo) -> None:
    first = demo()
    first.wait_ready()

    second = demo(port=1)
    code = second.end()

    assert (code, second.text) == (
        1,
        f"tenon: A demonstration already runs on {first.data} (process {first.process.pid}): "
        "stop it with Ctrl-C, or choose another folder with --data.\n",
    )


def test_exported_urls_are_used_and_said_to_be(demo: Demo) -> None:
    urls = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    urls["CELERY_BROKER_URL"] = os.environ.get("CELERY_BROKER_URL", urls["REDIS_URL"])

    run = demo(**urls)
    run.wait_ready()

    assert run.text.startswith("Servers: those of the exported DATABASE_URL and REDIS_URL")
    assert sorted(run.pids()) == ["beat", "gunicorn", "worker"]
