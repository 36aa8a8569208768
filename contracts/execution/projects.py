"""Use cases of a project as a whole: its beginning, its interruptions and its end."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization, User
from contracts.execution.payments import due_now, waive_open
from contracts.execution.plan import Plan
from contracts.models import Contract, Dispute, Milestone, Payment, Project, Settlement
from contracts.models.events import MEDIATION_DAYS
from journal.recording import record
from policy import PLATFORM, standing_of


@transaction.atomic
def begin(contract: Contract, plan: Plan) -> Project:
    """Open the project of a contract in force, with the milestones and payments of its plan.

    A second call changes nothing. Amounts that hang on neither a milestone nor a day fall due at once. Takes the
    contract's lock.
    """
    Contract.locked(contract.pk)
    if existing := Project.objects.filter(contract=contract).first():
        return existing
    project = Project.objects.create(
        contract=contract,
        total=plan.total,
        currency=plan.currency,
        royalty_percent=plan.royalty_percent,
        started_at=timezone.now(),
        planned_end=plan.end,
    )
    lay_out(project, plan)
    record(project, "started", by=PLATFORM, data={"contract": contract.pk, "milestones": len(plan.steps)})
    due_now(project)
    return project


def lay_out(project: Project, plan: Plan) -> None:
    """Write down the milestones and payments of a plan; the caller holds the lock of what they belong to."""
    steps = Milestone.objects.bulk_create(
        Milestone(
            project=project,
            number=number,
            title_zh=step.title.zh,
            title_en=step.title.en,
            deliverable_zh=step.deliverable.zh,
            deliverable_en=step.deliverable.en,
            due_on=step.due_on,
        )
        for number, step in enumerate(plan.steps, 1)
    )
    Payment.objects.bulk_create(
        Payment(
            project=project,
            number=number,
            kind=each.kind,
            amount=each.amount,
            milestone=steps[each.step - 1] if each.step else None,
            due_on=each.due_on or (steps[each.step - 1].due_on if each.step else None),
        )
        for number, each in enumerate(plan.instalments, 1)
    )


def accept(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """The client accepts the whole; every milestone must have been accepted."""
    return project.move_to(Project.Status.ACCEPTED, by=by, expected=version, reason=reason, note=note)


def close(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """Nobody owes anything any more: the project ends well."""
    return project.move_to(Project.Status.CLOSED, by=by, expected=version, reason=reason, note=note)


def suspend(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """A party interrupts the work; dates stay, nothing is handed in, judged or paid meanwhile."""
    return project.move_to(Project.Status.SUSPENDED, by=by, expected=version, reason=reason, note=note)


def resume(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """The work goes on."""
    return project.move_to(Project.Status.PERFORMING, by=by, expected=version, reason=reason, note=note)


@transaction.atomic
def dispute(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """A party opens a dispute: mediation has a clock, and nothing is paid until there is an outcome."""
    moved = project.move_to(Project.Status.DISPUTED, by=by, expected=version, reason=reason, note=note)
    Dispute.objects.create(
        project=moved,
        reason=reason,
        claim=note,
        opened_by=side_of(moved, by),
        mediate_by=timezone.localdate() + timedelta(days=MEDIATION_DAYS),
    )
    return moved


def carry_on(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """The dispute has an outcome; the work goes on."""
    return project.move_to(Project.Status.PERFORMING, by=by, expected=version, reason=reason, note=note)


def terminate(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """A party wants to end the contract early; a settlement that both accept has to come first."""
    return project.move_to(Project.Status.TERMINATING, by=by, expected=version, reason=reason, note=note)


@transaction.atomic
def keep(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """The termination is called off; a settlement that was on the table goes with it."""
    moved = project.move_to(Project.Status.PERFORMING, by=by, expected=version, reason=reason, note=note)
    for settlement in moved.settlements.filter(status=Settlement.Status.PROPOSED):
        settlement.move_to(Settlement.Status.REJECTED, by=PLATFORM, note=note)
    return moved


@transaction.atomic
def end(project: Project, *, by: User, version: int, reason: str = "", note: str = "") -> Project:
    """The termination is concluded: what is open is not owed any more, what was settled on falls due."""
    moved = project.move_to(Project.Status.TERMINATED, by=by, expected=version, reason=reason, note=note)
    waive_open(moved)
    settlement = moved.settlements.get(status=Settlement.Status.AGREED)
    if settlement.amount:
        last = moved.payments.order_by("-number").first()
        Payment.objects.create(
            project=moved,
            number=last.number + 1 if last else 1,
            kind=Payment.Kind.SETTLEMENT,
            amount=settlement.amount,
            due_on=timezone.localdate(),
        )
        due_now(moved)
    return moved


def side_of(project: Project, user: User) -> Organization:
    """For which of the two parties this person speaks; the client, if for both."""
    client = project.contract.client
    return client if client.pk in standing_of(user).represents else project.contract.provider


PROJECT_ACTIONS: Mapping[str, Callable[..., Project]] = {
    "accept": accept,
    "close": close,
    "suspend": suspend,
    "resume": resume,
    "dispute": dispute,
    "carry_on": carry_on,
    "terminate": terminate,
    "keep": keep,
    "end": end,
}
"""The use case behind each step of a project, for pages and API alike."""
