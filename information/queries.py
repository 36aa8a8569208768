"""Reads for the pages of information release."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet

from accounts.models import Organization
from files.queries import counts_of
from information.models import Achievement, Import, ImportRow, Need, Post
from policy import Actor, allowed, standing_of, visible

Kind: TypeAlias = type[Need] | type[Achievement]
KINDS: tuple[Kind, ...] = (Need, Achievement)

LONGEST_QUEUE = 50
MOST_WORDS = 8
SEARCHED = ("title_zh", "title_en", "summary_zh", "summary_en")
SEARCHED_IF_OPEN = ("keywords_zh", "keywords_en")


def for_cards(posts: QuerySet[Any]) -> QuerySet[Any]:
    """With all that a card shows, in three queries however many there are."""
    return posts.select_related("owner__region", "region").prefetch_related("chain_nodes")


def listed(kind: Kind, actor: Actor) -> QuerySet[Any]:
    """The open posts that the actor may see, ready for cards."""
    return for_cards(kind.objects.visible_to(actor).open())


def own(
    kind: Kind, actor: Actor, *, words: str = "", chain_nodes: Iterable[Any] = (), industries: Iterable[Any] = ()
) -> QuerySet[Any]:
    """The posts of the actor's organizations in every state, as far as they answer to the filters."""
    posts = narrowed(kind.objects.filter(owner_id__in=sorted(standing_of(actor).works_for)), words)
    for name, terms in (("chain_nodes", chain_nodes), ("industries", industries)):
        if terms:
            # By a subquery, so that a post with two of the terms comes once.
            posts = posts.filter(pk__in=kind.objects.filter(**{f"{name}__in": terms}).values("pk"))
    return for_cards(posts)


def narrowed(posts: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those in whose title, summary or keywords every word occurs, in either language."""
    for word in words.split()[:MOST_WORDS]:
        anywhere = Q()
        for name in SEARCHED:
            anywhere |= Q(**{f"{name}__icontains": word})
        for name in SEARCHED_IF_OPEN:
            anywhere |= posts.within(Q(**{f"{name}__icontains": word}))  # type: ignore[attr-defined]
        posts = posts.filter(anywhere)
    return posts


def in_full(kind: Kind, actor: Actor) -> QuerySet[Any]:
    """The posts that the actor may see, with all that a post's page shows."""
    related = ["owner__region", "region", *(["type"] if kind is Need else ["stage"])]
    return kind.objects.visible_to(actor).select_related(*related).prefetch_related("chain_nodes", "industries")


def editable(kind: Kind, actor: Actor) -> QuerySet[Any]:
    """Drafts and returned posts that the actor may change."""
    return visible(kind.objects.all(), actor, f"{kind.NOUN}.edit")


def to_judge(kind: Kind, actor: Actor) -> QuerySet[Any]:
    """Submitted posts that wait for this actor's decision, in the order of their submission."""
    return visible(kind.objects.all(), actor, f"{kind.NOUN}.return").order_by("edited_at", "pk")


def queue(actor: Actor, kinds: Iterable[Kind] = KINDS, *, most: int = LONGEST_QUEUE) -> list[Post]:
    """The posts of these kinds that have waited longest, oldest first, with their evidence files counted."""
    waiting = [
        post for kind in kinds for post in to_judge(kind, actor).select_related("owner__region", "region")[:most]
    ]
    longest = sorted(waiting, key=lambda post: (post.edited_at, post.pk))[:most]
    files = counts_of(longest)
    for post in longest:
        post.evidence_files = files.get((post._meta.label_lower, post.pk), 0)
    return longest


def waiting_counts(actor: Actor) -> Mapping[str, int]:
    """How many posts of each kind wait for this actor's decision."""
    return {kind.NOUN: to_judge(kind, actor).order_by().count() for kind in KINDS}


def posting_organizations(kind: Kind, actor: Actor) -> list[Organization]:
    """The actor's organizations for which the actor may write posts of this kind."""
    standing = standing_of(actor)
    mine = Organization.objects.filter(pk__in=sorted(standing.works_for | standing.acting("posts")))
    return [each for each in mine if allowed(actor, f"{kind.NOUN}.create", kind(owner=each))]


def importing_organizations(actor: Actor) -> list[Organization]:
    """The actor's organizations for which the actor may import."""
    mine = Organization.objects.filter(pk__in=sorted(standing_of(actor).works_for))
    return [each for each in mine if allowed(actor, "import.create", Import(owner=each))]


def failed_rows(source: Import) -> QuerySet[ImportRow]:
    """The rows of an import of which nothing was kept."""
    return source.rows.filter(outcome=ImportRow.Outcome.FAILED)
