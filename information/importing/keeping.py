"""Keeping the rows of an import as posts: what the steps of its job do.

The first step takes the file apart into rows, each further one treats a chunk of them in one transaction. Posts are
checked one by one but written together, because three hundred rows a second leave no time for queries of each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from information import services
from information.importing.columns import MODELS, RowError, Terms, fields_of
from information.importing.reading import Line, read
from information.models import Import, ImportRow, Post
from information.services import MANY
from jobs.models import Job
from journal.errors import DomainError
from journal.recording import record_all
from policy import allowed, decide

IMPORT = "information.import"
CHUNK = 100
"""Rows treated in one transaction."""
INSERTED_AT_ONCE = 1000
Outcome = ImportRow.Outcome


def carry_on(job: Job) -> bool:
    """One step of an import; True while rows wait. What people read is written in the uploader's language."""
    source = Import.objects.select_related("owner", "created_by").get(pk=job.subject_id or 0)
    with translation.override(job.cursor.get("language", source.created_by.language)):
        if source.content is None:
            rows = list(source.rows.filter(outcome=Outcome.WAITING).order_by("line")[:CHUNK])
            keep(source, rows)
            note(job, rows)
        else:
            take_apart(source, job)
    return source.rows.filter(outcome=Outcome.WAITING).exists()


def take_apart(source: Import, job: Job) -> None:
    """Make rows of the file's content, which is then dropped; rows that cannot be read have failed already."""
    text = bytes(source.content or b"").decode(errors="surrogatepass")
    job.total = 0
    chunk: list[ImportRow] = []
    for line in read(text, source.format, source.kind):
        chunk.append(row_of(source, line))
        if len(chunk) == INSERTED_AT_ONCE:
            insert(chunk, job)
            chunk = []
    insert(chunk, job)
    source.content = None
    source.save(update_fields=["content"])


def row_of(source: Import, line: Line) -> ImportRow:
    row = ImportRow(source=source, line=line.number, data=line.data)
    if line.fault:
        fail(row, line.fault)
    return row


def insert(rows: Sequence[ImportRow], job: Job) -> None:
    """Write rows that were just read, and count those that are finished with."""
    ImportRow.objects.bulk_create(rows)
    job.total = (job.total or 0) + len(rows)
    note(job, [row for row in rows if row.outcome == Outcome.FAILED])


def note(job: Job, rows: Iterable[ImportRow]) -> None:
    """Count finished rows on the job: how many in all, and how many of each outcome."""
    result = {str(outcome): job.result.get(outcome, 0) for outcome in Outcome if outcome != Outcome.WAITING}
    for row in rows:
        result[row.outcome] += 1
        job.done += 1
    job.result = result


def fail(row: ImportRow, fault: RowError) -> None:
    row.outcome, row.field, row.reason, row.post_id = Outcome.FAILED, fault.field, fault.reason, None


def keep(source: Import, rows: Sequence[ImportRow]) -> None:
    """Treat the rows together; if the database refuses that, one by one, so that only the row at fault fails."""
    try:
        with transaction.atomic():
            Chunk(source, rows).keep()
    except (IntegrityError, DataError):
        for row in rows:
            try:
                with transaction.atomic():
                    Chunk(source, [row]).keep()
            except (IntegrityError, DataError):
                fail(row, RowError("", _("This row could not be saved. Compare it with the template.")))
    for row in rows:
        if row.outcome != Outcome.FAILED:
            row.data = {}  # The post has it now.
    # An upsert of rows that all exist: a fifth of the time of bulk_update's one CASE a row and field.
    ImportRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["outcome", "field", "reason", "post_id", "data"],
    )


