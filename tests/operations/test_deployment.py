"""Django's own deployment check has nothing to say about the defaults."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_check_deploy_has_no_warning() -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TENON_", "DJANGO_ALLOW_"))}
    env |= {"TENON_SECRET_KEY": secrets.token_urlsafe(50), "TENON_ALLOWED_HOSTS": "tenon.example"}

    check = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )

    assert "System check identified no issues (0 silenced)." in check.stdout + check.stderr
    assert check.returncode == 0


def test_a_missing_variable_is_named_in_one_sentence() -> None:
    env = {name: value for name, value in os.environ.items() if name != "REDIS_URL"} | {"TENON_SECRET_KEY": "x" * 50}

    check = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True)

    assert check.returncode != 0
    assert "REDIS_URL is not set. `make demo` sets it for you" in check.stderr
