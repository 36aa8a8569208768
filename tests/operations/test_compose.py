"""docker-compose.yml says what the project really has; no Docker is needed to check that."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
OURS = ("migrate", "web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return parsed


def test_it_runs_web_worker_beat_and_both_servers(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"postgres", "redis", "migrate", "web", "worker", "beat"}


@pytest.mark.parametrize("name", ["postgres", "redis", "web", "worker", "beat"])
def test_every_lasting_service_has_a_health_check(compose: dict[str, Any], name: str) -> None:
    check = compose["services"][name]["healthcheck"]

    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert check["retries"] >= 3


@pytest.mark.parametrize("name", ["postgres", "redis", "migrate", "web", "worker", "beat"])
def test_no_service_runs_as_root(compose: dict[str, Any], name: str) -> None:
    assert compose["services"][name]["user"] not in {"root", "0", ""}


def test_the_image_itself_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    assert users == ["tenon"]


def test_redis_writes_everything_down_and_evicts_nothing(compose: dict[str, Any]) -> None:
    command = compose["services"]["redis"]["command"]

    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_what_must_last_lies_on_declared_volumes(compose: dict[str, Any]) -> None:
    mounted = {
        volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])
    }

    assert mounted == set(compose["volumes"]) == {"postgres", "redis", "beat"}


def test_every_variable_is_one_that_the_settings_read_and_the_handbook_explains(compose: dict[str, Any]) -> None:
    settings = (ROOT / "platform/config/settings.py").read_text()
    handbook = (ROOT / "docs/operations.md").read_text()

    for name in compose["services"]["web"]["environment"]:
        assert f'"{name}"' in settings, name
        assert f"`{name}`" in handbook, name


def test_every_variable_of_the_settings_is_explained_in_the_handbook() -> None:
    settings = (ROOT / "platform/config/settings.py").read_text()
    read = set(re.findall(r'(?:flag|words|required|environ\.get)\(\s*"([A-Z_]+)"', settings))

    explained = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operations.md").read_text(), re.MULTILINE))

    assert read == explained


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists_in_the_project(compose: dict[str, Any], name: str) -> None:
    command = compose["services"][name]["command"]
    parts = re.split(r"\s*&&\s*", command[-1]) if command[0] == "sh" else [shlex.join(command)]

    for part in parts:
        program, *arguments = shlex.split(part)
        if program == "python":
            known = subprocess.run(
                [sys.executable, *arguments, "--help"], cwd=ROOT, capture_output=True, env=os.environ
            )
            assert known.returncode == 0, part
        else:
            assert (Path(sys.executable).parent / program).exists(), part
            assert any(target in arguments for target in ("config.wsgi:application", "config.celery")), part
