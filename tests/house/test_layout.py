"""The shape of the house: what lies where."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("information", "matching", "contracts", "tracking")
MOST_LINES = 400


def sources() -> list[Path]:
    """Every Python file that belongs to the project."""
    places = ("platform", *FLOORS, "tests", "benchmarks", "seeds", "manage.py")
    return [
        path
        for place in places
        for path in ([ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py")))
    ]


def test_platform_is_a_source_root_and_no_package() -> None:
    # A platform/__init__.py would hide Python's own module of that name.
    assert [path.name for path in (ROOT / "platform").glob("*.py")] == []


def test_the_import_rules_know_every_package() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {path.parent.name for path in (ROOT / "platform").glob("*/__init__.py")} | set(FLOORS)

    assert set(configuration["tool"]["importlinter"]["root_packages"]) == packages
    assert {
        Path(place).name for place in configuration["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    } == packages


def test_every_package_stands_on_a_layer() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in configuration["contracts"] if contract["type"] == "layers")

    placed = [name.strip() for layer in layers for name in re.split(r"[|:]", layer)]

    assert sorted(placed) == sorted(configuration["root_packages"])


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}

    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}
    assert len(lengths) > 100


def test_no_file_is_a_drawer_for_everything() -> None:
    drawers = {"utils.py", "helpers.py", "misc.py", "common.py"}

    assert [path for path in sources() if path.name in drawers] == []


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in sources() if path.is_relative_to(ROOT / "tests")}

    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_requirement_is_traced_and_what_is_traced_exists() -> None:
    text = (ROOT / "docs" / "traceability.md").read_text(encoding="utf-8")
    rows = {row[1]: row for line in text.splitlines() if (row := line.split("|")) and len(row) == 6}
    traced = {name.strip(): row for name, row in rows.items() if name.strip().startswith("R")}
    places = [place for row in traced.values() for place in re.findall(r"`([a-z_]+/[\w/.-]*)`", "|".join(row))]

    assert list(traced) == [f"R{number}" for number in range(1, 15)]
    assert [place for place in places if not (ROOT / place).exists()] == []
    assert len(places) > 10
