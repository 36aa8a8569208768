"""What things are called in the other language, from the taxonomy's labels.

Labels are split at "and" and 与; parts that stand opposite each other are the same thing ("servo motors", 伺服电机),
and so are their words where both parts have equally many ("precision bearings", 精密轴承): modifiers stand before the
noun in both languages.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from information.search.asking import Forms, Synonyms
from information.search.words import words
from taxonomy.models import Chain, ChainNode, ContractType, Industry, InnovationStage, Region

Labels = tuple[tuple[str, str], ...]
BETWEEN: Final = re.compile(r"\s+and\s+|\s*,\s*|与|和|及|、|/", re.IGNORECASE)
ALIGNED: Final = 3
"""Longer names are not built alike in both languages."""
SOURCES: Final = (Chain, ChainNode, ContractType, Industry, InnovationStage, Region)


def current() -> Synonyms:
    """The synonyms of the taxonomy as it is now: one query, worked out anew only when a label has changed."""
    first, *others = (model._default_manager.order_by().values_list("label_zh", "label_en") for model in SOURCES)
    return aligned(tuple(sorted(first.union(*others, all=True))))


@lru_cache(maxsize=4)
def aligned(labels: Labels) -> Synonyms:
    """Synonyms in both directions."""
    found: dict[Forms, set[Forms]] = defaultdict(set)
    for chinese, english in labels:
        pair(found, forms(chinese), forms(english))
        parts = BETWEEN.split(chinese), BETWEEN.split(english)
        if len(parts[0]) == len(parts[1]):
            for ours, theirs in zip(*parts, strict=True):
                align(found, forms(ours), forms(theirs))
    return {key: frozenset(values) for key, values in found.items()}


def align(found: dict[Forms, set[Forms]], ours: Forms, theirs: Forms) -> None:
    """A part of a label, and its words if both sides have equally many."""
    pair(found, ours, theirs)
    if len(ours) == len(theirs) <= ALIGNED:
        for one, other in zip(ours, theirs, strict=True):
            pair(found, (one,), (other,))


def pair(found: dict[Forms, set[Forms]], ours: Forms, theirs: Forms) -> None:
    if ours and theirs and ours != theirs:
        found[ours].add(theirs)
        found[theirs].add(ours)


def forms(text: str) -> Forms:
    """The normal forms of a label's words, without the characters that only name a kind of place."""
    found: Sequence[str] = [word.forms[0] for word in words(text)]
    return tuple(form for form in found if len(form) > 1 or len(found) == 1)
