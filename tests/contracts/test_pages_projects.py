"""The pages of projects: plan, money, forms that come back with their faults, and who sees none of it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from contracts.models import Payment, Project, ProjectNotice
from tests.projects import MilestoneFactory, PaymentFactory, ProjectFactory, attached, notice

pytestmark = pytest.mark.django_db


def test_the_page_says_who_owes_what(english: Client, project: Project, provider_side: User) -> None:
    english.force_login(provider_side)

    html = english.get(project.get_absolute_url()).content.decode()

    assert "owes a payment" in html
    assert "M1" in html
    assert "CNY 50,000.01" in html
    assert "Submit for acceptance" in html
    assert "Record the payment" not in html


def test_what_is_late_says_so(english: Client, project: Project, client_side: User) -> None:
    project.milestones.filter(number=1).update(due_on=timezone.localdate() - timedelta(days=7))
    english.force_login(client_side)

    html = english.get(project.get_absolute_url()).content.decode()

    assert "Overdue" in html


def test_a_stranger_learns_nothing(english: Client, project: Project, outsider: User) -> None:
    english.force_login(outsider)

    assert english.get(project.get_absolute_url()).status_code == 404
    payment = project.payments.get(number=1)
    assert english.post(f"/payments/{payment.pk}/record/", {"version": 1}).status_code == 404


def test_a_form_comes_back_with_its_faults(english: Client, project: Project, client_side: User) -> None:
    english.force_login(client_side)
    fee = project.payments.get(number=1)

    answer = english.post(
        f"/payments/{fee.pk}/record/",
        {"version": fee.version, "amount": "99999999", "paid_on": timezone.localdate().isoformat(), "reference": "R1"},
    )

    assert answer.status_code == 400
    assert "At most what is due" in answer.content.decode()
    assert 'value="R1"' in answer.content.decode()
    fee.refresh_from_db()
    assert fee.status == "due"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"version": "x", "amount": "1", "paid_on": "2026-01-01"},
        {"version": "1", "amount": "NaN", "paid_on": "2026-01-01"},
        {"version": "1", "amount": "1e400", "paid_on": "2026-01-01"},
        {"version": "1", "amount": "-1", "paid_on": "2026-01-01"},
        {"version": "1", "amount": "1.001", "paid_on": "2026-01-01"},
        {"version": "1", "amount": "1", "paid_on": "0000-00-00"},
        {"version": "1", "amount": "1", "paid_on": "2026-01-01", "reference": "<b>x</b>"},
        {"version": "1", "amount": "1", "paid_on": "2026-01-01", "reference": "x" * 81},
        {"version": "99999999999999999999", "amount": "1", "paid_on": "2026-01-01"},
    ],
)
def test_bad_input_is_a_clear_refusal_and_leaves_nothing(
    english: Client, project: Project, client_side: User, said: dict[str, str]
) -> None:
    english.force_login(client_side)
    fee = project.payments.get(number=1)

    answer = english.post(f"/payments/{fee.pk}/record/", said)

    assert answer.status_code == 400
    assert list(Payment.objects.filter(pk=fee.pk).values_list("status", "version")) == [("due", fee.version)]


def test_a_stale_form_says_so(english: Client, project: Project, client_side: User) -> None:
    english.force_login(client_side)
    fee = project.payments.get(number=1)

    answer = english.post(
        f"/payments/{fee.pk}/record/",
        {"version": fee.version + 1, "amount": "1", "paid_on": timezone.localdate().isoformat()},
    )

    assert answer.status_code == 409


def test_a_notice_is_given_and_acknowledged_on_the_page(
    english: Client, project: Project, client_side: User, provider_side: User
) -> None:
    english.force_login(provider_side)
    english.post(f"/projects/{project.pk}/give_notice/", {"kind": "risk", "text": "The oven is down until May."})
    given = ProjectNotice.objects.get()
    english.force_login(client_side)

    page = english.get(project.get_absolute_url()).content.decode()
    english.post(f"/notices/{given.pk}/acknowledge/", {"version": given.version})

    assert "The oven is down until May." in page
    given.refresh_from_db()
    assert given.status == "acknowledged"


def test_the_calendar_opens_with_its_key_and_for_nobody_else(
    client: Client, english: Client, project: Project, client_side: User, outsider: User
) -> None:
    english.force_login(client_side)
    page = english.get(project.get_absolute_url()).content.decode()
    address = page.split(f'href="/projects/{project.pk}/calendar.ics', 1)[1].split('"')[0]
    english.logout()

    feed = Client().get(f"/projects/{project.pk}/calendar.ics{address}")
    other = ProjectFactory.create()

    assert feed.status_code == 200
    assert "DTSTART;VALUE=DATE:20990301" in feed.content.decode()
    assert Client().get(f"/projects/{other.pk}/calendar.ics{address}").status_code == 404
    assert Client().get(f"/projects/{project.pk}/calendar.ics?key=made-up").status_code == 404
    client_side.memberships.update(until=timezone.now())
    assert Client().get(f"/projects/{project.pk}/calendar.ics{address}").status_code == 404


def grow(project: Project, number: int) -> None:
    for _ in range(number):
        step = MilestoneFactory.create(project=project)
        attached(step)
        PaymentFactory.create(project=project, milestone=step, kind="royalty", amount=Decimal(5))
        notice(project, "given")


def test_the_page_takes_no_more_queries_for_more(
    client: Client, project: Project, client_side: User, count_queries: Callable[[str], int]
) -> None:
    client.force_login(client_side)
    grow(project, 1)
    few = count_queries(project.get_absolute_url())

    grow(project, 3)

    assert count_queries(project.get_absolute_url()) == few


def test_the_list_takes_no_more_queries_for_more(
    client: Client, project: Project, administrator: User, count_queries: Callable[[str], int]
) -> None:
    client.force_login(administrator)
    few = count_queries("/projects/")

    ProjectFactory.create_batch(3)

    assert count_queries("/projects/") == few


def test_the_desk_says_what_each_side_owes(
    english: Client, project: Project, client_side: User, provider_side: User
) -> None:
    project.milestones.filter(number=1).update(due_on=timezone.localdate() - timedelta(days=1))
    notice(project, "given")

    english.force_login(client_side)
    for_client = english.get("/desk/").content.decode()
    english.force_login(provider_side)
    for_provider = english.get("/desk/").content.decode()

    assert "Pay Entry fee 1" in for_client
    assert "Acknowledge the notice: Risk" in for_client
    assert "Hand in M1 Prototype" not in for_client
    assert "Hand in M1 Prototype" in for_provider
    assert "Overdue" in for_provider
    assert "Pay Entry fee 1" not in for_provider
