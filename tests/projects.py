"""Contracts in execution for tests: projects, and what hangs on them, each by one call."""

# factory-boy's declarations carry no types.
# mypy: allow-untyped-calls

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from factory.declarations import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from contracts.models import (
    Contract,
    Dispute,
    Milestone,
    Payment,
    Project,
    ProjectNotice,
    RoyaltyReport,
    Settlement,
)
from files.models import Attachment
from information.models import Need
from journal.lifecycle import Lifecycle
from tests import factories
from tests.factories import LONG_AGO

FAR_AWAY = date(2099, 1, 1)
ACCEPTED_PERCENT = {"accepted": 100, "partially_met": 40}


class ProjectFactory(DjangoModelFactory[Project]):
    class Meta:
        model = Project

    contract = SubFactory(factories.ContractFactory, status="effective")
    currency = Need.Currency.CNY
    status = Project.Status.PERFORMING
    started_at = LONG_AGO
    ended_at = LazyAttribute(lambda project: LONG_AGO if project.status in {"closed", "terminated"} else None)


class MilestoneFactory(DjangoModelFactory[Milestone]):
    class Meta:
        model = Milestone

    project = SubFactory(ProjectFactory)
    number = LazyAttribute(lambda milestone: milestone.project.milestones.count() + 1)
    title_zh = "样机"
    title_en = "Prototype"
    due_on = FAR_AWAY
    status = Milestone.Status.SCHEDULED
    accepted_percent = LazyAttribute(lambda milestone: ACCEPTED_PERCENT.get(milestone.status, 0))
    submitted_at = LazyAttribute(lambda milestone: None if milestone.status == "scheduled" else LONG_AGO)


class PaymentFactory(DjangoModelFactory[Payment]):
    class Meta:
        model = Payment

    project = SubFactory(ProjectFactory)
    number = LazyAttribute(lambda payment: payment.project.payments.count() + 1)
    amount = Decimal("1000.00")
    status = Payment.Status.PLANNED
    paid_amount = LazyAttribute(lambda payment: payment.amount if payment.status in {"recorded", "confirmed"} else None)
    paid_on = LazyAttribute(lambda payment: LONG_AGO.date() if payment.status in {"recorded", "confirmed"} else None)


def attached(milestone: Milestone, name: str = "report.pdf") -> Attachment:
    """A checked file on the milestone that was in no submission yet."""
    content = f"{milestone.pk} {name}".encode()
    provider = milestone.project.contract.provider
    return Attachment.objects.create(
        owner=provider,
        uploaded_by=factories.member(provider),
        subject_type="contracts.milestone",
        subject_id=milestone.pk,
        name=name,
        media_type="application/pdf",
        size=1024,
        sha256=hashlib.sha256(content).hexdigest(),
        status="released",
    )


def royalty_report(project: Project, status: str) -> RoyaltyReport:
    month = project.royalty_reports.count() + 1
    return RoyaltyReport.objects.create(
        project=project,
        status=status,
        period_from=date(2025, month, 1),
        period_through=date(2025, month, 28),
        base=Decimal("200000.00"),
        percent=Decimal("3.5"),
        amount=Decimal("7000.00"),
    )


def notice(project: Project, status: str) -> ProjectNotice:
    """A notice of the provider to the client."""
    return ProjectNotice.objects.create(
        project=project,
        status=status,
        kind="risk",
        text="The supplier of the bearings is late.",
        giver=project.contract.provider,
        addressee=project.contract.client,
        answer_by=FAR_AWAY,
    )


def dispute(project: Project, status: str) -> Dispute:
    """A dispute whose outcome the provider has proposed."""
    return Dispute.objects.create(
        project=project,
        status=status,
        reason="delay",
        claim="The prototype is two months late.",
        opened_by=project.contract.client,
        mediate_by=FAR_AWAY,
        outcome="Two more months, and five per cent less.",
        proposed_by=project.contract.provider,
    )


def settlement(project: Project, status: str) -> Settlement:
    """A settlement that the client has proposed."""
    return Settlement.objects.create(
        project=project,
        status=status,
        terms="The provider hands over what is done.",
        amount=Decimal("500.00"),
        proposed_by=project.contract.client,
    )


def in_state(contract: Contract, state: str) -> Project:
    """A project in this state from which every next step is possible."""
    project: Project = ProjectFactory.create(contract=contract, status=state, royalty_percent=Decimal("3.5"))
    if state == "terminating":
        settlement(project, "agreed")
    return project


def hanging_on(new: Callable[[], Contract]) -> Iterator[Lifecycle]:
    """What hangs on projects, in each of its states, on contracts that `new` makes."""
    project = ProjectFactory.create(contract=new(), royalty_percent=Decimal("3.5"))
    for state in Milestone.Status.values:
        milestone = MilestoneFactory.create(project=project, status=state)
        attached(milestone)
        yield milestone
    yield from (PaymentFactory.create(project=project, status=state) for state in Payment.Status.values)
    yield from (royalty_report(project, state) for state in RoyaltyReport.Status.values)
    yield from (notice(project, state) for state in ProjectNotice.Status.values)
    yield from (dispute(project, state) for state in Dispute.Status.values)
    for state in Settlement.Status.values:
        yield settlement(ProjectFactory.create(contract=new(), status="terminating"), state)


def beside(subject: Lifecycle, target: str) -> dict[str, Any]:
    """The fields that a use case sets beside a step that asks for figures."""
    match subject, target:
        case Milestone(), "accepted":
            return {"accepted_percent": 100}
        case Milestone(), "partially_met":
            return {"accepted_percent": 70}
        case Payment(), "recorded":
            return {"paid_amount": subject.amount, "paid_on": LONG_AGO.date()}
    return {}
