"""A hundred thousand posts, written in bulk through the models."""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from accounts.identifiers import uscc_check_character
from accounts.models import Membership, Organization, User
from benchmarks.search.vocabulary import CHINESE, ENGLISH, Vocabulary
from information.models import Achievement, Need, Post
from information.search import documents
from taxonomy.models import ChainNode, ContractType, Industry, Region

BATCH: Final = 1000
ORGANIZATIONS: Final = 400
BUDGETS: Final = (50_000, 200_000, 800_000, 2_000_000, 9_000_000)


class Writer:
    """Draws posts; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.zh, self.en = Vocabulary(CHINESE, self.draw), Vocabulary(ENGLISH, self.draw)
        self.nodes, self.industries = list(ChainNode.objects.all()), list(Industry.objects.all())
        self.types, self.regions = list(ContractType.objects.all()), list(Region.objects.all())
        self.owners = self.organizations()
        self.author = self.member(self.owners[0])

    def organizations(self) -> list[Organization]:
        """Enterprises and universities by halves."""
        kinds = (Organization.Kind.ENTERPRISE, Organization.Kind.UNIVERSITY)
        return Organization.objects.bulk_create(
            Organization(
                kind=kinds[number % 2],
                name_zh=f"机构{number}",
                name_en=f"Organization {number}",
                uscc=uscc(number),
                region=self.draw.choice(self.regions),
            )
            for number in range(ORGANIZATIONS)
        )

    def member(self, organization: Organization) -> User:
        user = User.objects.create_user("member@benchmark.example", None, name="Member")
        Membership.objects.create(user=user, organization=organization, role=Membership.Role.MANAGER)
        return user

    def write(self, number: int) -> Iterator[int]:
        """Write so many posts, half needs and half achievements; says after each batch how many there are."""
        done = 0
        while done < number:
            for kind in (Need, Achievement):
                posts = [self.post(kind) for _ in range(min(BATCH, number - done))]
                self.keep(kind, posts)
                done += len(posts)
                yield done

    def keep(self, kind: type[Post], posts: Sequence[Post]) -> None:
        """One batch with its terms and listings."""
        written = kind._default_manager.bulk_create(posts)
        for name, terms in (("chain_nodes", self.nodes), ("industries", self.industries)):
            relation: Any = kind._meta.get_field(name)
            through, owner = relation.remote_field.through, f"{relation.m2m_field_name()}_id"
            other = f"{relation.m2m_reverse_field_name()}_id"
            through.objects.bulk_create(
                through(**{owner: post.pk, other: term.pk})
                for post in written
                for term in self.draw.sample(terms, self.draw.choice((1, 1, 2)))
            )
        documents.keep(kind, [post.pk for post in written])

    def post(self, kind: type[Post]) -> Post:
        """A published post in Chinese, English or both, most of them open to everybody."""
        draw = self.draw
        fields: dict[str, Any] = {
            "owner": draw.choice(self.owners),
            "created_by": self.author,
            "status": Post.Status.PUBLISHED,
            "published_at": timezone.now() - timedelta(minutes=draw.randrange(500_000)),
            "visibility": "public" if draw.random() < 0.85 else "members",
            "region": draw.choice(self.regions),
        }
        languages = draw.choice((("zh",), ("zh",), ("zh", "en"), ("zh", "en"), ("en",)))
        for language in languages:
            fields |= self.texts(language, kind.TEXT)
        return kind(**fields, **(self.need() if kind is Need else self.achievement()))

    def texts(self, language: str, body: str) -> dict[str, Any]:
        """Title, keywords, summary and main text in one language."""
        words, gap = (self.zh, "") if language == "zh" else (self.en, " ")

        def text(number: int) -> str:
            return gap.join(words.some(self.draw, number))

        return {
            f"title_{language}": text(5)[:100],
            f"keywords_{language}": [word[:30] for word in words.some(self.draw, 3)],
            f"summary_{language}": text(25),
            f"{body}_{language}": "。".join(text(12) for _ in range(7)),
        }

    def need(self) -> dict[str, Any]:
        draw = self.draw
        return {
            "type": draw.choice(self.types),
            "trl_required": draw.choice((None, 5, 6, 7, 7, 8, 9)),
            "budget_max": draw.choice((None, *map(Decimal, BUDGETS))),
            "deadline": draw.choice((None, timezone.localdate() + timedelta(days=draw.randrange(1, 900)))),
        }

    def achievement(self) -> dict[str, Any]:
        draw = self.draw
        return {
            "type": draw.choice(Achievement.Type.values),
            "trl": draw.choice((None, 3, 4, 5, 6, 7, 8)),
            "offer_modes": draw.sample(Achievement.OfferMode.values, 2),
            "price_expectation": draw.choice((None, *map(Decimal, BUDGETS))),
        }


def uscc(number: int) -> str:
    """A valid unified social credit code for each number below ten million."""
    body = f"91210100MA{number:07d}"
    return body + uscc_check_character(body)
