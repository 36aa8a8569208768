"""The taxonomies are loaded from their files as often as one likes, and never by half."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from taxonomy.loading import BrokenTaxonomy, load
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
)

SEEDS = settings.BASE_DIR / "seeds" / "taxonomy"

pytestmark = pytest.mark.django_db

Change = Callable[[list[dict[str, Any]]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files, to be changed."""
    return Path(shutil.copytree(SEEDS, tmp_path / "taxonomy"))


def rewrite(path: Path, change: Change) -> None:
    rows = json.loads(path.read_text(encoding="utf-8"))
    change(rows)
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def test_the_files_hold_what_the_platform_rests_on() -> None:
    load(SEEDS)

    assert Industry.objects.count() == 9
    assert Region.objects.filter(parent=None).count() == 34
    assert Region.objects.filter(parent__code="210000").count() == 14
    assert set(ContractType.objects.values_list("code", flat=True)) == {
        "development",
        "transfer",
        "licence",
        "consulting",
        "service",
    }
    nodes = {chain.code: chain.nodes.count() for chain in Chain.objects.all()}
    assert nodes.keys() == {"cnc", "chem", "nev", "med"}
    assert min(nodes.values()) >= 12


def test_no_node_of_a_chain_stands_alone() -> None:
    load(SEEDS)

    assert list(ChainNode.objects.filter(links_in=None, links_out=None)) == []


def test_a_group_lies_in_its_division_and_a_subclass_in_its_section() -> None:
    load(SEEDS)

    assert Activity.objects.get(code="384").parent == Activity.objects.get(code="38")
    assert PatentClass.objects.get(code="H01M").parent == PatentClass.objects.get(code="H")
    for model in (Activity, PatentClass):
        below = model.objects.exclude(parent=None).select_related("parent")
        assert [term.code for term in below if term.parent and not term.code.startswith(term.parent.code)] == []


def test_the_innovation_stages_cover_each_trl_once() -> None:
    load(SEEDS)

    covered = [level for stage in InnovationStage.objects.all() for level in range(stage.trl_from, stage.trl_to + 1)]

    assert covered == list(range(1, 10))


@pytest.mark.parametrize(
    "model", [Region, Industry, Activity, PatentClass, Chain, ChainNode, InnovationStage, ContractType]
)
def test_every_label_is_there_in_both_languages(model: type[Region]) -> None:
    load(SEEDS)

    without = [term.code for term in model.objects.all() if not (term.label_zh.strip() and term.label_en.strip())]

    assert without == []


def test_links_lead_from_upstream_to_downstream() -> None:
    load(SEEDS)
    tiers = {"upstream": 0, "midstream": 1, "downstream": 2}

    against = [
        (link.source.code, link.target.code)
        for link in ChainLink.objects.select_related("source", "target")
        if tiers[link.source.tier] > tiers[link.target.tier]
    ]

    assert against == []


def test_a_second_run_changes_nothing() -> None:
    first = load(SEEDS)

    second = load(SEEDS)

    assert first.changed > 100
    assert (second.changed, second.terms) == (0, first.terms)


def test_a_changed_label_is_brought_up_to_date_and_nothing_else(folder: Path) -> None:
    load(folder)
    rewrite(folder / "industries.json", lambda rows: rows[0].update(en="Information technology, new"))

    loaded = load(folder)

    assert loaded.changed == 1
    assert Industry.objects.filter(label_en="Information technology, new").count() == 1


def test_a_term_that_the_file_no_longer_names_stays_but_its_link_goes(folder: Path) -> None:
    load(folder)
    source, target = json.loads((folder / "chains.json").read_text(encoding="utf-8"))[0]["links"][0]
    links, nodes = ChainLink.objects.count(), ChainNode.objects.count()
    rewrite(folder / "chains.json", lambda rows: rows[0]["links"].pop(0))

    loaded = load(folder)

    assert (loaded.changed, ChainLink.objects.count(), ChainNode.objects.count()) == (1, links - 1, nodes)
    assert not ChainLink.objects.filter(source__code=source, target__code=target).exists()


def turn_round(rows: list[dict[str, Any]]) -> None:
    rows[0]["links"].append(rows[0]["links"][0][::-1])


def link_to_nowhere(rows: list[dict[str, Any]]) -> None:
    rows[0]["links"].append([rows[0]["nodes"][0]["code"], "cnc.nowhere"])


def lose_a_label(rows: list[dict[str, Any]]) -> None:
    del rows[-1]["en"]


def lie_nowhere(rows: list[dict[str, Any]]) -> None:
    rows[-1]["parent"] = "990000"


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("chains.json", turn_round, "form a circle through"),
        ("chains.json", link_to_nowhere, "cnc.nowhere"),
        ("contract_types.json", lose_a_label, "'en'"),
        ("regions.json", lie_nowhere, "990000"),
        ("patent_classes.json", lie_nowhere, "990000"),
    ],
)
def test_a_fault_in_a_file_is_named_and_leaves_nothing_behind(
    folder: Path, name: str, change: Change, words: str
) -> None:
    rewrite(folder / name, change)

    with pytest.raises(BrokenTaxonomy, match=name) as refusal:
        load(folder)

    assert words in str(refusal.value)
    assert not Region.objects.exists()
    assert not Chain.objects.exists()


@pytest.mark.parametrize("content", ["", "{", "\udcff"])
def test_a_file_that_cannot_be_read_is_named(folder: Path, content: str) -> None:
    (folder / "stages.json").write_bytes(content.encode(errors="surrogateescape"))

    with pytest.raises(BrokenTaxonomy, match=r"stages\.json"):
        load(folder)

    assert not Region.objects.exists()


def test_the_command_says_what_it_loaded() -> None:
    output = StringIO()

    call_command("load_taxonomy", stdout=output)

    assert output.getvalue().startswith("Taxonomies: ")
    assert "9 industry" in output.getvalue()


def test_the_command_ends_in_one_sentence_where_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"regions\.json"):
        call_command("load_taxonomy", folder=tmp_path)
