"""Keys that the platform holds are nobody else's, and a set-up that would make signatures worth little is named."""

import stat
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from contracts.signing.certificates import fingerprint, holder
from contracts.signing.keys import KeyFolder

NOW = datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC)
CODE = "91350100M000100Y43"


def codes(*, deploy: bool = False) -> set[str]:
    """The checks of contracts that complain."""
    return {
        message.id
        for message in run_checks(include_deployment_checks=deploy)
        if message.id and message.id.startswith("contracts.")
    }


def test_keys_are_made_once_in_a_folder_that_nobody_else_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "keys"

    first = KeyFolder(folder).of_organization(name="机构", uscc=CODE, at=NOW)
    second = KeyFolder(folder).of_organization(name="机构", uscc=CODE, at=NOW)

    assert fingerprint(first.certificate) == fingerprint(second.certificate)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.glob("*.pem")} == {0o600}
    assert {each.name for each in folder.glob("*.pem")} == {"authority.pem", f"{CODE}.pem"}


def test_two_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    made = []
    threads = [threading.Thread(target=lambda: made.append(KeyFolder(tmp_path / "k").seal(NOW))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert len({fingerprint(each.certificate) for each in made}) == 1


def test_a_key_says_for_whom_it_is(tmp_path: Path) -> None:
    says = holder(KeyFolder(tmp_path / "k").of_organization(name="机构", uscc=CODE, at=NOW).certificate)

    assert (says.organization, says.uscc) == ("机构", CODE)
    assert says.is_for(name_zh="another name", name_en="", uscc=CODE)
    assert not says.is_for(name_zh="机构", name_en="", uscc="91110108551385082Q")


def test_a_code_that_is_none_names_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a registration number"):
        KeyFolder(tmp_path / "k").of_organization(name="机构", uscc="../authority", at=NOW)


def test_keys_of_the_platform_are_warned_of_in_production(settings: Any) -> None:
    settings.SIGNING_LEVEL = "platform"

    assert "contracts.W001" in codes(deploy=True)
    assert "contracts.W001" not in codes()


@pytest.mark.parametrize("level", ["certificate", "external"])
def test_the_levels_for_production_are_fine(settings: Any, level: str) -> None:
    settings.SIGNING_LEVEL = level

    assert codes(deploy=True) == set()


def test_a_level_that_there_is_not_is_named(settings: Any) -> None:
    settings.SIGNING_LEVEL = "strong"

    assert codes() == {"contracts.E001"}


def test_authorities_that_cannot_be_read_are_named(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing")
    settings.SIGNING_ROOTS, settings.SIGNING_TSA_ROOTS = [str(tmp_path / "empty.pem")], [str(tmp_path / "none.pem")]

    assert codes() == {"contracts.E002"}


def test_a_folder_of_keys_that_others_can_read_is_named(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_FOLDER = tmp_path / "keys"
    settings.SIGNING_FOLDER.mkdir(mode=0o755)

    assert codes() == {"contracts.E003"}
