"""Who may do what, written down by hand from the rules of collaboration and from nothing else.

`TABLE[action][object] = personas`; whoever is not named may not. Objects are named as in tests/world.py, "noun" or
"noun state"; an object that is not named means nobody. tests/policy/test_by_hand.py compares this with the table in
force, so a change of the policy has to be said twice.
"""

from collections.abc import Mapping

from tests.policy import by_hand_execution
from tests.policy.by_hand_ground import GROUND
from tests.policy.by_hand_posts import POSTS
from tests.policy.by_hand_rooms import ROOMS
from tests.policy.personas import (
    ADMINISTRATORS,
    ANYWHERE,
    EITHER_SIDE,
    EVERYBODY,
    FOR_EITHER_SIDE,
    FOR_ENTERPRISE,
    FOR_UNIVERSITY,
    LOGGED_IN,
    OF_ENTERPRISE,
    OF_UNIVERSITY,
    SUPERVISORS,
)

CONTRACT_STATES = "drafting negotiating agreed frozen signing declined expired effective withdrawn"
ELSEWHERE = "contract of a government elsewhere"


def contracts(states: str, personas: str) -> dict[str, str]:
    """The same personas for contracts in these states, whether a government was asked to take part or not."""
    nouns = ("contract", "contract without a government")
    return {f"{noun} {state}": personas for noun in nouns for state in states.split()}


