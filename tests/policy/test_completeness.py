"""A URL without a policy is never served: the web server and the worker refuse to start, and say which URL it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from policy.completeness import require_complete

ROOT = Path(__file__).resolve().parents[2]


def test_every_url_of_the_project_has_a_policy() -> None:
    require_complete()


def test_a_page_without_a_policy_is_named() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        require_complete("tests.policy.urlconfs.unmarked")

    assert str(refusal.value) == "URLs without a policy:\n  /inner/forgotten/ (forgotten): no policy"


def test_an_action_that_no_row_speaks_of_is_named() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        require_complete("tests.policy.urlconfs.unknown")

    assert str(refusal.value) == "URLs without a policy:\n  /devour/ (devour): need.devour"


def test_each_action_of_a_rest_view_counts_and_only_behind_its_gate() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        require_complete("tests.policy.urlconfs.rest")

    assert str(refusal.value).splitlines()[1:] == [
        "  /^things/devour/$ (OneForgotten.devour): no policy",
        "  /ungated/ (Ungated.get): no policy",
    ]


def started(*command: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end with a URL in the settings that has no policy."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.policy.broken_settings",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])),
    }
    return subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_web_server_does_not_start() -> None:
    ended = started("-c", "import config.wsgi")

    assert ended.returncode == 1
    assert "/inner/forgotten/ (forgotten): no policy" in ended.stderr


def test_the_worker_does_not_start() -> None:
    ended = started("-m", "celery", "-A", "config.celery", "worker", "--pool", "solo")

    assert ended.returncode == 1
    assert "/inner/forgotten/ (forgotten): no policy" in ended.stderr


def test_the_system_check_names_it() -> None:
    ended = started("manage.py", "check")

    assert ended.returncode == 1
    assert "(policy.E001) URLs without a policy:" in ended.stderr
