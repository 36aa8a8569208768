"""A small world in which every role and every tie of the policy table occurs, with each object in each of its states.

Built once for a module; every test runs in a savepoint of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from accounts.models import ApiToken, Interest, Invitation, Mandate, Membership, Office, Organization, User
from contracts.models import (
    Contract,
    Dispute,
    LibraryClause,
    Milestone,
    Payment,
    Project,
    ProjectNotice,
    RoyaltyReport,
    Settlement,
)
from files.models import Attachment
from information.models import Achievement, Grant, Import, Need
from jobs.models import Job
from journal.lifecycle import Lifecycle
from journal.recording import record
from matching.models import Match, RankerVersion, Room, Rule
from notifications.models import Notice
from policy import PLATFORM
from tests import factories, projects
from tests.complete import complete
from tracking.models import Case

LIFECYCLES: tuple[type[Lifecycle], ...] = (
    Organization,
    Need,
    Achievement,
    Match,
    Room,
    Rule,
    RankerVersion,
    Contract,
    Project,
    Milestone,
    Payment,
    RoyaltyReport,
    ProjectNotice,
    Dispute,
    Settlement,
    Attachment,
)

PERSONAS = (
    "visitor",
    "stranger",
    "strange_researcher",
    "enterprise_contributor",
    "enterprise_manager",
    "former_manager",
    "closed_account",
    "university_contributor",
    "university_manager",
    "manager_of_both",
    "administrator",
    "administrator_of_enterprise",
    "administrator_of_university",
    "supervisor",
    "supervisor_elsewhere",
    "supervisor_of_other_chain",
    "founder",
    "broker",
    "idle_broker",
    "platform",
)


@dataclass
class World:
    """`actors` by persona; `subjects` by (noun, state), the state being "" for objects without a lifecycle."""

    enterprise: Organization
    university: Organization
    actors: dict[str, Any] = field(default_factory=dict)
    subjects: dict[tuple[str, str], models.Model] = field(default_factory=dict)

    def of(self, noun: str) -> Iterator[tuple[str, models.Model]]:
        """The objects of one kind with their state."""
        for (kind, state), subject in self.subjects.items():
            if kind == noun:
                yield state, subject


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is rolled back at the end of the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build() -> World:
    """The world, in the open transaction."""
    region = factories.RegionFactory.create(code="210100")
    world = World(
        enterprise=factories.OrganizationFactory.create(kind="enterprise", region=region),
        university=factories.OrganizationFactory.create(kind="university", region=region),
    )
    world.actors = people(world)
    posts(world)
    accounts(world)
    matches(world)
    rooms(world)
    execution(world)
    files(world)
    without_lifecycle(world)
    notices(world)
    signings(world)
    return world


def people(world: World) -> dict[str, Any]:
    """Every persona; their standing is read now, because objects made later change nothing in it."""
    liaoning, jilin = (factories.RegionFactory.create(code=code) for code in ("210000", "220000"))
    cnc, other_chain = (factories.ChainFactory.create(code=code) for code in ("cnc", "shipbuilding"))
    actors: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "stranger": factories.member(factories.OrganizationFactory.create(kind="enterprise")),
        "strange_researcher": factories.member(factories.OrganizationFactory.create(kind="university")),
        "enterprise_contributor": factories.member(world.enterprise, "contributor"),
        "enterprise_manager": factories.member(world.enterprise),
        "former_manager": former(factories.member(world.enterprise)),
        "closed_account": factories.member(world.enterprise, is_active=False),
        "university_contributor": factories.member(world.university, "contributor"),
        "university_manager": factories.member(world.university),
        "manager_of_both": also(factories.member(world.enterprise), world.university, "manager"),
        "administrator": factories.administrator(),
        "administrator_of_enterprise": also(factories.administrator(), world.enterprise, "contributor"),
        "administrator_of_university": also(factories.administrator(), world.university, "contributor"),
        "supervisor": factories.supervisor(region=liaoning, chain=cnc),
        "supervisor_elsewhere": factories.supervisor(region=jilin, chain=cnc),
        "supervisor_of_other_chain": factories.supervisor(region=liaoning, chain=other_chain),
        "founder": founder(),
        "broker": broker(world),
        "idle_broker": factories.member(factories.OrganizationFactory.create(kind="broker")),
        "platform": PLATFORM,
    }
    for membership in actors["founder"].memberships.filter(organization__status__in=["submitted", "suspended"]):
        also(actors["administrator_of_enterprise"], membership.organization, "contributor")
    assert tuple(actors) == PERSONAS
    for actor in actors.values():
        assert actor is actors["visitor"] or actor.standing
    return actors


def founder() -> User:
    """The manager of an organization in each state but the usual one."""
    user = factories.UserFactory.create()
    for state in Organization.Status.values:
        if state != Organization.Status.VERIFIED:
            also(user, factories.OrganizationFactory.create(status=state), "manager")
    return user


def broker(world: World) -> User:
    """A broker's manager, who has a mandate of the enterprise and of the university for posts and matches."""
    agency = factories.OrganizationFactory.create(kind="broker")
    for organization in (world.enterprise, world.university):
        Mandate.objects.create(
            organization=organization,
            broker=agency,
            matters=["posts", "matches"],
            granted_by=factories.member(organization),
        )
    return factories.member(agency)


