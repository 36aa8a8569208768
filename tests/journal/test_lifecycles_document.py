"""docs/lifecycles.md says what is declared, and the check notices when it no longer does."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import override

from config.policy import RULES
from journal.diagrams import document, lifecycles
from policy import install
from tests.world import LIFECYCLES


def test_the_document_in_the_repository_is_current() -> None:
    written = (settings.BASE_DIR / "docs" / "lifecycles.md").read_text(encoding="utf-8")

    assert written == document()


def test_the_document_is_the_same_in_every_language() -> None:
    with override("zh-hans"):
        chinese = document()
    with override("en"):
        english = document()

    assert chinese == english


def test_it_speaks_of_every_lifecycle_and_the_tests_do_too() -> None:
    assert set(lifecycles()) == set(LIFECYCLES)


def test_it_says_for_an_approval_who_may_and_what_must_hold() -> None:
    lines = [line for line in document().splitlines() if line.startswith("| mutual | approved |")]

    assert lines == [
        "| mutual | approved | approve | Approve"
        " | administrator (Uninvolved need__owner_id, achievement__owner_id): Administrators decide on mutual interest."
        " | a note (optional) | Nobody can be brought together over a post that is no longer open."
        " | `matching.match.approved` |"
    ]


def test_a_step_that_the_policy_grants_nobody_says_so() -> None:
    install(rule for rule in RULES if rule.action != "contract.withdraw")
    try:
        written = document()
    finally:
        install(RULES)

    assert "| drafting | withdrawn | withdraw | Withdraw | nobody |" in written


@pytest.fixture
def written(tmp_path: Path) -> Path:
    target = tmp_path / "lifecycles.md"
    call_command("write_lifecycles", file=target, stdout=StringIO())
    return target


def test_a_file_just_written_is_current(written: Path) -> None:
    output = StringIO()

    call_command("write_lifecycles", check=True, file=written, stdout=output)

    assert output.getvalue() == "lifecycles.md is current.\n"


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_text("# Lifecycles\n")])
def test_a_file_that_is_missing_or_old_is_refused_and_left_alone(
    written: Path, change: Callable[[Path], object]
) -> None:
    change(written)
    before = written.exists()

    with pytest.raises(CommandError, match=r"Run `python manage\.py write_lifecycles`"):
        call_command("write_lifecycles", check=True, file=written)

    assert written.exists() == before
