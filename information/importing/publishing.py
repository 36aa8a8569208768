"""Publishing the posts of an import together, by a job, after an administrator has looked at them."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from information.importing.columns import MODELS
from information.models import Import, Post
from jobs import services as jobs
from jobs.models import Job
from jobs.services import job_owner
from journal.errors import IllegalMove, NotAllowed
from journal.recording import record
from policy import decide

if TYPE_CHECKING:
    from information.models import PostQuerySet

PUBLISH = "information.publish"
CHUNK = 100
"""Posts published in one transaction."""


@transaction.atomic
def publish_all(source: Import, *, by: User) -> Job:
    """Start publishing every post of the import that still waits for verification.

    Takes the import's lock; while a job for it runs, that job is given back. Raises NotAllowed, and IllegalMove while
    the import itself runs or if none of its posts waits.
    """
    source = Import.objects.select_for_update(of=("self",)).select_related("job").get(pk=source.pk)
    if not (decision := decide(by, "import.publish", source)):
        raise NotAllowed(decision.reason)
    if running := Job.objects.open().filter(kind=PUBLISH, subject_id=source.pk).first():
        return running
    if source.job and source.job.running:
        raise IllegalMove(_("This import is still running. Wait until it has ended."))
    if not waiting(source).exists():
        raise IllegalMove(_("No post of this import waits for verification."))
    return jobs.start(PUBLISH, by=by, subject_id=source.pk)


def waiting(source: Import) -> "PostQuerySet":
    """The import's posts that wait for verification, in the order of their keys."""
    posts = source.rows.filter(post_id__isnull=False).values("post_id")
    objects: PostQuerySet = MODELS[source.kind]._default_manager  # type: ignore[assignment]
    return objects.filter(pk__in=posts, status=Post.Status.SUBMITTED).order_by("pk")


def carry_on(job: Job) -> bool:
    """One step: publish some posts; those that are refused stay as they are and are counted.

    The last step writes one journal entry for the whole import, upon which everything is matched once.
    """
    source, by = Import.objects.get(pk=job.subject_id or 0), job_owner(job)
    if job.total is None:
        job.total = waiting(source).count()
    posts = list(waiting(source).filter(pk__gt=job.cursor.get("after", 0))[:CHUNK])
    if not posts:
        record(source, "published", by=by, data=job.result)
        return False
    refused = type(posts[0]).move_all(posts, Post.Status.PUBLISHED, by=by, data={"batch": source.pk})
    job.done += len(posts)
    job.total = max(job.total, job.done)
    job.cursor = {"after": posts[-1].pk}
    job.result = {
        "published": job.result.get("published", 0) + len(posts) - len(refused),
        "refused": job.result.get("refused", 0) + len(refused),
    }
    return True
