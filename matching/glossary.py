"""Use cases of the glossary, and the glossary as the engine takes it: a pure mapping with a version."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from journal.errors import BadInput, NotAllowed, StaleVersion, TooLarge
from journal.recording import record, record_all
from matching.models import GlossaryTerm
from policy import decide
from taxonomy.models import Chain

LARGEST_FILE = 1_000_000
MOST_ROWS = 5_000
COLUMNS = ("zh", "en", "chain")
SEPARATOR = ";"


@dataclass(frozen=True)
class Glossary:
    """Chinese terms with what they are called in English, as the engine takes it; `version` changes with the content.

    `terms` holds everywhere, `by_chain` for posts on the chain of that code besides.
    """

    version: str
    terms: Mapping[str, tuple[str, ...]]
    by_chain: Mapping[str, Mapping[str, tuple[str, ...]]]

    def on(self, chains: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The terms for posts on these chains; a chain's own word goes before the one that holds everywhere."""
        together = dict(self.terms)
        for chain in sorted(chains):
            together.update(self.by_chain.get(chain, {}))
        return together


def current() -> Glossary:
    """The glossary as it stands now; equal content, equal version. One query."""
    rows = list(GlossaryTerm.objects.order_by("zh", "chain__code").values_list("zh", "en", "chain__code"))
    everywhere = {zh: tuple(en) for zh, en, chain in rows if chain is None}
    chains = sorted({chain for _zh, _en, chain in rows if chain is not None})
    by_chain = {code: {zh: tuple(en) for zh, en, chain in rows if chain == code} for code in chains}
    text = json.dumps(sorted((zh, en, chain or "") for zh, en, chain in rows), ensure_ascii=False)
    return Glossary(hashlib.sha256(text.encode()).hexdigest()[:12], everywhere, by_chain)


def permitted(by: User, action: str) -> None:
    if not (decision := decide(by, f"glossary.{action}")):
        raise NotAllowed(decision.reason)


def checked(term: GlossaryTerm) -> None:
    """Raise BadInput with the faults by field unless the term can be kept."""
    try:
        term.full_clean(exclude={"edited_by"})
    except ValidationError as fault:
        faults = {"zh" if name == NON_FIELD_ERRORS else name: said for name, said in fault.message_dict.items()}
        raise BadInput(_("Some fields need another look."), fields=faults) from fault


@transaction.atomic
def add(fields: Mapping[str, Any], *, by: User) -> GlossaryTerm:
    """Add a term; raises NotAllowed, BadInput with the faults by field."""
    permitted(by, "edit")
    term = GlossaryTerm(**fields, edited_by=by)
    checked(term)
    term.save()
    record(term, "added", by=by, data=content(term))
    return term


@transaction.atomic
def edit(term: GlossaryTerm, fields: Mapping[str, Any], *, by: User, version: int) -> GlossaryTerm:
    """Change a term; raises StaleVersion, NotAllowed, BadInput. A call that changes nothing leaves no trace."""
    permitted(by, "edit")
    current = locked(term, version)
    before = content(current)
    for name, value in fields.items():
        setattr(current, name, value)
    checked(current)
    if content(current) != before:
        current.version, current.edited_by = current.version + 1, by
        current.save()
        record(current, "edited", by=by, data=content(current) | {"before": before})
    return current


@transaction.atomic
def remove(term: GlossaryTerm, *, by: User, version: int) -> None:
    """Take a term out; the journal keeps what it said."""
    permitted(by, "edit")
    current = locked(term, version)
    record(current, "removed", by=by, data=content(current))
    current.delete()


def locked(term: GlossaryTerm, version: int) -> GlossaryTerm:
    """The row under lock; raises StaleVersion if somebody changed or removed it."""
    found = GlossaryTerm.objects.select_for_update(of=("self",)).filter(pk=term.pk, version=version).first()
    if found is None:
        raise StaleVersion(_("It was changed while you were looking at it. Reload the page and decide again."))
    return found


def content(term: GlossaryTerm) -> dict[str, Any]:
    """What a term says."""
    return {"zh": term.zh, "en": list(term.en), "chain": term.chain_id}


