"""Rows for contracts in execution: the provider delivers, the client judges and pays, the other side answers."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from policy import Alongside, Filled, InScope, Represents, Rule, Supervises, Uninvolved, WorksFor, allow


def hanging_on(path: str) -> tuple[str, str]:
    """The look-ups of both parties from an object that hangs on a project."""
    return f"{path}contract__client_id", f"{path}contract__provider_id"


def in_scope(path: str) -> InScope:
    """Within the scope of a supervisor, from an object that hangs on a project."""
    return InScope(
        regions=(f"{path}contract__client__region__code", f"{path}contract__provider__region__code"),
        chain=f"{path}contract__match__need__chain_nodes__chain__code",
    )


def readers(noun: str, path: str) -> Iterator[Rule]:
    """Who may read a project and what hangs on it: the parties, their government, and those who oversee."""
    actions = f"{noun}.view {noun}.history"
    yield from allow("member", actions, to=WorksFor(*hanging_on(path)), because=_("Your organization is a party."))
    yield from allow("administrator", actions, because=_("Administrators oversee all projects."))
    yield from allow(
        "supervisor", f"{noun}.view", to=in_scope(path),
        because=_("It lies in the region and chain that you supervise."),
    )  # fmt: skip
    yield from allow(
        "supervisor", f"{noun}.view", to=Supervises(f"{path}contract__government_id"),
        because=_("Your organization is the third party."),
    )  # fmt: skip


SPEAKS = _("You may speak for a party.")
SPEAKERS = Represents(*hanging_on(""))
OF_PROJECT = hanging_on("project__")
CLIENT, PROVIDER = Represents(OF_PROJECT[0]), Represents(OF_PROJECT[1])
EITHER = Represents(*OF_PROJECT)
IS_CLIENT = _("You may speak for the client.")
IS_PROVIDER = _("You may speak for the provider.")
NOT_ONES_OWN = _("Your own side has proposed this. The other one answers.")
"""Nobody accepts his own proposal."""

RULES = (
    *readers("project", ""),
    *allow(
        "visitor member",
        "project.calendar",
        because=_("A calendar program shows a signed key; what it may see is asked of the key's owner."),
    ),
    *readers("milestone", "project__"),
    *readers("payment", "project__"),
    *readers("royalty_report", "project__"),
    *readers("project_notice", "project__"),
    *readers("dispute", "project__"),
    *readers("settlement", "project__"),
    *allow("member", "project.accept", to=Represents("contract__client_id"), when="performing", because=IS_CLIENT),
    *allow("member", "project.suspend", to=SPEAKERS, when="performing", because=SPEAKS),
    *allow("member", "project.dispute", to=SPEAKERS, when="performing", because=SPEAKS),
    *allow("member", "project.resume", to=SPEAKERS, when="suspended", because=SPEAKS),
    *allow("member", "project.carry_on", to=SPEAKERS, when="disputed", because=SPEAKS),
    *allow(
        "member",
        "project.terminate",
        to=SPEAKERS,
        when="performing suspended disputed",
        because=SPEAKS,
    ),
    *allow(
        "member",
        "project.keep project.end project.propose_settlement",
        to=SPEAKERS,
        when="terminating",
        because=SPEAKS,
    ),
    *allow("member", "project.close", to=SPEAKERS, when="accepted", because=SPEAKS),
    *allow(
        "member",
        "project.give_notice",
        to=SPEAKERS,
        when="performing suspended disputed terminating",
        because=SPEAKS,
    ),
    *allow(
        "member",
        "project.report_royalty",
        to=Alongside(Represents("contract__client_id"), Filled("royalty_percent")),
        when="performing suspended disputed accepted",
        because=IS_CLIENT,
    ),
    *allow("member", "milestone.files", to=WorksFor(*OF_PROJECT), because=_("Your organization is a party.")),
    *allow("administrator", "milestone.files", because=_("Administrators oversee all projects.")),
    *allow(
        "member",
        "milestone.deliver",
        to=WorksFor(OF_PROJECT[1]),
        when="scheduled returned partially_met",
        because=_("Your organization is the provider."),
    ),
    *allow("member", "milestone.submit", to=PROVIDER, when="scheduled returned partially_met", because=IS_PROVIDER),
    *allow(
        "member",
        "milestone.accept milestone.accept_in_part milestone.return",
        to=CLIENT,
        when="submitted",
        because=IS_CLIENT,
    ),
    *allow("platform", "payment.fall_due", when="planned", because=_("What is agreed falls due by itself.")),
    *allow(
        "platform", "payment.waive", when="planned due", because=_("A settlement takes the place of what was open.")
    ),
    *allow("member", "payment.waive", to=PROVIDER, when="planned due", because=IS_PROVIDER),
    *allow("member", "payment.record", to=CLIENT, when="due", because=IS_CLIENT),
    *allow("member", "payment.confirm payment.contest", to=PROVIDER, when="recorded", because=IS_PROVIDER),
    *allow(
        "member",
        "royalty_report.confirm royalty_report.contest",
        to=PROVIDER,
        when="reported",
        because=IS_PROVIDER,
    ),
    *allow("member", "royalty_report.correct", to=CLIENT, when="contested", because=IS_CLIENT),
    *allow(
        "member",
        "project_notice.acknowledge",
        to=Represents("addressee_id"),
        when="given",
        because=_("The notice is addressed to your organization."),
    ),
    *allow("member", "dispute.propose dispute.give_up", to=EITHER, when="open", because=SPEAKS),
    *allow(
        "member",
        "dispute.settle",
        to=Alongside(EITHER, Filled("proposed_by_id"), Uninvolved("proposed_by_id"), denial=NOT_ONES_OWN),
        when="open",
        because=SPEAKS,
    ),
    *allow(
        "member",
        "settlement.agree settlement.reject",
        to=Alongside(EITHER, Uninvolved("proposed_by_id"), denial=NOT_ONES_OWN),
        when="proposed",
        because=SPEAKS,
    ),
    *allow("platform", "settlement.reject", when="proposed", because=_("The termination was called off.")),
)
