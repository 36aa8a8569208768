"""Where the engine keeps posts: immutable blocks by term and by vector, mapped from a snapshot's files.

`Pile` is what analysed posts come in, `Block` what they are served from, `Snapshot` a folder of blocks, `Side` all
posts of one side with what came since. Nothing here knows what a space means.
"""

from matching.engine.storage.block import LENGTH, Block, Weigh
from matching.engine.storage.folder import CorruptSnapshot, aside
from matching.engine.storage.pile import Draft, Pile
from matching.engine.storage.postings import BLOCK, Postings, Query, key, keys
from matching.engine.storage.side import Side, best
from matching.engine.storage.snapshot import SIDES, SideName, Snapshot, write
from matching.engine.storage.vectors import Vectors

__all__ = [
    "BLOCK",
    "LENGTH",
    "SIDES",
    "Block",
    "CorruptSnapshot",
    "Draft",
    "Pile",
    "Postings",
    "Query",
    "Side",
    "SideName",
    "Snapshot",
    "Vectors",
    "Weigh",
    "aside",
    "best",
    "key",
    "keys",
    "write",
]
