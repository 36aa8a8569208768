"""A data folder is locked, remembers what is up to date, and is refused on a full disk."""

from pathlib import Path

import pytest

from launch.datadir import fingerprint, locked
from launch.errors import LaunchError
from launch.project import secret_key


def test_a_second_lock_is_refused_until_the_first_is_given_back(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(LaunchError, match="A demonstration already runs on"), locked(tmp_path):
        pass

    with locked(tmp_path) as data:
        assert data.path == tmp_path


def test_a_lock_file_left_by_a_killed_run_locks_nothing(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("1")

    with locked(tmp_path) as data:
        assert data.path == tmp_path


def test_a_nearly_full_disk_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LaunchError) as refusal, locked(tmp_path, needed=2**60):
        pass

    assert str(refusal.value).startswith(f"The disk is nearly full: {tmp_path} has ")
    assert str(refusal.value).endswith("free some space or choose another folder with --data.")


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(LaunchError, match=r"cannot be used \(File exists\)"), locked(tmp_path / "file"):
        pass


def test_a_step_is_done_for_one_key_only(tmp_path: Path) -> None:
    with locked(tmp_path) as data:
        data.mark("taxonomy", "first")

        assert data.done("taxonomy", "first") is True
        assert data.done("taxonomy", "second") is False
        assert data.done("demo", "first") is False


def test_a_step_done_on_one_database_is_not_done_on_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/one")

    with locked(tmp_path) as data:
        data.mark("taxonomy", "key")
        monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/two")

        assert data.done("taxonomy", "key") is False


def test_the_fingerprint_changes_with_the_files(tmp_path: Path) -> None:
    everything = fingerprint(["platform/launch/*.py"])

    assert everything == fingerprint(["platform/launch/*.py"])
    assert everything != fingerprint(["platform/launch/d*.py"])
    assert everything != fingerprint(["platform/launch/*.py"], contents=False)


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path)

    assert secret_key(tmp_path) == key
    assert len(key) >= 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
