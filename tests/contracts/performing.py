"""A contract in execution for tests: its plan, its two sides, and what they do again and again."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import User
from contracts.document import Bilingual
from contracts.execution import milestones, projects
from contracts.execution.plan import Instalment, Plan, Step
from contracts.models import Contract, Milestone, Payment, Project
from tests import factories
from tests.projects import attached

TODAY = date(2026, 11, 25)
TWO_STEPS = Plan(
    currency="CNY",
    total=Decimal("100000.01"),
    royalty_percent=Decimal("3.5"),
    steps=(
        Step(Bilingual("样机", "Prototype"), Bilingual("样机一台", "One prototype"), date(2099, 3, 1)),
        Step(Bilingual("验收", "Acceptance"), Bilingual("", ""), date(2099, 9, 1)),
    ),
    instalments=(
        Instalment(Payment.Kind.ENTRY_FEE, Decimal("20000.00")),
        Instalment(Payment.Kind.INSTALMENT, Decimal("50000.01"), step=1),
        Instalment(Payment.Kind.INSTALMENT, Decimal("30000.00"), step=2),
    ),
)


@pytest.fixture
def in_force(db: None) -> Contract:
    """A contract in force, before anything was done."""
    contract: Contract = factories.ContractFactory.create(status="effective")
    return contract


@pytest.fixture
def client_side(in_force: Contract) -> User:
    """Who speaks for the client."""
    return factories.member(in_force.client, "manager")


@pytest.fixture
def provider_side(in_force: Contract) -> User:
    """Who speaks for the provider."""
    return factories.member(in_force.provider, "manager")


@pytest.fixture
def project(in_force: Contract) -> Iterator[Project]:
    """Its project with two milestones; the amounts add up at the end of the test as well."""
    yield projects.begin(in_force, TWO_STEPS)
    add_up_now()


def add_up_now() -> None:
    """Ask the deferred triggers now what they would ask at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def money(project: Project) -> list[tuple[str, str, str]]:
    """Every payment as (kind, amount, state), in their order."""
    return [(each.kind, str(each.amount), each.status) for each in project.payments.order_by("number")]


def hand_in(project: Project, by: User, number: int = 1) -> Milestone:
    step = project.milestones.get(number=number)
    attached(step, f"report {step.round}.pdf")
    return milestones.submit(step, by=by, version=step.version)