@transaction.atomic
def bring_in(file: bytes, *, by: User) -> dict[str, int]:
    """Bring in a CSV file with the columns zh, en (several separated by “;”) and chain (a code, may be empty).

    All of it or nothing; a term that is there already gets the file's English. Gives how many were added, changed and
    left as they were. Raises NotAllowed, TooLarge, BadInput with the lines at fault.
    """
    permitted(by, "edit")
    rows = list(read(file))
    held = {(term.zh, term.chain_id): term for term in GlossaryTerm.objects.select_for_update(of=("self",))}
    fresh, changed, faults = {}, [], []
    for line, fields in rows:
        term = held.get((fields["zh"], fields["chain"].pk if fields["chain"] else None)) or GlossaryTerm()
        before = content(term) if term.pk else None
        for name, value in fields.items():
            setattr(term, name, value)
        term.edited_by = by
        try:
            term.clean_fields(exclude={"edited_by"})
            term.clean()
        except ValidationError as fault:
            faults.append(_("Line %(line)s: %(fault)s") % {"line": line, "fault": " ".join(fault.messages)})
            continue
        if before is None:
            fresh[term.zh, term.chain_id] = term
        elif content(term) != before:
            changed.append(term)
    if faults:
        raise BadInput(_("Some lines need another look; nothing was kept."), fields={"file": faults[:20]})
    keep(list(fresh.values()), changed, by)
    return {"added": len(fresh), "changed": len(changed), "unchanged": len(rows) - len(fresh) - len(changed)}


def keep(fresh: list[GlossaryTerm], changed: list[GlossaryTerm], by: User) -> None:
    """Write new and changed terms with their entries, in a bounded number of queries."""
    for term in changed:
        term.version += 1
    created = GlossaryTerm.objects.bulk_create(fresh, batch_size=500)
    GlossaryTerm.objects.bulk_update(changed, ["en", "version", "edited_by"], batch_size=500)
    for terms, news in ((created, "added"), (changed, "edited")):
        if terms:
            record_all([(term, content(term)) for term in terms], news, by=by)


def read(file: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a CSV file with their lines; raises TooLarge, BadInput."""
    if len(file) > LARGEST_FILE:
        raise TooLarge(_("At most 1 MB. Split the file and bring in the parts."))
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise wrong_file(_("The file is not UTF-8. In Excel choose “CSV UTF-8” when saving.")) from fault
    if "\0" in text:
        raise wrong_file(_("This is not a text file."))
    rows = csv.reader(io.StringIO(text))
    try:
        if tuple(name.strip().lower() for name in next(rows, [])) != COLUMNS:
            raise wrong_file(_("The first line must name the columns: %(names)s.") % {"names": ",".join(COLUMNS)})
        found = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise wrong_file(_("The file is not CSV: %(fault)s.") % {"fault": fault}) from fault
    if not found or len(found) > MOST_ROWS:
        raise wrong_file(_("A file has between 1 and %(most)s terms.") % {"most": MOST_ROWS})
    chains = {chain.code: chain for chain in Chain.objects.all()}
    for line, row in found:
        yield line, fields_of(line, row, chains)


def fields_of(line: int, row: Sequence[str], chains: Mapping[str, Chain]) -> dict[str, Any]:
    """One row as fields."""
    cells = [*(cell.strip() for cell in row), *[""] * len(COLUMNS)][: max(len(row), len(COLUMNS))]
    if any(cells[len(COLUMNS) :]) or (cells[2] and cells[2] not in chains):
        fault = _("Line %(line)s: there is no chain with the code “%(code)s”.") % {"line": line, "code": cells[2][:40]}
        if any(cells[len(COLUMNS) :]):
            fault = _("Line %(line)s has more than three columns.") % {"line": line}
        raise wrong_file(fault)
    return {"zh": cells[0], "en": english(cells[1]), "chain": chains.get(cells[2])}


def english(text: str) -> list[str]:
    """Several terms in one line of text, each once."""
    parts = (each.strip() for each in text.replace("；", SEPARATOR).split(SEPARATOR))
    return list(dict.fromkeys(filter(None, parts)))


def wrong_file(message: str) -> BadInput:
    return BadInput(message, fields={"file": [message]})
