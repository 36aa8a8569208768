"""What information release does when something happens to a post: it tells those concerned."""

from accounts.people import administrators, speakers_of
from information.models import Achievement, Need
from journal.models import Entry
from journal.subscriptions import on
from notifications.services import tell

MODELS = {model._meta.label_lower: model for model in (Need, Achievement)}
DECISIONS = ("published", "returned", "rejected")


@on(*(f"{label}.{news}" for label in MODELS for news in DECISIONS), unless="batch")
def tell_the_owner(entry: Entry) -> None:
    label, _dot, news = entry.name.rpartition(".")
    post = MODELS[label]._default_manager.get(pk=entry.subject_id)
    tell(f"post.{news}", entry, speakers_of(post.owner_id) | {post.created_by_id})


@on(*(f"{label}.submitted" for label in MODELS), unless="batch")
def tell_the_administrators(entry: Entry) -> None:
    tell("post.submitted", entry, administrators())
