"""Posts as the engine reads them: bilingual text joined, terms as codes, figures as numbers."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db.models import Prefetch

from information.models import Achievement, Need, Post, PostQuerySet
from matching.engine import AchievementDocument, Benefit, NeedDocument, Target
from taxonomy.models import ChainNode, Industry


def joined(post: Post, *stems: str) -> str:
    """The texts of these fields in both languages, one a line."""
    texts = (getattr(post, f"{stem}_{language}") for stem in stems for language in ("zh", "en"))
    return "\n".join(text for text in texts if text)


def keywords(post: Post) -> str:
    return "\n".join([*post.keywords_zh, *post.keywords_en])


def named(row: dict[str, Any], stem: str) -> str:
    """The name of a figure in both languages."""
    return " ".join(filter(None, (row.get(f"{stem}_zh", ""), row.get(f"{stem}_en", ""))))


def with_terms(posts: PostQuerySet) -> PostQuerySet:
    """Everything the engine reads of these posts, in a bounded number of queries."""
    return posts.select_related("region", "owner__region").prefetch_related(
        Prefetch("chain_nodes", ChainNode.objects.only("code")), Prefetch("industries", Industry.objects.only("code"))
    )


def shared(post: Post) -> dict[str, Any]:
    """What both kinds have in common. A post without a region of its own stands where its organization does."""
    return {
        "id": post.pk,
        "revision": post.revision,
        "title": joined(post, "title"),
        "keywords": keywords(post),
        "nodes": frozenset(node.code for node in post.chain_nodes.all()),
        "industries": frozenset(industry.code for industry in post.industries.all()),
        "region": (post.region or post.owner.region).code,
        "owner": post.owner_id,
    }


def need_documents(needs: PostQuerySet) -> Iterable[NeedDocument]:
    """The needs of the queryset as documents."""
    for need in with_terms(needs):
        yield need_document(need)


def need_document(need: Need) -> NeedDocument:
    return NeedDocument(
        **shared(need),
        body=joined(need, "summary", "problem", "present_state", "acceptance"),
        type=need.type_id,
        trl_required=need.trl_required,
        budget_max=float(need.budget_max) if need.budget_max is not None and need.currency == "CNY" else None,
        targets=tuple(
            Target(named(row, "parameter"), row["operator"], float(row["value"]), row.get("unit", ""))
            for row in need.targets
        ),
    )


def achievement_documents(achievements: PostQuerySet) -> Iterable[AchievementDocument]:
    """The achievements of the queryset as documents."""
    for achievement in with_terms(achievements):
        yield achievement_document(achievement)


def achievement_document(achievement: Achievement) -> AchievementDocument:
    price = achievement.price_expectation
    return AchievementDocument(
        **shared(achievement),
        body=joined(achievement, "summary", "description", "trl_evidence"),
        trl=achievement.trl,
        offer_modes=frozenset(achievement.offer_modes),
        price=float(price) if price is not None else None,
        benefits=tuple(
            Benefit(named(row, "metric"), float(row["value"]), row.get("unit", ""), row.get("baseline"))
            for row in achievement.benefits
        ),
    )


def fingerprint(document: NeedDocument | AchievementDocument) -> str:
    """A hash of everything that the engine reads of a post: equal documents, equal fingerprints."""
    return hashlib.sha256(json.dumps(asdict(document), sort_keys=True, default=sorted).encode()).hexdigest()
