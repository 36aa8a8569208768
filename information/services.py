"""Use cases of a post: write it, submit it, judge it, withdraw it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from information.models import Grant, Post
from journal.errors import BadInput, NotAllowed
from journal.recording import record
from policy import Actor, decide

P = TypeVar("P", bound=Post)

MANY = frozenset({"chain_nodes", "industries"})


@transaction.atomic
def draft(kind: type[P], fields: Mapping[str, Any], *, owner: Organization, by: User) -> P:
    """Begin a post of the organization; raises NotAllowed, BadInput with the faults by field."""
    post = kind(owner=owner, created_by=by)
    if not (decision := decide(by, f"{kind.NOUN}.create", post)):
        raise NotAllowed(decision.reason)
    write(post, fields)
    record(post, "drafted", by=by, data={"revision": post.revision})
    return post


@transaction.atomic
def edit(post: P, fields: Mapping[str, Any], *, by: User, version: int) -> P:
    """Change a draft or a returned post; takes its lock. A call that changes nothing leaves no trace.

    Raises StaleVersion, NotAllowed, BadInput with the faults by field.
    """
    current = type(post).locked(post.pk, version=version)
    if not (decision := decide(by, f"{current.NOUN}.edit", current)):
        raise NotAllowed(decision.reason)
    changed = differing(current, fields)
    if changed:
        current.revision += 1
        current.version += 1
        write(current, fields)
        record(current, "edited", by=by, data={"revision": current.revision, "fields": changed})
    return current


def differing(post: Post, fields: Mapping[str, Any]) -> list[str]:
    """The names of the fields that the post does not yet have so."""
    return sorted(
        name
        for name, value in fields.items()
        if (
            {term.pk for term in getattr(post, name).all()} != {term.pk for term in value}
            if name in MANY
            else getattr(post, name) != value
        )
    )


def write(post: Post, fields: Mapping[str, Any]) -> None:
    """Set, check and save the fields; raises BadInput with the faults by field, and then nothing is saved."""
    for name, value in fields.items():
        if name not in MANY:
            setattr(post, name, value)
    try:
        post.full_clean(exclude={"owner", "created_by"})
    except ValidationError as fault:
        faults = {"" if name == NON_FIELD_ERRORS else name: messages for name, messages in fault.message_dict.items()}
        raise BadInput(_("Some fields need another look."), fields=faults) from fault
    post.save()
    for name in MANY & fields.keys():
        getattr(post, name).set(fields[name])


def submit(post: P, *, by: User, version: int, reason: str = "", note: str = "") -> P:
    """Hand a post to the administrators for verification."""
    return post.move_to(Post.Status.SUBMITTED, by=by, expected=version, reason=reason, note=note)


def publish(post: P, *, by: User, version: int, reason: str = "", note: str = "") -> P:
    """Verify a submitted post: from now on it is listed and matched."""
    return post.move_to(Post.Status.PUBLISHED, by=by, expected=version, reason=reason, note=note)


def send_back(post: P, *, by: User, version: int, reason: str = "", note: str = "") -> P:
    """Return a submitted post with a message that says what to change."""
    return post.move_to(Post.Status.RETURNED, by=by, expected=version, reason=reason, note=note)


def reject(post: P, *, by: User, version: int, reason: str = "", note: str = "") -> P:
    """Refuse a submitted post for good, with a reason."""
    return post.move_to(Post.Status.REJECTED, by=by, expected=version, reason=reason, note=note)


def withdraw(post: P, *, by: User, version: int, reason: str = "", note: str = "") -> P:
    """Take a published post back; takes the post's lock, which approvals of its matches share."""
    return post.move_to(Post.Status.WITHDRAWN, by=by, expected=version, reason=reason, note=note)


ACTIONS: Mapping[str, Callable[..., Post]] = {
    "submit": submit,
    "publish": publish,
    "return": send_back,
    "reject": reject,
    "withdraw": withdraw,
}
"""The use case behind each action of the lifecycle, for pages and API alike."""


@transaction.atomic
def grant(post: Post, organization: Organization, level: Grant.Level, *, source: str, by: Actor) -> Grant:
    """Open a post to an organization, on behalf of a floor above; the same again changes nothing.

    `source` is what the floor knows it by, for example "match:12": another source's access stands on its own.
    """
    held = Grant.objects.select_for_update().filter(**{post.NOUN: post}, organization=organization, source=source)
    current = held.first() or Grant(**{post.NOUN: post}, organization=organization, source=source)
    if current.pk and current.until is None and current.level == level:
        return current
    current.level, current.since, current.until = level, timezone.now(), None
    current.save()
    record(post, "opened", by=by, data={"organization": organization.pk, "level": str(level), "source": source})
    return current


@transaction.atomic
def end_grants(source: str, *, by: Actor) -> int:
    """End all access that was given under this source; gives the number of organizations and posts concerned."""
    running = Grant.objects.filter(source=source, until=None).select_related("need", "achievement").order_by("pk")
    ended = list(running.select_for_update(of=("self",)))
    for each in ended:
        each.until = timezone.now()
        each.save(update_fields=["until"])
        record(each.post, "closed", by=by, data={"organization": each.organization_id, "source": source})
    return len(ended)
