"""The clause library: from its files into the database, and new versions by administrators."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import LibraryClause
from journal.errors import BadInput, NotAllowed, StaleVersion
from journal.recording import record
from policy import PLATFORM, Actor, decide

TEXTS = ("title_zh", "title_en", "body_zh", "body_en")


class BrokenLibrary(Exception):
    """A file of the clause library cannot be loaded; the message says which and why."""


@dataclass
class Loaded:
    """How many clauses the files hold, and how many new versions they made."""

    clauses: int = 0
    new: int = 0


@transaction.atomic
def load(folder: Path) -> Loaded:
    """Bring in what the files hold; a second run changes nothing.

    A text that is in the database already, in whatever version, is left alone, so that what administrators wrote since
    stays in force. Raises BrokenLibrary, and then nothing is changed.
    """
    loaded = Loaded()
    for path in sorted(folder.glob("*.json")):
        for place, row in enumerate(read(path), start=1):
            loaded.clauses += 1
            try:
                loaded.new += put(fields_of(row))
            except (KeyError, TypeError, ValidationError) as fault:
                raise BrokenLibrary(f"{path.name}: clause {place}: {fault}") from fault
    return loaded


def read(path: Path) -> list[Any]:
    """The clauses of one file."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise BrokenLibrary(f"{path.name} is not JSON: {fault}") from fault
    if not isinstance(rows, list):
        raise BrokenLibrary(f"{path.name}: a list of clauses is expected")
    return rows


def fields_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A clause of a file as the fields of the model; paragraphs are lines of one text."""
    return {
        "key": row["key"],
        "variant": row.get("variant", ""),
        "kinds": row["kinds"],
        "when": row.get("when", {}),
        "articles": row.get("articles", ""),
        **{f"title_{language}": row["title"][language] for language in ("zh", "en")},
        **{f"body_{language}": "\n".join(row["body"][language]) for language in ("zh", "en")},
    }


def put(fields: Mapping[str, Any]) -> bool:
    """Add a version unless one of them reads so already; whether one was added."""
    versions = LibraryClause.objects.filter(key=fields["key"], variant=fields["variant"])
    if versions.filter(**{name: fields[name] for name in TEXTS}).exists():
        return False
    add(fields, number=versions.count() + 1, by=PLATFORM)
    return True


@transaction.atomic
def revise(clause: LibraryClause, *, by: User, **texts: str) -> LibraryClause:
    """An administrator replaces a clause by a new version; contracts under negotiation keep theirs and are told.

    Raises NotAllowed, StaleVersion if it is no longer the version in force, BadInput by field.
    """
    if not (decision := decide(by, "library_clause.revise", clause)):
        raise NotAllowed(decision.reason)
    versions = LibraryClause.objects.filter(key=clause.key, variant=clause.variant).order_by("-version")
    # The first version is the lock of them all: whoever waited for it reads the latest one afterwards.
    versions.select_for_update(of=("self",)).get(version=1)
    latest = versions[0]
    if latest.version != clause.version:
        raise StaleVersion(_("Somebody has made a newer version of this clause. Read it, then change it."))
    kept = {name: getattr(clause, name) for name in ("key", "variant", "kinds", "when", "articles")}
    said = {name: texts.get(name, getattr(clause, name)).replace("\r\n", "\n").strip() for name in TEXTS}
    if all(said[name] == getattr(clause, name) for name in TEXTS):
        raise BadInput(_("Nothing is different from the version in force."))
    try:
        return add({**kept, **said}, number=latest.version + 1, by=by)
    except ValidationError as fault:
        raise BadInput(" ".join(fault.messages), fields=fault.message_dict) from fault


def add(fields: Mapping[str, Any], *, number: int, by: Actor) -> LibraryClause:
    """Save a version and record it; raises ValidationError."""
    clause = LibraryClause(**fields, version=number, created_by_id=by.pk)
    clause.full_clean()
    clause.save()
    record(clause, "revised" if number > 1 else "added", by=by, data={"clause": clause.name, "version": number})
    return clause
