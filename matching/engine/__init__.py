"""The matching engine: pure functions of text and arrays that put achievements before needs, and say why.

It knows nothing of Django. `Index` is the way in; `documents` holds what goes in and comes out.
"""

from matching.engine.documents import (
    AchievementDocument,
    Benefit,
    NeedDocument,
    Reason,
    Requirement,
    Suggestion,
    Target,
)
from matching.engine.fusion import FLOOR, band
from matching.engine.index import Index, Library
from matching.engine.storage import Snapshot
from matching.engine.structure import Graph

# Stored with every suggestion, so that a new engine can tell its own from its predecessor's.
VERSION = "hybrid-1"

__all__ = [
    "FLOOR",
    "VERSION",
    "AchievementDocument",
    "Benefit",
    "Graph",
    "Index",
    "Library",
    "NeedDocument",
    "Reason",
    "Requirement",
    "Snapshot",
    "Suggestion",
    "Target",
    "band",
]
