"""What the page of a project shows: where it stands, plan against actual, money, and what is to be done by whom."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from clocks import between
from contracts.execution import events, milestones, payments, projects, royalties
from contracts.execution.calendars import key_for
from contracts.execution.forms import Sheet, sheets
from contracts.models import Milestone, Payment, Project
from journal.lifecycle import Lifecycle, Move
from journal.models import Entry, stream_of
from policy import allowed
from web.timeline import Happening, happening
from web.wording import grouped, money

MOST = 100
"""How many payments, reports, notices and the like a page shows."""
HAPPENINGS = 40
"""How many entries the timeline of a project shows."""


@dataclass
class Line:
    """One thing that hangs on a project, with what this reader may do with it now."""

    subject: Any
    moves: list[Move]
    sheets: list[Sheet] = field(default_factory=list)
    parts: Sequence[Any] = ()
    bar: "Bar | None" = None
    files_here: bool = False
    files_url: str = ""


@dataclass(frozen=True)
class Bar:
    """Plan against actual on one line: positions in per cent of the project's time."""

    start: float
    width: float
    done: float | None
    today: float | None


def line(subject: Lifecycle, user: User, use_cases: Container[str]) -> Line:
    """The subject with the buttons and the forms that a page can offer this reader."""
    moves = [move for _to, move in subject.moves(user) if move.action in use_cases]
    return Line(subject, moves, sheets(subject, user))


def project_page(project: Project, user: User) -> dict[str, Any]:
    """Everything on the page of one project."""
    steps = list(with_deliverables(project))
    due = list(project.payments.select_related("milestone"))
    moves = [move for _to, move in project.moves(user) if move.action in projects.PROJECT_ACTIONS]
    return {
        "project": project,
        "contract": project.contract,
        "steps": way(project),
        "facts": facts(project),
        "calendar_key": key_for(user, project),
        "clock": clock(project, steps, due),
        "onward": [move for move in moves if move.tone == "primary"],
        "otherwise": [move for move in moves if move.tone != "primary"],
        "sheets": sheets(project, user),
        "milestones": [milestone_line(each, project, steps, user) for each in steps],
        "payments": lines(due, project, user, payments.PAYMENT_ACTIONS),
        "money": sums(project),
        "royalties": lines(project.royalty_reports.all(), project, user, royalties.ROYALTY_ACTIONS),
        "notices": lines(project.notices.select_related("giver", "addressee"), project, user, events.NOTICE_ACTIONS),
        "disputes": lines(
            project.disputes.select_related("opened_by", "proposed_by"), project, user, events.DISPUTE_ACTIONS
        ),
        "settlements": lines(
            project.settlements.select_related("proposed_by"), project, user, events.SETTLEMENT_ACTIONS
        ),
        "happenings": happenings(project, steps, due) if allowed(user, "project.history", project) else None,
    }


def facts(project: Project) -> list[dict[str, Any]]:
    """The project at a glance."""
    contract = project.contract
    price = money(project.total, project.currency) if project.total is not None else _("royalty only")
    return [
        {"label": _("Client"), "value": contract.client.name, "url": contract.client.get_absolute_url()},
        {"label": _("Provider"), "value": contract.provider.name, "url": contract.provider.get_absolute_url()},
        {"label": _("Third party"), "value": contract.government.name if contract.government else ""},
        {"label": _("Fixed price"), "value": price},
        {"label": _("Royalty"), "value": f"{grouped(project.royalty_percent)} %" if project.royalty_percent else ""},
        {"label": _("Planned end"), "value": date_format(project.planned_end) if project.planned_end else ""},
    ]


def lines(subjects: Any, project: Project, user: User, use_cases: Container[str]) -> list[Line]:
    """A line for each, the first `MOST` of them; all know the project, so that nothing is asked again."""
    shown = list(subjects[:MOST])
    for each in shown:
        each.project = project
    return [line(each, user, use_cases) for each in shown]


def with_deliverables(project: Project) -> Any:
    """The milestones with their files, in two queries."""
    return project.milestones.prefetch_related("deliverables").select_related("project")


def milestone_line(milestone: Milestone, project: Project, steps: Sequence[Milestone], user: User) -> Line:
    """A milestone with its files and its place in the project's time."""
    milestone.project = project
    found = line(milestone, user, milestones.MILESTONE_ACTIONS)
    found.parts = list(milestone.deliverables.all())
    found.bar = bar(milestone, project, steps)
    owed = (each for each in steps if each.status in Milestone.OWED)
    found.files_here = milestone is next(owed, None)
    if allowed(user, "milestone.files", milestone):
        found.files_url = reverse("files:attachments", args=["milestone", milestone.pk])
    return found