def accounts(world: World) -> None:
    """What hangs on organizations and people: states, memberships, invitations, mandates, interests, tokens."""
    for membership in world.actors["founder"].memberships.select_related("organization"):
        organization = membership.organization
        world.subjects["organization", organization.status] = organization
    world.subjects["organization", "verified"] = world.enterprise
    contributor, manager = world.actors["enterprise_contributor"], world.actors["enterprise_manager"]
    world.subjects["membership", ""] = contributor.memberships.get()
    world.subjects["invitation", ""] = Invitation.objects.create(
        organization=world.enterprise,
        email="new@tenon.example",
        role="contributor",
        invited_by=manager,
        expires_at=timezone.now() + timedelta(days=7),
    )
    world.subjects["mandate", ""] = Mandate.objects.get(organization=world.enterprise)
    interests = {"interest": "declared", "interest from a contract": "contract"}
    for noun, kind in interests.items():
        world.subjects[noun, ""] = Interest.objects.create(user=contributor, organization=world.university, kind=kind)
    world.subjects["token", ""] = ApiToken.objects.create(
        user=contributor, name="ERP", digest="0" * 64, expires_at=timezone.now() + timedelta(days=7)
    )


def former(user: User) -> User:
    """The user, whose memberships ended yesterday."""
    yesterday = timezone.now() - timedelta(days=1)
    Membership.objects.filter(user=user).update(since=yesterday - timedelta(days=9), until=yesterday)
    return user


def also(user: User, organization: Organization, role: str) -> User:
    """The user, who is a member of this organization as well."""
    Membership.objects.create(user=user, organization=organization, role=role)
    return user


def posts(world: World) -> None:
    """A need and an achievement in each state, and published ones for members only."""
    makers: tuple[tuple[str, Callable[..., Any], Any], ...] = (
        ("need", factories.NeedFactory.create, world.enterprise),
        ("achievement", factories.AchievementFactory.create, world.university),
    )
    author = world.actors["enterprise_manager"]
    for noun, make, owner in makers:
        for state in Need.Status.values:
            world.subjects[noun, state] = make(owner=owner, created_by=author, status=state)
        unverified = factories.OrganizationFactory.create(kind=owner.kind, status="submitted")
        world.subjects[f"{noun} of an unverified organization", "submitted"] = make(
            owner=unverified, created_by=author, status="submitted"
        )
        for_members = make(owner=owner, created_by=author, status="published", visibility="members")
        world.subjects[f"{noun} for members", "published"] = for_members
        partner = world.university if owner is world.enterprise else world.enterprise
        restricted(world, noun, partner, partial(make, owner=owner, created_by=author))
    world.subjects["need of a university", "draft"] = factories.NeedFactory.create(
        owner=world.university, created_by=author
    )


RESTRICTED: tuple[tuple[str, str, str, str, bool], ...] = (
    # what it is called, its state, its visibility, the level that the other side was let in at, whether that has ended
    ("after interest", "published", "interest", "", False),
    ("after interest, let in", "withdrawn", "interest", "interest", False),
    ("after an NDA", "published", "nda", "interest", False),
    ("after an NDA, let in", "withdrawn", "nda", "nda", False),
    ("after an NDA, closed again", "published", "nda", "nda", True),
)


def restricted(world: World, noun: str, partner: Organization, make: Callable[..., Any]) -> None:
    """Posts of which members see the card, with and without an organization that was let in."""
    for name, state, visibility, level, ended in RESTRICTED:
        post = make(status=state, visibility=visibility)
        world.subjects[f"{noun} {name}", state] = post
        if level:
            Grant.objects.create(
                **{noun: post}, organization=partner, level=level, until=factories.LONG_AGO if ended else None
            )


def pair(world: World) -> dict[str, Any]:
    """A published need on two nodes of one chain, and a published achievement."""
    author = world.actors["enterprise_manager"]
    need = factories.NeedFactory.create(owner=world.enterprise, created_by=author, status="published")
    need.chain_nodes.set(factories.ChainNodeFactory.create_batch(2, chain__code="cnc"))
    achievement = factories.AchievementFactory.create(owner=world.university, created_by=author, status="published")
    return {"need": need, "achievement": achievement}


