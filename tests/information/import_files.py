"""Import files for tests, and doing by hand what a worker does with them."""

import json
from io import BytesIO
from typing import Any

from accounts.models import Organization, User
from information import importing
from information.models import Import
from jobs import services as jobs


def need_row(external_id: str, **fields: Any) -> dict[str, Any]:
    """A row that becomes a valid need."""
    return {
        "external_id": external_id,
        "type": "development",
        "title_en": f"Quieter gearbox {external_id}",
        "problem_en": "The gearbox hums at 2,400 Hz under part load.",
        **fields,
    }


def json_lines(*rows: Any) -> bytes:
    """The rows as JSON Lines; a string stands for itself."""
    return "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows).encode()


def file(content: bytes | str, name: str = "needs.jsonl") -> BytesIO:
    """An upload of this content."""
    upload = BytesIO(content.encode() if isinstance(content, str) else content)
    upload.name = name
    return upload


def work_off(source: Import) -> Import:
    """Carry the import's job on to its end, as a worker does; gives the import as it then is."""
    assert source.job is not None
    while jobs.advance(source.job.pk):
        pass
    return Import.objects.select_related("job").get(pk=source.pk)


def import_needs(content: bytes | str, owner: Organization, by: User, name: str = "needs.jsonl", **how: Any) -> Import:
    """Import a file of needs from beginning to end."""
    return work_off(importing.accept(file(content, name), kind="need", owner=owner, by=by, **how))


def failures(source: Import) -> list[tuple[int, str, str]]:
    """Line, field and reason of each row that failed."""
    return list(source.rows.filter(outcome="failed").values_list("line", "field", "reason"))


def counts(source: Import) -> dict[str, int]:
    """The job's counters that are not zero."""
    assert source.job is not None
    return {outcome: number for outcome, number in source.job.result.items() if number}
