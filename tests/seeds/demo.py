"""The files of the demonstration data and of the taxonomies, read as they are, without the product."""

import json
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
Row = dict[str, Any]


def table(name: str) -> Any:
    return json.loads((SEEDS / name).read_text(encoding="utf-8"))


def lines(pattern: str) -> list[Row]:
    """All rows of the JSON Lines files of that name, files in order."""
    files = sorted((SEEDS / "demo").glob(pattern))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def codes(name: str) -> set[str]:
    return {row["code"] for row in table(f"taxonomy/{name}.json")}


NEEDS = lines("needs-*.jsonl")
ACHIEVEMENTS = lines("achievements-*.jsonl")
INTENDED: list[Row] = [row for file in sorted(SEEDS.glob("demo/intended-*.json")) for row in table(f"demo/{file.name}")]
ORGANIZATIONS: list[Row] = table("demo/organizations.json")
PEOPLE: dict[str, list[Row]] = table("demo/people.json")
CHAINS: list[Row] = table("taxonomy/chains.json")
STAGES: dict[str, Row] = {stage["code"]: stage for stage in table("taxonomy/stages.json")}
KINDS: dict[str, str] = {organization["code"]: organization["kind"] for organization in ORGANIZATIONS}
BY_ID: dict[str, Row] = {post["external_id"]: post for post in (*NEEDS, *ACHIEVEMENTS)}