def bar(milestone: Milestone, project: Project, steps: Sequence[Milestone]) -> Bar:
    """From the milestone before (or the beginning) to its date; `done` is when it was accepted or last handed in."""
    begin, today = timezone.localdate(project.started_at), timezone.localdate()
    end = max(*(each.due_on for each in steps), today)
    before = max((each.due_on for each in steps if each.due_on < milestone.due_on), default=begin)
    start = place(max(before, begin), begin, end)
    reached = milestone.decided_at if milestone.status == Milestone.Status.ACCEPTED else milestone.submitted_at
    return Bar(
        start=start,
        width=max(place(milestone.due_on, begin, end) - start, 1.0),
        done=place(timezone.localdate(reached), begin, end) if reached else None,
        today=place(today, begin, end) if project.status in Project.RUNNING else None,
    )


def place(day: date, begin: date, end: date) -> float:
    """Where a day lies between the two, in per cent, not outside of them."""
    length = max((end - begin).days, 1)
    return round(100 * min(max((day - begin).days / length, 0.0), 1.0), 1)


def sums(project: Project) -> dict[str, Decimal]:
    """Agreed, due, paid and received, by adding up the payments that count."""
    by_state = {
        row["status"]: row["amount"]
        for row in project.payments.order_by().values("status").annotate(amount=Sum("amount"))
    }
    nothing, states = Decimal(0), Payment.Status
    return {
        "planned": by_state.get(states.PLANNED, nothing),
        "due": by_state.get(states.DUE, nothing),
        "recorded": by_state.get(states.RECORDED, nothing),
        "confirmed": by_state.get(states.CONFIRMED, nothing),
    }


def clock(project: Project, steps: Sequence[Milestone], due: Sequence[Payment]) -> str:
    """Who owes whom what, most urgent first."""
    parties = project.contract
    if project.status == Project.Status.DISPUTED:
        return _("Both parties are to find an outcome of the dispute")
    if project.status == Project.Status.TERMINATING:
        return _("Both parties are to agree on a settlement")
    if project.status == Project.Status.SUSPENDED:
        return _("The work stands still until a party resumes it")
    if project.status == Project.Status.PERFORMING:
        for each in steps:
            if each.status == Milestone.Status.SUBMITTED:
                return _("%(organization)s is to answer M%(number)s") % {
                    "organization": parties.client.name,
                    "number": each.number,
                }
    if any(each.status == Payment.Status.DUE for each in due):
        return _("%(organization)s owes a payment") % {"organization": parties.client.name}
    if project.status == Project.Status.PERFORMING:
        for each in steps:
            if each.status != Milestone.Status.ACCEPTED:
                return next_delivery(each, parties.provider.name)
        return _("%(organization)s is to accept the whole") % {"organization": parties.client.name}
    return ""


def next_delivery(milestone: Milestone, provider: str) -> str:
    """What the provider has to show next, and how many working days are left or over."""
    left = between(timezone.localdate(), milestone.due_on)
    said = {"organization": provider, "number": milestone.number, "days": abs(left)}
    if left < 0:
        return _("%(organization)s owes M%(number)s, %(days)s working days late") % said
    return _("%(organization)s owes M%(number)s in %(days)s working days") % said


def way(project: Project) -> list[dict[str, Any]]:
    """Where the project stands on the way from the posts."""
    contract = project.contract
    return [
        {"label": _("Need"), "state": "done", "url": contract.match.need.get_absolute_url()},
        {"label": _("Achievement"), "state": "done", "url": contract.match.achievement.get_absolute_url()},
        {"label": _("Match"), "state": "done", "url": contract.match.get_absolute_url()},
        {"label": _("Contract"), "state": "done", "url": contract.get_absolute_url()},
        {"label": _("Project"), "state": "current", "note": project.get_status_display()},
    ]


def happenings(project: Project, steps: Sequence[Milestone], due: Sequence[Payment]) -> list[Happening]:
    """What happened to the project, its milestones and its payments, the newest first, in one query."""
    subjects = {stream_of(each): each for each in (project, *steps, *due)}
    entries = Entry.objects.filter(stream__in=list(subjects)).select_related("actor").order_by("-at", "-pk")
    return [happening(entry, subjects[entry.stream]) for entry in entries[:HAPPENINGS]]
