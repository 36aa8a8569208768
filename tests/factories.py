"""Valid objects for tests, each by one call: `NeedFactory.create(status="published")`.

`member`, `administrator` and `supervisor` give users together with what makes them such.
"""

# factory-boy's declarations carry no types.
# mypy: allow-untyped-calls

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.identifiers import uscc_check_character
from accounts.models import Membership, Office, Organization, User
from contracts.models import Contract, ContractFile, ContractVersion, Signature, Signing
from files.models import Attachment
from information.models import Achievement, Need
from matching.engine.ranker import Ranker
from matching.models import GlossaryTerm, Match, RankerVersion, Rule
from taxonomy.models import Chain, ChainNode, ContractType, Region
from tracking.models import Case

LONG_AGO = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def uscc(number: int) -> str:
    """A valid unified social credit code for each number below ten million."""
    body = f"91210100MA{number:07d}"
    return body + uscc_check_character(body)


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "210100"
    label_zh = LazyAttribute(lambda region: f"地区{region.code}")
    label_en = LazyAttribute(lambda region: f"Region {region.code}")


class ChainFactory(DjangoModelFactory[Chain]):
    class Meta:
        model = Chain
        django_get_or_create = ("code",)

    code = "cnc"
    label_zh = LazyAttribute(lambda chain: f"产业链{chain.code}")
    label_en = LazyAttribute(lambda chain: f"Chain {chain.code}")


class ChainNodeFactory(DjangoModelFactory[ChainNode]):
    class Meta:
        model = ChainNode
        django_get_or_create = ("code",)

    chain = SubFactory(ChainFactory)
    code = Sequence(lambda number: f"node-{number}")
    label_zh = LazyAttribute(lambda node: f"节点{node.code}")
    label_en = LazyAttribute(lambda node: f"Node {node.code}")
    tier = ChainNode.Tier.UPSTREAM


class ContractTypeFactory(DjangoModelFactory[ContractType]):
    class Meta:
        model = ContractType
        django_get_or_create = ("code",)

    code = "development"
    label_zh = "技术开发"
    label_en = "Technology development"
    articles = "851-861"


class OrganizationFactory(DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    kind = Organization.Kind.ENTERPRISE
    status = Organization.Status.VERIFIED
    name_zh = Sequence(lambda number: f"机构{number:05d}")
    name_en = Sequence(lambda number: f"Organization {number:05d}")
    uscc = Sequence(uscc)
    region = SubFactory(RegionFactory)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda number: f"person{number}@tenon.example")
    name = Sequence(lambda number: f"Person {number}")
    language = ""
    password = LazyFunction(lambda: make_password(None))


def member(organization: Organization, role: str = "manager", **fields: Any) -> User:
    """A user who is a member of the organization."""
    user = UserFactory.create(**fields)
    Membership.objects.create(user=user, organization=organization, role=role)
    return user


def administrator(**fields: Any) -> User:
    """A user who administers the platform."""
    user = UserFactory.create(**fields)
    Office.objects.create(user=user, kind=Office.Kind.ADMINISTRATOR)
    return user


def supervisor(region: Region | None = None, chain: Chain | None = None, **fields: Any) -> User:
    """A user who supervises a region and a chain for a government organization; None means all of them."""
    user = UserFactory.create(**fields)
    government = OrganizationFactory.create(kind=Organization.Kind.GOVERNMENT)
    Office.objects.create(user=user, kind=Office.Kind.SUPERVISOR, organization=government, region=region, chain=chain)
    return user


class NeedFactory(DjangoModelFactory[Need]):
    class Meta:
        model = Need
        skip_postgeneration_save = True

    owner = SubFactory(OrganizationFactory)
    created_by = LazyAttribute(lambda need: member(need.owner))
    type = SubFactory(ContractTypeFactory)
    title_zh = Sequence(lambda number: f"需求{number:05d}")
    title_en = Sequence(lambda number: f"Need {number:05d}")
    problem_zh = "主轴在每分钟二万转时温升超过四十度，轴承寿命不足两千小时。"
    problem_en = "At 20,000 rpm the spindle heats up by more than 40 K and its bearings last less than 2,000 h."
    status = Need.Status.DRAFT
    published_at = LazyAttribute(lambda post: LONG_AGO if post.status in {"published", "withdrawn"} else None)


