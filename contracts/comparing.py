"""What changed between two texts, character by character, in pieces that make sense to a reader of either language."""

from typing import Literal, NamedTuple

from diff_match_patch import diff_match_patch

SECONDS = 0.5
"""After this long a comparison of two very long texts becomes coarser instead of slower."""


class Piece(NamedTuple):
    """A run of text that stayed, was added or was taken out."""

    change: Literal["same", "added", "removed"]
    text: str


CHANGES: dict[int, Literal["same", "added", "removed"]] = {0: "same", 1: "added", -1: "removed"}


def difference(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order: those that stayed and were removed give `before`, the others `after`."""
    engine = diff_match_patch()
    engine.Diff_Timeout = SECONDS
    found = engine.diff_main(before, after)
    engine.diff_cleanupSemantic(found)
    return [Piece(CHANGES[change], text) for change, text in found if text]
