"""Loading the taxonomies from their files, as often as one likes."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from django.db import transaction

from taxonomy.models import (
    Activity,
    Chain,
    ChainLink,
    ChainNode,
    ContractType,
    Industry,
    InnovationStage,
    PatentClass,
    Region,
    Term,
)

Row: TypeAlias = Mapping[str, Any]


class BrokenTaxonomy(Exception):
    """A taxonomy file cannot be loaded; the message says which file and why."""


@dataclass
class Loaded:
    """How many terms of each kind are in force, and how many rows had to change for it."""

    terms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    changed: int = 0


@transaction.atomic
def load(folder: Path) -> Loaded:
    """Bring the tables in line with the files; a second run changes nothing.

    Terms that a file no longer names stay, because posts may stand on them. Raises BrokenTaxonomy, and then
    nothing is changed.
    """
    loaded = Loaded()
    for name, load_row in LOADERS.items():
        for position, row in enumerate(read(folder / name)):
            try:
                load_row(row, position, loaded)
            except KeyError as fault:
                raise BrokenTaxonomy(f"{name}: row {position + 1} names or lacks {fault}") from fault
    return loaded


def nested(model: type[Region | Activity | PatentClass], name: str) -> Callable[[Row, int, Loaded], None]:
    """A loader for the terms of a classification in levels: each after the one it lies in."""

    def load_row(row: Row, position: int, loaded: Loaded) -> None:
        parent = model._default_manager.filter(code=row["parent"]).first()
        if row["parent"] and parent is None:
            raise BrokenTaxonomy(f"{name}: {row['code']} lies in {row['parent']}, which does not come before it")
        put(model, row, position, loaded, parent=parent)

    return load_row


def load_industry(row: Row, position: int, loaded: Loaded) -> None:
    put(Industry, row, position, loaded)


def load_stage(row: Row, position: int, loaded: Loaded) -> None:
    put(InnovationStage, row, position, loaded, trl_from=row["trl_from"], trl_to=row["trl_to"])


def load_contract_type(row: Row, position: int, loaded: Loaded) -> None:
    put(ContractType, row, position, loaded, articles=row["articles"])


def load_chain(row: Row, position: int, loaded: Loaded) -> None:
    """One chain with its nodes and links; raises BrokenTaxonomy where the links form a circle.

    Links that the file no longer names go: with their successors they might close a circle.
    """
    refuse_circles(row["code"], row["links"])
    chain = put(Chain, row, position, loaded)
    nodes = {
        node["code"]: put(ChainNode, node, place, loaded, chain=chain, tier=node["tier"])
        for place, node in enumerate(row["nodes"])
    }
    kept = []
    for source, target in row["links"]:
        link, created = ChainLink.objects.get_or_create(source=nodes[source], target=nodes[target])
        kept.append(link.pk)
        loaded.changed += created
    loaded.changed += ChainLink.objects.filter(source__chain=chain).exclude(pk__in=kept).delete()[0]


LOADERS: Mapping[str, Callable[[Row, int, Loaded], None]] = {
    "regions.json": nested(Region, "regions.json"),
    "industries.json": load_industry,
    "activities.json": nested(Activity, "activities.json"),
    "patent_classes.json": nested(PatentClass, "patent_classes.json"),
    "stages.json": load_stage,
    "contract_types.json": load_contract_type,
    "chains.json": load_chain,
}
"""The files in the order in which they rest on each other."""


def put(model: type[Term], row: Row, position: int, loaded: Loaded, **fields: Any) -> Any:
    """Create the term or bring it up to date, touching the row only where something differs."""
    wanted = {"label_zh": row["zh"], "label_en": row["en"], "position": position, **fields}
    loaded.terms[model._meta.model_name or ""] += 1
    term, created = model._default_manager.get_or_create(code=row["code"], defaults=wanted)
    differing = [name for name, value in wanted.items() if getattr(term, name) != value]
    if differing:
        for name in differing:
            setattr(term, name, wanted[name])
        term.save(update_fields=differing)
    loaded.changed += created or bool(differing)
    return term


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of one file."""
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise BrokenTaxonomy(f"{path.name}: {fault}") from fault
    return rows


def refuse_circles(chain: str, links: list[list[str]]) -> None:
    """Raise BrokenTaxonomy unless the links lead from upstream to downstream only (Kahn's algorithm)."""
    waiting: dict[str, set[str]] = defaultdict(set)
    for source, target in links:
        waiting[target].add(source)
        waiting.setdefault(source, set())
    while free := [node for node, sources in waiting.items() if not sources]:
        for node in free:
            del waiting[node]
        for sources in waiting.values():
            sources.difference_update(free)
    if waiting:
        raise BrokenTaxonomy(f"chains.json: the links of {chain} form a circle through {', '.join(sorted(waiting))}")