def need_fields() -> dict[str, Any]:
    """What a use case needs to begin a need that can be submitted."""
    return {
        "type": ContractType.objects.get(code="development"),
        "title_en": "Cooler spindle",
        "problem_en": "It heats up by more than 40 K.",
    }


class AchievementFactory(DjangoModelFactory[Achievement]):
    class Meta:
        model = Achievement
        skip_postgeneration_save = True

    owner = SubFactory(OrganizationFactory, kind=Organization.Kind.UNIVERSITY)
    created_by = LazyAttribute(lambda achievement: member(achievement.owner))
    type = Achievement.Type.PATENT
    title_zh = Sequence(lambda number: f"成果{number:05d}")
    title_en = Sequence(lambda number: f"Achievement {number:05d}")
    description_zh = "油气润滑的陶瓷球轴承，二万转时温升二十二度。"
    description_en = "Ceramic ball bearings with oil-air lubrication that heat up by 22 K at 20,000 rpm."
    status = Achievement.Status.DRAFT
    published_at = LazyAttribute(lambda post: LONG_AGO if post.status in {"published", "withdrawn"} else None)


NEED_SIDE_SPOKE = frozenset({"one_sided", "mutual", "approved", "refused"})
BOTH_SPOKE = frozenset({"mutual", "approved", "refused"})


class MatchFactory(DjangoModelFactory[Match]):
    class Meta:
        model = Match

    need = SubFactory(NeedFactory, status="published")
    achievement = SubFactory(AchievementFactory, status="published")
    status = Match.Status.SUGGESTED
    score = 0.75
    engine_version = "test"
    need_revision = 1
    achievement_revision = 1
    scored_at = LONG_AGO
    need_interested_at = LazyAttribute(lambda match: LONG_AGO if match.status in NEED_SIDE_SPOKE else None)
    achievement_interested_at = LazyAttribute(lambda match: LONG_AGO if match.status in BOTH_SPOKE else None)


class RuleFactory(DjangoModelFactory[Rule]):
    """A rule for all needs; one that was tried knows what the trial of its present wording showed."""

    class Meta:
        model = Rule

    title = Sequence(lambda number: f"Rule {number:05d}")
    field = "trl"
    operator = "at_least"
    value = "5"
    effect = Rule.Effect.PROMOTE
    strength = 0.3
    created_by = LazyFunction(lambda: administrator())
    status = Rule.Status.DRAFT
    trial = LazyAttribute(
        lambda rule: (
            {}
            if rule.status == "draft"
            else {
                "definition": {
                    "chain": "",
                    **{name: getattr(rule, name) for name in ("field", "operator", "value", "effect", "strength")},
                }
            }
        )
    )


class RankerVersionFactory(DjangoModelFactory[RankerVersion]):
    """A ranker that was better than the engine's own order on held-back decisions."""

    class Meta:
        model = RankerVersion

    name = Sequence(lambda number: f"{number:012x}")
    dump = LazyAttribute(lambda version: Ranker(("engine",), (0.5,), (0.1,), (1.0,), notes={"v": version.name}).dump())
    weights = LazyFunction(lambda: [{"name": "engine", "share": 1.0, "helps": True}])
    comparison = LazyFunction(
        lambda: {
            "needs": 12, "decisions": 80, "serving": 0.7, "candidate": 0.8, "difference": 0.1, "low": 0.02,
            "high": 0.18, "pairs": 200, "pairs_serving": 0.7, "pairs_candidate": 0.8, "against": "",
        }
    )  # fmt: skip
    decisions = 200
    needs = 30
    data_hash = "a" * 64
    trained_at = LONG_AGO
    seat = LazyAttribute(lambda ranker: 1 if ranker.status == "promoted" else None)
    promoted_at = LazyAttribute(lambda ranker: LONG_AGO if ranker.status in {"promoted", "retired"} else None)


class GlossaryTermFactory(DjangoModelFactory[GlossaryTerm]):
    class Meta:
        model = GlossaryTerm

    zh = Sequence(lambda number: f"术语{number:05d}")
    en = LazyFunction(lambda: ["spindle"])
    edited_by = LazyFunction(lambda: administrator())


