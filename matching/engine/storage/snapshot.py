"""A snapshot: all open posts of both sides at one moment, immutable and shared by every process that maps it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from matching.engine.storage.block import Block
from matching.engine.storage.folder import Arrays, CorruptSnapshot, Writer, read

SideName = Literal["needs", "achievements"]
SIDES: tuple[SideName, ...] = ("needs", "achievements")
_MODELS = "models"


@dataclass(frozen=True)
class Snapshot:
    """Blocks by side, the arrays of trained models, and facts: statistics, engine version, model name and revision."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    blocks: Mapping[SideName, tuple[Block, ...]] = field(default_factory=lambda: dict.fromkeys(SIDES, ()))
    models: Arrays = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map a sealed folder after checking every byte. Raises CorruptSnapshot."""
        facts, groups = read(folder)
        try:
            blocks = {
                side: tuple(Block.of_arrays(groups[group]) for group in sorted(groups) if group.startswith(side))
                for side in SIDES
            }
        except KeyError as error:
            raise CorruptSnapshot(f"{folder.name} has no {error.args[0]}.") from error
        return cls(facts, blocks, groups.get(_MODELS, {}))

    def __len__(self) -> int:
        """The achievements held."""
        return sum(map(len, self.blocks["achievements"]))


def write(folder: Path, blocks: Mapping[SideName, Iterable[Block]], models: Arrays, facts: Mapping[str, Any]) -> str:
    """Write a snapshot into an empty folder, one block in memory at a time; gives the hash of its manifest."""
    writer = Writer(folder)
    for side in SIDES:
        for number, block in enumerate(blocks.get(side, ())):
            writer.write(f"{side}.{number:04}", block.arrays())
    writer.write(_MODELS, models.items())
    return writer.seal(facts)