@dataclass
class Chunk:
    """Some rows of an import on their way to posts; `keep` needs an open transaction."""

    source: Import
    rows: Sequence[ImportRow]
    terms: Terms = field(default_factory=Terms)
    fresh: list[tuple[ImportRow, Post, dict[str, Any]]] = field(default_factory=list)
    to_submit: list[tuple[ImportRow, Post]] = field(default_factory=list)

    @property
    def by(self) -> User:
        return self.source.created_by

    @property
    def model(self) -> type[Post]:
        return MODELS[self.source.kind]

    def keep(self) -> None:
        """Make posts of the rows, bring existing ones up to date, submit them; sets each row's outcome."""
        held = self.held()
        for row in self.rows:
            try:
                fields = fields_of(self.source.kind, row.data, self.terms)
                if post := held.get(fields["external_id"]):
                    self.bring_up_to_date(row, post, fields)
                else:
                    self.prepare(row, fields)
            except RowError as fault:
                fail(row, fault)
        self.create()
        self.submit()

    def held(self) -> dict[str, Post]:
        """The posts that the organization already has under these external ids."""
        keys = [row.data["external_id"].strip() for row in self.rows]
        single = [name for name in relations(self.model) if name not in ("owner", "created_by")]
        posts = self.model._default_manager.filter(owner=self.source.owner, external_id__in=keys)
        return {post.external_id: post for post in posts.select_related(*single).prefetch_related(*MANY)}

    def prepare(self, row: ImportRow, fields: dict[str, Any]) -> None:
        """Check a new post in memory and put it down for creation; raises RowError."""
        plain = {name: value for name, value in fields.items() if name not in MANY}
        post = self.model(owner=self.source.owner, created_by=self.by, **plain)
        if not (decision := decide(self.by, f"{post.NOUN}.create", post)):
            raise RowError("", decision.reason)
        try:
            # Terms were looked up and external ids compared with what is held: no query is needed for either.
            post.full_clean(exclude=relations(self.model), validate_unique=False, validate_constraints=False)
        except ValidationError as fault:
            raise first_of(fault.message_dict) from fault
        self.check_ready(post)
        self.fresh.append((row, post, {name: fields.get(name, []) for name in MANY}))

    def bring_up_to_date(self, row: ImportRow, post: Post, fields: dict[str, Any]) -> None:
        """Change a draft or a returned post as the row says; raises RowError, and then nothing of it is kept."""
        changed = services.differing(post, fields)
        if changed and post.status not in (Post.Status.DRAFT, Post.Status.RETURNED):
            reason = _("The post with this external id is “%(state)s” and differs in: %(fields)s. It was not changed.")
            raise RowError("external_id", reason % {"state": post.get_status_display(), "fields": ", ".join(changed)})
        # A returned post asks for changes; without any it is not handed in again.
        if not changed and not (post.status == Post.Status.DRAFT and self.may_submit(post)):
            row.outcome, row.post_id = Outcome.UNCHANGED, post.pk
            return
        try:
            with transaction.atomic():
                post = services.edit(post, fields, by=self.by, version=post.version)
                self.check_ready(post)
        except DomainError as fault:
            raise first_of(fault.fields) if fault.fields else RowError("", fault.message) from fault
        self.done(row, post, Outcome.UPDATED)

    def may_submit(self, post: Post) -> bool:
        return self.source.submit and allowed(self.by, f"{post.NOUN}.submit", post)

    def check_ready(self, post: Post) -> None:
        """Raise RowError if the post is to be submitted and lacks what a submission needs."""
        if self.may_submit(post) and (gaps := post.gaps()):
            raise first_of(gaps)

    def done(self, row: ImportRow, post: Post, outcome: str) -> None:
        row.outcome, row.post_id = outcome, post.pk
        if self.may_submit(post):
            self.to_submit.append((row, post))

    def create(self) -> None:
        """Write the prepared posts with their terms and journal entries."""
        posts = self.model._default_manager.bulk_create(post for _row, post, _terms in self.fresh)
        for name in MANY:
            relation: Any = self.model._meta.get_field(name)
            owner, other = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
            relation.remote_field.through.objects.bulk_create(
                relation.remote_field.through(**{owner: post.pk, other: term.pk})
                for _row, post, terms in self.fresh
                for term in terms[name]
            )
        particulars = {"import": self.source.pk}
        record_all([(post, {"revision": post.revision, **particulars}) for post in posts], "drafted", by=self.by)
        for row, post, _terms in self.fresh:
            self.done(row, post, Outcome.CREATED)

    def submit(self) -> None:
        """Hand in what may be handed in; a draft that somebody changed meanwhile fails its row."""
        rows = {post.pk: row for row, post in self.to_submit}
        posts = [post for _row, post in self.to_submit]
        refused = self.model.move_all(posts, Post.Status.SUBMITTED, by=self.by, data={"import": self.source.pk})
        for pk, fault in refused.items():
            fail(rows[pk], RowError("", fault.message))


def relations(model: type[Post]) -> list[str]:
    """The names of the fields that point to one other record."""
    return [one.name for one in model._meta.fields if one.is_relation]


def first_of(faults: Any) -> RowError:
    """The first of some faults by field."""
    name, messages = next(iter(faults.items()))
    return RowError("" if name == NON_FIELD_ERRORS else name, " ".join(messages))
