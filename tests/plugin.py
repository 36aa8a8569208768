"""Starts the servers that a test run needs, before Django reads its settings.

Loaded by `-p tests.plugin` in the configuration, because a conftest.py is read after pytest-django has looked at
DATABASE_URL. With DATABASE_URL and REDIS_URL both exported the run uses those servers instead.
"""

import os
import re
import secrets
from contextlib import ExitStack
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from launch.servers import throwaway_servers

CATALOGUES = Path(__file__).resolve().parents[1] / "locale"
STARTED_BY_US = "TENON_TEST_SERVERS"
servers = ExitStack()


def separate_broker(worker: str) -> None:
    """Give a worker of a parallel run a logical broker database of its own, as pytest-django does for PostgreSQL."""
    number = int(worker.removeprefix("gw")) + 1
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        os.environ[name] = re.sub(r"(db|virtual_host)=\d+$", rf"\1={number}", os.environ[name])


def compile_catalogues() -> None:
    """Compile each catalogue that is newer than what was compiled from it, before Django reads one."""
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        fresh = target.with_suffix(f".{os.getpid()}")
        with source.open("rb") as text, fresh.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        # Two runs may compile at once; a rename never shows either of them half a file.
        fresh.rename(target)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Start throw-away servers once per run and name them in the environment, which parallel workers inherit."""
    options = parser.parse_known_args(args)
    if options.help or options.version:
        return
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        if os.environ.get(STARTED_BY_US):
            separate_broker(worker)
        return
    compile_catalogues()
    os.environ.setdefault("TENON_SECRET_KEY", secrets.token_urlsafe(64))
    os.environ.setdefault("TENON_PLAIN_HTTP", "1")
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    urls = servers.enter_context(throwaway_servers())
    early_config.add_cleanup(servers.close)
    os.environ |= urls.environment() | {STARTED_BY_US: "1"}


def pytest_report_header() -> str:
    """Which servers this run talks to."""
    if os.environ.get(STARTED_BY_US):
        return "servers: embedded, thrown away at the end (export DATABASE_URL and REDIS_URL to use your own)"
    return "servers: those of DATABASE_URL and REDIS_URL"
