"""A snapshot is whole or not there, and what was damaged is noticed before it is served."""

import json
import threading
from pathlib import Path

import numpy as np
import pytest

from matching.engine.storage import CorruptSnapshot, Query, Side, Snapshot, aside, keys, write
from tests.matching.engine.storage.drafts import WORDS, block, draft

FACTS = {"engine": "test", "average": {WORDS: 1.5}}
QUERY = Query.of(keys(["a", "b"]), np.array([1.0, 2.0]))


def posts(first: int) -> list[object]:
    return [draft(first + i, {"a": 1.0 + i, "b": 2.0}, vector=np.ones(6, dtype=np.float32)) for i in range(3)]


def written(root: Path, name: str = "one") -> Path:
    blocks = [block(*posts(10)), block(*posts(20))]  # type: ignore[arg-type]
    with aside(root, name) as folder:
        write(folder, {"achievements": iter(blocks), "needs": ()}, {"projection": np.eye(2)}, FACTS)
    return root / name


def test_what_was_written_is_what_is_served(tmp_path: Path) -> None:
    loaded = Snapshot.load(written(tmp_path))

    side = Side(loaded.blocks["achievements"])
    assert (len(loaded), dict(loaded.facts)) == (6, FACTS)
    assert side.ids.tolist() == [10, 11, 12, 20, 21, 22]
    np.testing.assert_array_equal(side.sparse(WORDS, QUERY), Side([block(*posts(0))] * 2).sparse(WORDS, QUERY))  # type: ignore[arg-type]
    np.testing.assert_array_equal(loaded.models["projection"], np.eye(2))
    assert Side(loaded.blocks["needs"]).ids.tolist() == []


def test_the_same_content_has_the_same_name_wherever_it_is_written(tmp_path: Path) -> None:
    first, second = written(tmp_path, "one"), written(tmp_path, "two")

    assert (first / "manifest.json").read_bytes() == (second / "manifest.json").read_bytes()


def test_a_build_that_dies_leaves_nothing_that_could_be_served(tmp_path: Path) -> None:
    def die(folder: Path) -> None:
        (folder / "achievements.0000.bin").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), aside(tmp_path, "one") as folder:
        die(folder)

    assert list(tmp_path.iterdir()) == []


def test_of_two_that_build_the_same_one_stands(tmp_path: Path) -> None:
    written(tmp_path)
    before = (tmp_path / "one" / "manifest.json").stat().st_ino

    written(tmp_path)

    assert (tmp_path / "one" / "manifest.json").stat().st_ino == before
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.parametrize("file", ["achievements.0000.bin", "achievements.0001.bin", "models.bin"])
@pytest.mark.parametrize("place", [0, 0.5, 1])
def test_one_flipped_bit_is_noticed(tmp_path: Path, file: str, place: float) -> None:
    path = written(tmp_path) / file
    content = bytearray(path.read_bytes())
    content[round(place * (len(content) - 1))] ^= 4
    path.write_bytes(content)

    with pytest.raises(CorruptSnapshot, match=f"{file} of one is damaged"):
        Snapshot.load(tmp_path / "one")


@pytest.mark.parametrize("keep", [0, 100])
def test_a_file_that_was_cut_off_is_noticed(tmp_path: Path, keep: int) -> None:
    path = written(tmp_path) / "achievements.0001.bin"
    path.write_bytes(path.read_bytes()[:keep])

    with pytest.raises(CorruptSnapshot, match=rf"has {keep} bytes instead of"):
        Snapshot.load(tmp_path / "one")


@pytest.mark.parametrize("file", ["achievements.0001.bin", "manifest.json"])
def test_a_missing_file_is_noticed(tmp_path: Path, file: str) -> None:
    (written(tmp_path) / file).unlink()

    with pytest.raises(CorruptSnapshot, match="cannot be read"):
        Snapshot.load(tmp_path / "one")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 1}', '{"format": 1, "facts": {}, "files": {"models": 3}}']
)
def test_a_manifest_that_is_none_is_noticed(tmp_path: Path, text: str) -> None:
    (written(tmp_path) / "manifest.json").write_text(text)

    with pytest.raises(CorruptSnapshot):
        Snapshot.load(tmp_path / "one")


def test_a_format_of_another_time_is_named(tmp_path: Path) -> None:
    path = written(tmp_path) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))

    with pytest.raises(CorruptSnapshot, match="format 99"):
        Snapshot.load(tmp_path / "one")


def test_what_is_mapped_stays_readable_when_its_folder_is_removed(tmp_path: Path) -> None:
    folder = written(tmp_path)
    side = Side(Snapshot.load(folder).blocks["achievements"])
    before = side.sparse(WORDS, QUERY)
    for path in folder.iterdir():
        path.unlink()

    found: list[np.ndarray] = []
    reader = threading.Thread(target=lambda: found.append(side.sparse(WORDS, QUERY)))
    reader.start()
    reader.join()

    np.testing.assert_array_equal(found[0], before)
