"""Who may do what with a contract in execution, written down by hand; see tests/policy/by_hand.py."""

from collections.abc import Mapping

from tests.policy.personas import (
    ADMINISTRATORS,
    EITHER_SIDE,
    EVERYBODY,
    FOR_EITHER_SIDE,
    FOR_ENTERPRISE,
    FOR_UNIVERSITY,
    OF_UNIVERSITY,
)

ELSEWHERE = "of a government elsewhere"

STATES = {
    "project": "performing suspended disputed terminating accepted closed terminated",
    "milestone": "scheduled submitted returned partially_met accepted",
    "payment": "planned due recorded confirmed waived",
    "royalty_report": "reported contested confirmed",
    "project_notice": "given acknowledged",
    "dispute": "open settled failed",
    "settlement": "proposed agreed rejected",
}


def cells(noun: str, states: str, personas: str) -> dict[str, str]:
    """The same personas in these states, whichever government takes part."""
    return {f"{kind} {state}": personas for kind in (noun, f"{noun} {ELSEWHERE}") for state in states.split()}


def reading(noun: str) -> dict[str, dict[str, str]]:
    """Parties and administrators read everything; supervisors what lies in their scope or what they co-signed."""
    states = STATES[noun]
    return {
        f"{noun}.view": cells(noun, states, f"{EITHER_SIDE} {ADMINISTRATORS} supervisor")
        | {
            f"{noun} {ELSEWHERE} {state}": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor supervisor_elsewhere"
            for state in states.split()
        },
        f"{noun}.history": cells(noun, states, f"{EITHER_SIDE} {ADMINISTRATORS}"),
    }


TABLE: Mapping[str, Mapping[str, str]] = {
    **{action: row for noun in STATES for action, row in reading(noun).items()},
    "project.calendar": {"": EVERYBODY},
    # The client accepts; either side may interrupt; nobody ends it alone: a settlement needs both.
    "project.accept": cells("project", "performing", FOR_ENTERPRISE),
    "project.suspend": cells("project", "performing", FOR_EITHER_SIDE),
    "project.resume": cells("project", "suspended", FOR_EITHER_SIDE),
    "project.dispute": cells("project", "performing", FOR_EITHER_SIDE),
    "project.carry_on": cells("project", "disputed", FOR_EITHER_SIDE),
    "project.terminate": cells("project", "performing suspended disputed", FOR_EITHER_SIDE),
    "project.keep": cells("project", "terminating", FOR_EITHER_SIDE),
    "project.end": cells("project", "terminating", FOR_EITHER_SIDE),
    "project.propose_settlement": cells("project", "terminating", FOR_EITHER_SIDE),
    "project.close": cells("project", "accepted", FOR_EITHER_SIDE),
    "project.give_notice": cells("project", "performing suspended disputed terminating", FOR_EITHER_SIDE),
    "project.report_royalty": cells("project", "performing suspended disputed accepted", FOR_ENTERPRISE),
    # Who does the work hands it in; who pays for it judges it.
    "milestone.files": cells("milestone", STATES["milestone"], f"{EITHER_SIDE} {ADMINISTRATORS}"),
    "milestone.deliver": cells("milestone", "scheduled returned partially_met", OF_UNIVERSITY),
    "milestone.submit": cells("milestone", "scheduled returned partially_met", FOR_UNIVERSITY),
    "milestone.accept": cells("milestone", "submitted", FOR_ENTERPRISE),
    "milestone.accept_in_part": cells("milestone", "submitted", FOR_ENTERPRISE),
    "milestone.return": cells("milestone", "submitted", FOR_ENTERPRISE),
    # Who pays records it, who receives confirms it; government is never paid and never pays.
    "payment.fall_due": cells("payment", "planned", "platform"),
    "payment.record": cells("payment", "due", FOR_ENTERPRISE),
    "payment.confirm": cells("payment", "recorded", FOR_UNIVERSITY),
    "payment.contest": cells("payment", "recorded", FOR_UNIVERSITY),
    "payment.waive": cells("payment", "planned due", f"{FOR_UNIVERSITY} platform"),
    "royalty_report.confirm": cells("royalty_report", "reported", FOR_UNIVERSITY),
    "royalty_report.contest": cells("royalty_report", "reported", FOR_UNIVERSITY),
    "royalty_report.correct": cells("royalty_report", "contested", FOR_ENTERPRISE),
    # The provider gave the notice, so the client acknowledges it.
    "project_notice.acknowledge": cells("project_notice", "given", FOR_ENTERPRISE),
    "dispute.propose": cells("dispute", "open", FOR_EITHER_SIDE),
    "dispute.give_up": cells("dispute", "open", FOR_EITHER_SIDE),
    # The provider proposed the outcome and the client the settlement: only the other side accepts.
    "dispute.settle": cells("dispute", "open", "enterprise_manager"),
    "settlement.agree": cells("settlement", "proposed", "university_manager"),
    "settlement.reject": cells("settlement", "proposed", "university_manager platform"),
}

ARROWS: Mapping[str, frozenset[str]] = {
    "project": frozenset(
        {
            "performing -accept-> accepted",
            "performing -suspend-> suspended",
            "performing -dispute-> disputed",
            "performing -terminate-> terminating",
            "suspended -resume-> performing",
            "suspended -terminate-> terminating",
            "disputed -carry_on-> performing",
            "disputed -terminate-> terminating",
            "terminating -end-> terminated",
            "terminating -keep-> performing",
            "accepted -close-> closed",
        }
    ),
    "milestone": frozenset(
        {
            "scheduled -submit-> submitted",
            "submitted -accept-> accepted",
            "submitted -accept_in_part-> partially_met",
            "submitted -return-> returned",
            "returned -submit-> submitted",
            "partially_met -submit-> submitted",
        }
    ),
    "payment": frozenset(
        {
            "planned -fall_due-> due",
            "planned -waive-> waived",
            "due -record-> recorded",
            "due -waive-> waived",
            "recorded -confirm-> confirmed",
            "recorded -contest-> due",
        }
    ),
    "royalty_report": frozenset(
        {"reported -confirm-> confirmed", "reported -contest-> contested", "contested -correct-> reported"}
    ),
    "project_notice": frozenset({"given -acknowledge-> acknowledged"}),
    "dispute": frozenset({"open -settle-> settled", "open -give_up-> failed"}),
    "settlement": frozenset({"proposed -agree-> agreed", "proposed -reject-> rejected"}),
}
