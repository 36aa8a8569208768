"""Rows for docking rooms: the two sides come to terms, the government sees stages and clocks, the platform the time."""

from django.utils.translation import gettext_lazy as _

from policy import Alongside, InScope, Lacking, Represents, Uninvolved, WorksFor, allow

NEED_SIDE, ACHIEVEMENT_SIDE = "match__need__owner_id", "match__achievement__owner_id"
PARTIES = WorksFor(NEED_SIDE, ACHIEVEMENT_SIDE)
SPEAKERS = Represents(NEED_SIDE, ACHIEVEMENT_SIDE)
IN_SCOPE = InScope(
    regions=("match__need__owner__region__code", "match__achievement__owner__region__code"),
    chain="match__need__chain_nodes__chain__code",
)
HAS_SIGNED = _("Only a manager of a side that has not yet signed can do this.")
A_SIDE = _("Your organization is one of its two sides.")
FOR_A_SIDE = _("You may speak for one of its two sides.")

RULES = (
    # To view is to see stages and clocks; to read is to see terms, messages and questions.
    *allow("member", "room.view room.history room.read", to=PARTIES, because=A_SIDE),
    *allow("administrator", "room.view room.history", because=_("Administrators oversee all docking rooms.")),
    *allow("supervisor", "room.view", to=IN_SCOPE, because=_("It lies in the region and chain that you supervise.")),
    *allow(
        "administrator",
        "room.inspect",
        to=Uninvolved(NEED_SIDE, ACHIEVEMENT_SIDE),
        because=_("Administrators may read what is said, each time on record."),
    ),
    *allow(
        "member",
        "room.sign",
        to=Alongside(Represents(NEED_SIDE), Lacking("need_signed_at"), denial=HAS_SIGNED),
        when="nda",
        because=_("You may speak for the need's organization."),
    ),
    *allow(
        "member",
        "room.sign",
        to=Alongside(Represents(ACHIEVEMENT_SIDE), Lacking("achievement_signed_at"), denial=HAS_SIGNED),
        when="nda",
        because=_("You may speak for the achievement's organization."),
    ),
    *allow("member", "room.speak", to=PARTIES, when="nda talking agreed", because=A_SIDE),
    *allow("member", "room.propose", to=PARTIES, when="talking agreed", because=A_SIDE),
    *allow("member", "room.accept", to=SPEAKERS, when="talking", because=FOR_A_SIDE),
    *allow("member", "room.break_off", to=SPEAKERS, when="nda talking agreed", because=FOR_A_SIDE),
    *allow("platform", "room.open", when="nda", because=_("The texts open with the second signature.")),
    *allow("platform", "room.agree", when="talking", because=_("The terms are agreed with the last acceptance.")),
    *allow("platform", "room.reopen", when="agreed", because=_("A changed field opens the terms again.")),
    *allow("platform", "room.contract", when="talking agreed", because=_("The contract takes effect.")),
    *allow("platform", "room.lapse", when="nda talking", because=_("Rooms lapse when nobody acts for long.")),
    *allow("visitor member", "room.calendar", because=_("The address itself is the key, and is checked as one.")),
)