def matches(world: World) -> None:
    """A match in each state, some on which only one side spoke, and contracts of approved ones."""
    for state in Match.Status.values:
        world.subjects["match", state] = factories.MatchFactory.create(status=state, **pair(world))
    world.subjects["match the university wants", "one_sided"] = factories.MatchFactory.create(
        status="one_sided", need_interested_at=None, achievement_interested_at=factories.LONG_AGO, **pair(world)
    )
    world.subjects["match the enterprise wanted", "lapsed"] = factories.MatchFactory.create(
        status="lapsed", need_interested_at=factories.LONG_AGO, achievement_interested_at=None, **pair(world)
    )
    world.subjects["match the university wanted", "lapsed"] = factories.MatchFactory.create(
        status="lapsed", need_interested_at=None, achievement_interested_at=factories.LONG_AGO, **pair(world)
    )
    for state in Rule.Status.values:
        world.subjects["rule", state] = factories.RuleFactory.create(
            status=state, created_by=world.actors["administrator"]
        )
    for state in RankerVersion.Status.values:
        world.subjects["ranker", state] = factories.RankerVersionFactory.create(status=state)
    for state in Contract.Status.values:
        world.subjects["contract", state] = contract(world, state, of="supervisor")
        world.subjects["contract without a government", state] = contract(world, state, of="")
    world.subjects["contract of a government elsewhere", "negotiating"] = contract(
        world, "negotiating", of="supervisor_elsewhere"
    )


def contract(world: World, state: str, *, of: str) -> Contract:
    """A contract between enterprise and university in which this supervisor's organization is asked to take part."""
    approved = factories.MatchFactory.create(status="approved", **pair(world))
    office = Office.objects.get(user=world.actors[of]) if of else None
    government = office.organization if office else None
    made = factories.ContractFactory.create(status=state, match=approved, government=government)
    if state in Contract.BEFORE_FREEZING:
        complete(made)
    if state == "agreed" and government:
        Contract.objects.filter(pk=made.pk).update(government_joined_at=factories.LONG_AGO)
        made.refresh_from_db()
    return made


def execution(world: World) -> None:
    """Projects in each state with what hangs on them, without a government and with one from elsewhere."""
    for kind, of in (("", ""), (" of a government elsewhere", "supervisor_elsewhere")):
        new = partial(contract, world, "effective", of=of)
        for state in Project.Status.values:
            world.subjects[f"project{kind}", state] = projects.in_state(new(), state)
        for subject in projects.hanging_on(new):
            world.subjects[f"{subject.NOUN}{kind}", subject.status] = subject


def files(world: World) -> None:
    """A file in each state on a need that is being written, one on a need that is judged and one on a public one."""
    for state in Attachment.Status.values:
        world.subjects["attachment", state] = factories.AttachmentFactory.create(
            thing=world.subjects["need", "draft"], status=state
        )
    for place in ("submitted", "published"):
        for state in (Attachment.Status.QUARANTINED, Attachment.Status.RELEASED):
            world.subjects[f"attachment of a {place} need", state] = factories.AttachmentFactory.create(
                thing=world.subjects["need", place], status=state
            )
    # Somebody else's file on a thing of one's own: the thing decides who sees it, its owner who removes it.
    world.subjects["attachment of another", "released"] = factories.AttachmentFactory.create(
        thing=world.subjects["need", "draft"], owner=world.university, status="released"
    )


def rooms(world: World) -> None:
    """A docking room in each state, and some in which one side has signed the agreement."""
    for state in Room.Status.values:
        world.subjects["room", state] = Room.objects.create(
            match=factories.MatchFactory.create(status="approved", **pair(world)), status=state
        )
    for side, organization in (("need", "enterprise"), ("achievement", "university")):
        world.subjects[f"room the {organization} signed", "nda"] = Room.objects.create(
            match=factories.MatchFactory.create(status="approved", **pair(world)),
            status="nda",
            needs_nda=True,
            **{f"{side}_signed_at": factories.LONG_AGO},
        )


def signings(world: World) -> None:
    """A contract being signed at each party's turn."""
    for turn, name in (("client", "signing"), ("provider", "signing for the provider")):
        world.subjects[name, ""] = factories.signing(contract(world, "signing", of="supervisor"), turn)
    last = factories.signing(contract(world, "signing", of="supervisor"), "government")
    world.subjects["signing for the government", ""] = last


def without_lifecycle(world: World) -> None:
    """Objects that have no state."""
    contract = world.subjects["contract", "drafting"]
    assert isinstance(contract, Contract)
    manager = world.actors["enterprise_manager"]
    world.subjects["library_clause", ""] = LibraryClause.objects.earliest("pk")
    world.subjects["case", ""] = Case.objects.create(match=contract.match, approved_at=factories.LONG_AGO)
    world.subjects["job", ""] = Job.objects.create(kind="test", owner=manager, due_at=timezone.now())
    world.subjects["import", ""] = Import.objects.create(
        owner=world.enterprise, created_by=manager, kind="need", format="csv", file_name="needs.csv"
    )
    world.subjects["import of the university", ""] = Import.objects.create(
        owner=world.university, created_by=manager, kind="need", format="csv", file_name="needs.csv"
    )


def notices(world: World) -> None:
    """A notice to the enterprise's manager."""
    need = world.subjects["need for members", "published"]
    world.subjects["notice", ""] = Notice.objects.create(
        entry=record(need, "told", by=PLATFORM),
        recipient=world.actors["enterprise_manager"],
        kind="post.published",
        created_at=timezone.now(),
    )


def end_of_term(office: Office) -> None:
    """Let an office end a moment ago."""
    office.until = timezone.now()
    office.save(update_fields=["until"])
