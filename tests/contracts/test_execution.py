"""A contract in execution: what is handed in, accepted and paid, to the cent and in order."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from contracts.execution import events, milestones, payments, projects, reminders, royalties
from contracts.models import Contract, Project, Settlement
from journal.errors import BadInput, GuardFailed, IllegalMove, NotAllowed
from journal.models import Entry
from tests.contracts.performing import TODAY, TWO_STEPS, add_up_now, hand_in, money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_contract_in_force_becomes_a_project_once(in_force: Contract, project: Project) -> None:
    again = projects.begin(in_force, TWO_STEPS)

    assert again == project
    assert [str(each) for each in project.milestones.all()] == ["M1 Prototype", "M2 Acceptance"]
    assert money(project) == [
        ("entry_fee", "20000.00", "due"),
        ("instalment", "50000.01", "planned"),
        ("instalment", "30000.00", "planned"),
    ]
    assert Entry.objects.filter(name="contracts.project.started").count() == 1


def test_an_accepted_milestone_lets_its_payment_fall_due(
    project: Project, client_side: User, provider_side: User
) -> None:
    step = hand_in(project, provider_side)

    milestones.accept(step, by=client_side, version=step.version)

    assert money(project)[1:] == [("instalment", "50000.01", "due"), ("instalment", "30000.00", "planned")]
    assert [each.name for each in step.deliverables.all()] == ["report 0.pdf"]


def test_nothing_is_handed_in_without_a_new_file(project: Project, client_side: User, provider_side: User) -> None:
    step = hand_in(project, provider_side)
    milestones.send_back(step, by=client_side, version=step.version, reason="figures", note="14 μm, not 10.")

    with pytest.raises(GuardFailed, match="Attach at least one deliverable"):
        milestones.submit(step, by=provider_side, version=step.version)

    assert step.deliverables.count() == 1


def test_a_part_releases_its_share_and_the_rest_waits(project: Project, client_side: User, provider_side: User) -> None:
    step = hand_in(project, provider_side)

    part = milestones.accept_in_part(step, by=client_side, version=step.version, percent=30, note="The log is missing.")

    assert money(project)[1:] == [
        ("instalment", "15000.00", "due"),
        ("instalment", "30000.00", "planned"),
        ("instalment", "35000.01", "planned"),
    ]
    with pytest.raises(IllegalMove):
        milestones.accept(part, by=client_side, version=part.version)


def test_parts_and_the_whole_add_up_to_what_was_agreed(
    project: Project, client_side: User, provider_side: User
) -> None:
    step = hand_in(project, provider_side)
    for percent in (33, 34, 90):
        step = milestones.accept_in_part(step, by=client_side, version=step.version, percent=percent, note="More.")
        step = hand_in(project, provider_side)
    milestones.accept(step, by=client_side, version=step.version)

    due = [each.amount for each in project.payments.filter(milestone=step)]
    assert sum(due) == Decimal("50000.01")
    assert {each.status for each in project.payments.filter(milestone=step)} == {"due"}
    add_up_now()


@pytest.mark.parametrize("percent", [0, 40, 39, 100])
def test_a_part_is_more_than_before_and_less_than_all(
    project: Project, client_side: User, provider_side: User, percent: int
) -> None:
    step = hand_in(project, provider_side)
    step = milestones.accept_in_part(step, by=client_side, version=step.version, percent=40, note="Half of it.")
    step = hand_in(project, provider_side)

    with pytest.raises(BadInput) as refusal:
        milestones.accept_in_part(step, by=client_side, version=step.version, percent=percent, note="Again.")

    assert "percent" in refusal.value.fields


def test_a_payment_goes_from_due_to_received_by_both_sides(
    project: Project, client_side: User, provider_side: User
) -> None:
    fee = project.payments.get(kind="entry_fee")

    with pytest.raises(NotAllowed):
        payments.record_payment(fee, by=provider_side, version=fee.version, amount=fee.amount, paid_on=TODAY)
    paid = payments.record_payment(
        fee, by=client_side, version=fee.version, amount=fee.amount, paid_on=timezone.localdate(), reference="B-17"
    )
    contested = payments.contest(paid, by=provider_side, version=paid.version, reason="missing")
    assert (contested.status, contested.paid_amount, contested.reference) == ("due", None, "")
    paid = payments.record_payment(
        contested, by=client_side, version=contested.version, amount=fee.amount, paid_on=timezone.localdate()
    )
    done = payments.confirm(paid, by=provider_side, version=paid.version)

    assert done.status == "confirmed"


def test_what_is_paid_short_leaves_the_rest_due(project: Project, client_side: User) -> None:
    fee = project.payments.get(kind="entry_fee")

    payments.record_payment(
        fee, by=client_side, version=fee.version, amount=Decimal("15000"), paid_on=timezone.localdate()
    )

    assert [row for row in money(project) if row[0] == "entry_fee"] == [
        ("entry_fee", "15000.00", "recorded"),
        ("entry_fee", "5000.00", "due"),
    ]


@pytest.mark.parametrize(
    ("amount", "days", "field"), [("20000.01", 0, "amount"), ("0", 0, "amount"), ("1", 1, "paid_on")]
)
def test_a_payment_is_neither_more_than_due_nor_from_tomorrow(
    project: Project, client_side: User, amount: str, days: int, field: str
) -> None:
    fee = project.payments.get(kind="entry_fee")

    with pytest.raises(BadInput) as refusal:
        payments.record_payment(
            fee,
            by=client_side,
            version=fee.version,
            amount=Decimal(amount),
            paid_on=timezone.localdate() + timedelta(days=days),
        )

    assert list(refusal.value.fields) == [field]
    assert money(project)[0] == ("entry_fee", "20000.00", "due")


def test_nothing_is_paid_while_a_dispute_is_open(project: Project, client_side: User, provider_side: User) -> None:
    fee = project.payments.get(kind="entry_fee")
    project = projects.dispute(
        project, by=client_side, version=project.version, reason="delay", note="Two months late."
    )
    told: dict[str, Any] = {"by": client_side, "amount": fee.amount, "paid_on": timezone.localdate()}

    with pytest.raises(GuardFailed, match="In dispute"):
        payments.record_payment(fee, version=fee.version, **told)
    with pytest.raises(GuardFailed, match="no outcome yet"):
        projects.carry_on(project, by=provider_side, version=project.version)
    quarrel = project.disputes.get()
    quarrel = events.propose_outcome(quarrel, by=provider_side, version=quarrel.version, outcome="A month more.")
    with pytest.raises(NotAllowed, match="own side"):
        events.settle(quarrel, by=provider_side, version=quarrel.version)
    events.settle(quarrel, by=client_side, version=quarrel.version)
    projects.carry_on(project, by=provider_side, version=project.version)
    payments.record_payment(fee, version=fee.version, **told)

    assert money(project)[0] == ("entry_fee", "20000.00", "recorded")


def test_a_termination_needs_a_settlement_that_the_other_side_accepts(
    project: Project, client_side: User, provider_side: User
) -> None:
    project = projects.terminate(project, by=client_side, version=project.version, reason="failure", note="It cracks.")
    with pytest.raises(GuardFailed, match="accept a settlement"):
        projects.end(project, by=client_side, version=project.version)
    offer = events.propose_settlement(
        project, by=client_side, version=project.version, terms="Hand over the drawings.", amount=Decimal("12500")
    )
    with pytest.raises(BadInput, match="on the table"):
        events.propose_settlement(
            project, by=provider_side, version=project.version, terms="Keep them.", amount=Decimal(0)
        )
    events.agree(offer, by=provider_side, version=offer.version)

    ended = projects.end(project, by=provider_side, version=project.version)

    assert (ended.status, bool(ended.ended_at)) == ("terminated", True)
    assert money(project) == [
        ("entry_fee", "20000.00", "waived"),
        ("instalment", "50000.01", "waived"),
        ("instalment", "30000.00", "waived"),
        ("settlement", "12500.00", "due"),
    ]


def test_a_termination_that_is_called_off_takes_its_settlement_along(
    project: Project, client_side: User, provider_side: User
) -> None:
    project = projects.terminate(project, by=client_side, version=project.version, reason="plans", note="No market.")
    events.propose_settlement(project, by=client_side, version=project.version, terms="Stop.", amount=Decimal(0))

    projects.keep(project, by=provider_side, version=project.version, note="The market is back.")

    assert [each.status for each in Settlement.objects.all()] == ["rejected"]


def test_the_whole_is_accepted_when_every_part_is_and_closed_when_all_is_paid(
    project: Project, client_side: User, provider_side: User
) -> None:
    with pytest.raises(GuardFailed, match="M1 Prototype, M2 Acceptance"):
        projects.accept(project, by=client_side, version=project.version)
    for number in (1, 2):
        step = hand_in(project, provider_side, number)
        milestones.accept(step, by=client_side, version=step.version)
    project = projects.accept(project, by=client_side, version=project.version)
    with pytest.raises(GuardFailed, match="not confirmed yet: 3"):
        projects.close(project, by=provider_side, version=project.version)
    for payment in project.payments.all():
        paid = payments.record_payment(
            payment, by=client_side, version=payment.version, amount=payment.amount, paid_on=timezone.localdate()
        )
        payments.confirm(paid, by=provider_side, version=paid.version)

    assert projects.close(project, by=provider_side, version=project.version).status == "closed"


def test_a_royalty_follows_from_the_report_that_both_agree_on(
    project: Project, client_side: User, provider_side: User
) -> None:
    made = royalties.report(
        project,
        by=client_side,
        period_from=date(2026, 1, 1),
        period_through=date(2026, 6, 30),
        base=Decimal("1234567.89"),
    )
    contested = royalties.contest(made, by=provider_side, version=made.version, note="June is missing.")
    corrected = royalties.correct(contested, by=client_side, version=contested.version, base=Decimal("1300000"))
    royalties.confirm(corrected, by=provider_side, version=corrected.version)

    assert made.amount == Decimal("43209.88")
    assert money(project)[-1] == ("royalty", "45500.00", "due")
    with pytest.raises(BadInput, match="reported already"):
        royalties.report(
            project, by=client_side, period_from=date(2026, 6, 30), period_through=date(2026, 7, 31), base=Decimal(1)
        )


def test_a_notice_has_a_clock_in_working_days(project: Project, provider_side: User, client_side: User) -> None:
    notice = events.give_notice(project, by=provider_side, kind="failure", text="The coating does not hold.")

    assert (notice.giver, notice.addressee) == (project.contract.provider, project.contract.client)
    assert notice.answer_by >= timezone.localdate() + timedelta(days=5)
    assert events.acknowledge(notice, by=client_side, version=notice.version).status == "acknowledged"


def test_the_clock_tells_of_each_date_once(project: Project) -> None:
    today = timezone.localdate()
    project.milestones.filter(number=1).update(due_on=today + timedelta(days=3))
    project.milestones.filter(number=2).update(due_on=today - timedelta(days=1))

    first, second = reminders.sweep(), reminders.sweep()

    assert (first, second) == (2, 0)
    news = Entry.objects.filter(name__startswith="contracts.milestone.").order_by("name")
    assert [entry.name for entry in news] == ["contracts.milestone.due_soon", "contracts.milestone.overdue"]
    project.milestones.filter(number=2).update(due_on=today - timedelta(days=2))
    assert reminders.sweep() == 1