class ContractFactory(DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    match = SubFactory(MatchFactory, status="approved")
    client = LazyAttribute(lambda contract: contract.match.need.owner)
    provider = LazyAttribute(lambda contract: contract.match.achievement.owner)
    type = LazyAttribute(lambda contract: contract.match.need.type)
    title_zh = LazyAttribute(lambda contract: contract.match.need.title_zh)
    title_en = LazyAttribute(lambda contract: contract.match.need.title_en)
    currency = Need.Currency.CNY

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Contract:
        """A contract; from freezing on with a frozen version, which refers to it and therefore comes second."""
        status = fields.pop("status", Contract.Status.DRAFTING)
        contract: Contract = super()._create(model_class, *args, **fields)
        if status not in (*Contract.BEFORE_FREEZING, Contract.Status.WITHDRAWN):
            contract.frozen_version = frozen_version(contract)
        contract.status = status
        contract.save()
        return contract


def signing(contract: Contract, turn: str = "client") -> Signing:
    """The signing of the contract's frozen version, at somebody's turn ("" once all have signed); no real files."""
    assert contract.frozen_version
    return Signing.objects.create(
        contract=contract,
        document=contract.frozen_version,
        turn=turn,
        level="platform",
        parties=2,
        started_at=LONG_AGO,
        deadline_at=datetime(2036, 1, 5, 8, 0, tzinfo=UTC),
        completed_at=None if turn else LONG_AGO,
        boxes=[],
    )


def signed_by_all(contract: Contract) -> Signing:
    """The signing of a contract without a government, with as many signatures as it takes; their files say nothing."""
    assert contract.frozen_version
    done, before = signing(contract, turn=""), ""
    signers = [(1, "", None), (2, "client", contract.client), (3, "provider", contract.provider)]
    for number in range(4):
        content = f"paper {contract.pk}".encode() + b"." * number
        sha256 = hashlib.sha256(content).hexdigest()
        ContractFile.objects.create(
            document=contract.frozen_version, number=number, content=content, sha256=sha256, made_at=LONG_AGO
        )
        for _, role, organization in signers[number - 1 : number]:
            Signature.objects.create(
                signing=done,
                number=number,
                role=role,
                organization=organization,
                person=member(organization) if organization else None,
                level="platform",
                certificate_until=LONG_AGO,
                signed_at=LONG_AGO,
                before_sha256=before,
                after_sha256=sha256,
            )
        before = sha256
    return done


def frozen_version(contract: Contract) -> ContractVersion:
    """The next version of the contract, of no particular text."""
    number = contract.versions.count() + 1
    content = f'{{"version":{number}}}'.encode()
    return ContractVersion.objects.create(
        contract=contract,
        number=number,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        frozen_at=LONG_AGO,
    )


class CaseFactory(DjangoModelFactory[Case]):
    class Meta:
        model = Case

    match = SubFactory(MatchFactory, status="approved")
    approved_at = LONG_AGO


class AttachmentFactory(DjangoModelFactory[Attachment]):
    """The row of a file on a post, `thing`; no content lies behind it."""

    class Meta:
        model = Attachment
        exclude = ("thing",)

    thing: Any = SubFactory(NeedFactory)
    owner = LazyAttribute(lambda attachment: attachment.thing.owner)
    uploaded_by = LazyAttribute(lambda attachment: attachment.thing.created_by)
    subject_type = LazyAttribute(lambda attachment: attachment.thing._meta.label_lower)
    subject_id = LazyAttribute(lambda attachment: attachment.thing.pk)
    name = Sequence(lambda number: f"report {number}.pdf")
    media_type = "application/pdf"
    size = 1234
    sha256 = "0" * 64
    status = Attachment.Status.QUARANTINED


def mutual_matches(number: int) -> list[int]:
    """Keys of that many matches of one need that wait for an administrator, in a handful of queries."""
    need = NeedFactory.create(status="published")
    university = OrganizationFactory.create(kind="university")
    author = member(university)
    achievements = Achievement.objects.bulk_create(
        AchievementFactory.build(owner=university, created_by=author, status="published") for _ in range(number)
    )
    matches = Match.objects.bulk_create(
        MatchFactory.build(need=need, achievement=achievement, status="mutual") for achievement in achievements
    )
    return [match.pk for match in matches]