TABLE: Mapping[str, Mapping[str, str]] = {
    **GROUND,
    **POSTS,
    **ROOMS,
    "catalogue.search": {ANYWHERE: EVERYBODY},
    "chain.view": {ANYWHERE: EVERYBODY},
    "review.view": {ANYWHERE: ADMINISTRATORS},
    "oversight.view": {ANYWHERE: f"{SUPERVISORS} {ADMINISTRATORS}"},
    "match.rematch": {ANYWHERE: ADMINISTRATORS},
    # The engine is the administrators' affair; a rule that is in force can no longer be changed, only retired.
    "engine.view": {ANYWHERE: ADMINISTRATORS},
    "glossary.view": {ANYWHERE: ADMINISTRATORS},
    "glossary.edit": {ANYWHERE: ADMINISTRATORS},
    "ranker.view": {ANYWHERE: ADMINISTRATORS},
    "ranker.learn": {ANYWHERE: ADMINISTRATORS},
    # Only a comparison lets a ranker serve for the first time; administrators can go back.
    "ranker.promote": {"ranker trained": "platform"},
    "ranker.reject": {"ranker trained": "platform"},
    "ranker.retire": {"ranker promoted": f"{ADMINISTRATORS} platform"},
    "ranker.restore": {"ranker retired": ADMINISTRATORS},
    "rule.view": {ANYWHERE: ADMINISTRATORS},
    "rule.create": {ANYWHERE: ADMINISTRATORS},
    "rule.edit": {"rule draft": ADMINISTRATORS, "rule trialled": ADMINISTRATORS},
    "rule.try": {"rule draft": ADMINISTRATORS, "rule trialled": ADMINISTRATORS},
    "rule.note_trial": {"rule draft": "platform", "rule trialled": "platform"},
    "rule.enact": {"rule trialled": ADMINISTRATORS},
    "rule.retire": {
        "rule draft": ADMINISTRATORS,
        "rule trialled": ADMINISTRATORS,
        "rule in_force": ADMINISTRATORS,
    },
    "import.create": {"import": OF_ENTERPRISE, "import of the university": OF_UNIVERSITY},
    "import.view": {
        "import": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "import of the university": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
    },
    "import.publish": {
        "import": "administrator administrator_of_university",
        "import of the university": "administrator administrator_of_enterprise",
    },
    # Two sides and the administrators know of a match; supervisors only once both sides want it.
    "match.view": {
        "match suggested": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match one_sided": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match mutual": f"{EITHER_SIDE} broker {ADMINISTRATORS} supervisor",
        "match declined": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match approved": f"{EITHER_SIDE} broker {ADMINISTRATORS} supervisor",
        "match refused": f"{EITHER_SIDE} broker {ADMINISTRATORS} supervisor",
        "match lapsed": ADMINISTRATORS,
        "match the enterprise wanted lapsed": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "match the university wanted lapsed": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "match the university wants one_sided": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
    },
    "match.history": {
        "match suggested": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match one_sided": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match mutual": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match declined": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match approved": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match refused": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "match lapsed": ADMINISTRATORS,
        "match the enterprise wanted lapsed": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "match the university wanted lapsed": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "match the university wants one_sided": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
    },
    # Each side speaks once, by somebody who may speak for it.
    "match.express_interest": {
        "match suggested": f"{FOR_EITHER_SIDE} broker",
        "match one_sided": f"{FOR_UNIVERSITY} broker",
        "match the university wants one_sided": f"{FOR_ENTERPRISE} broker",
    },
    "match.decline": {
        "match suggested": f"{FOR_EITHER_SIDE} broker",
        "match one_sided": f"{FOR_EITHER_SIDE} broker",
        "match the university wants one_sided": f"{FOR_EITHER_SIDE} broker",
        "match mutual": f"{FOR_EITHER_SIDE} broker",
    },
    # Never without mutual interest, never by one of the parties.
    "match.approve": {"match mutual": "administrator"},
    "match.refuse": {"match mutual": "administrator"},
    "match.lapse": {
        "match suggested": "platform",
        "match one_sided": "platform",
        "match the university wants one_sided": "platform",
        "match mutual": "platform",
    },
    "match.suggest": {
        "match lapsed": "platform",
        "match the enterprise wanted lapsed": "platform",
        "match the university wanted lapsed": "platform",
    },
    "contract.view": {
        **contracts(CONTRACT_STATES, f"{EITHER_SIDE} {ADMINISTRATORS} supervisor"),
        f"{ELSEWHERE} negotiating": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor supervisor_elsewhere",
    },
    "contract.history": {
        **contracts(CONTRACT_STATES, f"{EITHER_SIDE} {ADMINISTRATORS}"),
        f"{ELSEWHERE} negotiating": f"{EITHER_SIDE} {ADMINISTRATORS}",
    },
    # The government that was asked joins; where nobody was asked, whoever is in charge of region and chain.
    "contract.join": {
        **contracts("drafting negotiating", "supervisor"),
        "contract without a government agreed": "supervisor",
        f"{ELSEWHERE} negotiating": "supervisor_elsewhere",
    },
    # Only the two parties negotiate; the government never does.
    "contract.negotiate": contracts("drafting", FOR_EITHER_SIDE),
    "contract.edit": contracts("drafting", FOR_EITHER_SIDE),
    "contract.propose": {
        **contracts("negotiating", FOR_EITHER_SIDE),
        f"{ELSEWHERE} negotiating": FOR_EITHER_SIDE,
    },
    # Whoever works on it may remark and calculate; only who speaks for a side proposes and accepts.
    "contract.comment": {
        **contracts("negotiating agreed", EITHER_SIDE),
        f"{ELSEWHERE} negotiating": EITHER_SIDE,
    },
    "contract.share": {
        **contracts("drafting negotiating", EITHER_SIDE),
        f"{ELSEWHERE} negotiating": EITHER_SIDE,
    },
    "contract.agree": {
        **contracts("negotiating", FOR_EITHER_SIDE),
        f"{ELSEWHERE} negotiating": FOR_EITHER_SIDE,
    },
    "contract.freeze": contracts("agreed", FOR_EITHER_SIDE),
    "contract.start_signing": contracts("frozen", FOR_EITHER_SIDE),
    "contract.reopen": contracts("agreed frozen declined expired", FOR_EITHER_SIDE),
    "contract.decline": {
        "contract signing": f"{FOR_EITHER_SIDE} supervisor",
        "contract without a government signing": FOR_EITHER_SIDE,
    },
    "contract.take_effect": contracts("signing", "platform"),
    "contract.expire": contracts("signing", "platform"),
    # Once signing has begun a party declines instead; once it is in effect nobody simply walks away.
    "contract.withdraw": {
        **contracts("drafting negotiating agreed frozen declined expired", FOR_EITHER_SIDE),
        f"{ELSEWHERE} negotiating": FOR_EITHER_SIDE,
    },
    "library_clause.view": {"library_clause": LOGGED_IN},
    "library_clause.revise": {"library_clause": ADMINISTRATORS},
    **by_hand_execution.TABLE,
    "contract.dossier": {
        **contracts(CONTRACT_STATES, f"{EITHER_SIDE} {ADMINISTRATORS}"),
        **{f"contract {state}": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor" for state in CONTRACT_STATES.split()},
        f"{ELSEWHERE} negotiating": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor_elsewhere",
    },
    # Enterprise, university, government: each in its turn, by who may speak for it; never an administrator as such.
    "signing.view": {
        "signing": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor",
        "signing for the provider": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor",
        "signing for the government": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor",
    },
    "signing.sign": {
        "signing": FOR_ENTERPRISE,
        "signing for the provider": FOR_UNIVERSITY,
        "signing for the government": "supervisor",
    },
    "verify.view": {ANYWHERE: EVERYBODY},
    "case.view": {"case": f"{EITHER_SIDE} {ADMINISTRATORS} supervisor"},
}

ARROWS: Mapping[str, frozenset[str]] = {
    "organization": frozenset(
        {
            "unverified -submit-> submitted",
            "returned -submit-> submitted",
            "submitted -verify-> verified",
            "submitted -return-> returned",
            "submitted -reject-> rejected",
            "verified -suspend-> suspended",
            "suspended -verify-> verified",
        }
    ),
    "need": frozenset(
        {
            "draft -submit-> submitted",
            "submitted -publish-> published",
            "submitted -return-> returned",
            "submitted -reject-> rejected",
            "returned -submit-> submitted",
            "published -withdraw-> withdrawn",
        }
    ),
    "achievement": frozenset(
        {
            "draft -submit-> submitted",
            "submitted -publish-> published",
            "submitted -return-> returned",
            "submitted -reject-> rejected",
            "returned -submit-> submitted",
            "published -withdraw-> withdrawn",
        }
    ),
    "match": frozenset(
        {
            "suggested -express_interest-> one_sided",
            "suggested -decline-> declined",
            "suggested -lapse-> lapsed",
            "one_sided -express_interest-> mutual",
            "one_sided -decline-> declined",
            "one_sided -lapse-> lapsed",
            "mutual -approve-> approved",
            "mutual -refuse-> refused",
            "mutual -decline-> declined",
            "mutual -lapse-> lapsed",
            "lapsed -suggest-> suggested",
        }
    ),
    "ranker": frozenset(
        {
            "trained -promote-> promoted",
            "trained -reject-> rejected",
            "promoted -retire-> retired",
            "retired -restore-> promoted",
        }
    ),
    "rule": frozenset(
        {
            "draft -note_trial-> trialled",
            "draft -retire-> retired",
            "trialled -note_trial-> trialled",
            "trialled -edit-> draft",
            "trialled -enact-> in_force",
            "trialled -retire-> retired",
            "in_force -retire-> retired",
        }
    ),
    "attachment": frozenset(
        {
            "quarantined -release-> released",
            "quarantined -refuse-> refused",
            "released -remove-> removed",
            "refused -remove-> removed",
        }
    ),
    "room": frozenset(
        {
            "nda -open-> talking",
            "nda -break_off-> broken_off",
            "nda -lapse-> lapsed",
            "talking -agree-> agreed",
            "talking -break_off-> broken_off",
            "talking -lapse-> lapsed",
            "agreed -reopen-> talking",
            "talking -contract-> contracted",
            "agreed -contract-> contracted",
            "agreed -break_off-> broken_off",
        }
    ),
    "contract": frozenset(
        {
            "drafting -negotiate-> negotiating",
            "drafting -withdraw-> withdrawn",
            "negotiating -agree-> agreed",
            "negotiating -withdraw-> withdrawn",
            "agreed -freeze-> frozen",
            "agreed -reopen-> negotiating",
            "agreed -withdraw-> withdrawn",
            "frozen -start_signing-> signing",
            "frozen -reopen-> negotiating",
            "frozen -withdraw-> withdrawn",
            "signing -take_effect-> effective",
            "signing -decline-> declined",
            "signing -expire-> expired",
            "declined -reopen-> negotiating",
            "declined -withdraw-> withdrawn",
            "expired -reopen-> negotiating",
            "expired -withdraw-> withdrawn",
        }
    ),
    **by_hand_execution.ARROWS,
}
"""Every arrow of every lifecycle, by hand as well."""
