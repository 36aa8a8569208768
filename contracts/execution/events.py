"""Use cases of what comes between: notices, the outcome of a dispute, the settlement of a termination."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from clocks import after
from contracts.execution.projects import side_of
from contracts.models import Dispute, Project, ProjectNotice, Settlement
from contracts.models.events import ANSWER_DAYS
from journal.errors import BadInput, NotAllowed, StaleVersion
from journal.recording import record
from policy import decide


@transaction.atomic
def give_notice(project: Project, *, by: User, kind: str, text: str, measure: str = "") -> ProjectNotice:
    """One party tells the other of a risk, a change or a failure; the other is to acknowledge it within a clock."""
    current = Project.locked(project.pk)
    if not (decision := decide(by, "project.give_notice", current)):
        raise NotAllowed(decision.reason)
    giver, contract = side_of(current, by), current.contract
    addressee = contract.provider if giver.pk == contract.client_id else contract.client
    answer_by = after(timezone.localdate(), ANSWER_DAYS)
    notice = ProjectNotice.objects.create(
        project=current, kind=kind, text=text, measure=measure, giver=giver, addressee=addressee, answer_by=answer_by
    )
    record(notice, "given", by=by, data={"kind": kind, "answer_by": answer_by, "project": current.pk})
    return notice


def acknowledge(notice: ProjectNotice, *, by: User, version: int, reason: str = "", note: str = "") -> ProjectNotice:
    """The other party confirms that it knows."""
    return notice.move_to(ProjectNotice.Status.ACKNOWLEDGED, by=by, expected=version, note=note)


@transaction.atomic
def propose_outcome(dispute: Dispute, *, by: User, version: int, outcome: str) -> Dispute:
    """A party writes down how the dispute might end; it takes the place of what was proposed before."""
    project = Project.locked(dispute.project_id)
    current = Dispute.locked(dispute.pk, version=version)
    if not (decision := decide(by, "dispute.propose", current)):
        raise NotAllowed(decision.reason)
    current.apply({"outcome": outcome, "proposed_by": side_of(project, by), "version": current.version + 1})
    record(current, "outcome_proposed", by=by, data={"version": current.version})
    return current


def settle(dispute: Dispute, *, by: User, version: int, reason: str = "", note: str = "") -> Dispute:
    """The other party accepts the outcome."""
    return dispute.move_to(Dispute.Status.SETTLED, by=by, expected=version, note=note)


def give_up(dispute: Dispute, *, by: User, version: int, reason: str = "", note: str = "") -> Dispute:
    """A party declares that the mediation has failed; what remains is termination, court or arbitration."""
    return dispute.move_to(Dispute.Status.FAILED, by=by, expected=version, note=note)


@transaction.atomic
def propose_settlement(project: Project, *, by: User, version: int, terms: str, amount: Decimal) -> Settlement:
    """A party proposes how the termination is wound up; the other side answers before there can be a next one."""
    current = Project.locked(project.pk)
    if current.version != version:
        raise StaleVersion(_("It was changed while you were looking at it. Reload the page and decide again."))
    if not (decision := decide(by, "project.propose_settlement", current)):
        raise NotAllowed(decision.reason)
    if current.settlements.exclude(status=Settlement.Status.REJECTED).exists():
        raise BadInput(_("A settlement is on the table already. Answer it first."))
    settlement = Settlement.objects.create(
        project=current, terms=terms, amount=amount, proposed_by=side_of(current, by)
    )
    record(settlement, "proposed", by=by, data={"amount": amount, "project": current.pk})
    return settlement


def agree(settlement: Settlement, *, by: User, version: int, reason: str = "", note: str = "") -> Settlement:
    """The other party accepts the settlement."""
    return settlement.move_to(Settlement.Status.AGREED, by=by, expected=version, note=note)


def reject(settlement: Settlement, *, by: User, version: int, reason: str = "", note: str = "") -> Settlement:
    """The other party does not accept the settlement and says why."""
    return settlement.move_to(Settlement.Status.REJECTED, by=by, expected=version, note=note)


NOTICE_ACTIONS: Mapping[str, Callable[..., ProjectNotice]] = {"acknowledge": acknowledge}
DISPUTE_ACTIONS: Mapping[str, Callable[..., Dispute]] = {"settle": settle, "give_up": give_up}
SETTLEMENT_ACTIONS: Mapping[str, Callable[..., Settlement]] = {"agree": agree, "reject": reject}
