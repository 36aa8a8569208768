"""Rows for contracts: the parties, the government that takes part, and those who oversee them."""

from django.utils.translation import gettext_lazy as _

from policy import Alongside, InScope, Lacking, Represents, Supervises, Uninvolved, WorksFor, allow

PARTIES = ("client_id", "provider_id")
SPEAKERS = Represents(*PARTIES)
IN_SCOPE = InScope(
    regions=("client__region__code", "provider__region__code"), chain="match__need__chain_nodes__chain__code"
)
SPEAKS = _("You may speak for a party.")

RULES = (
    *allow(
        "member",
        "contract.view contract.history",
        to=WorksFor(*PARTIES),
        because=_("Your organization is a party."),
    ),
    *allow("administrator", "contract.view contract.history", because=_("Administrators oversee all contracts.")),
    *allow(
        "supervisor", "contract.view", to=IN_SCOPE, because=_("It lies in the region and chain that you supervise.")
    ),
    *allow(
        "supervisor",
        "contract.view",
        to=Supervises("government_id"),
        because=_("Your organization is the third party."),
    ),
    # The government supports, supervises and signs: it joins early, and no row lets it change the text.
    *allow(
        "supervisor",
        "contract.join",
        to=Alongside(Supervises("government_id"), Lacking("government_joined_at"), Uninvolved(*PARTIES)),
        when="drafting negotiating agreed",
        because=_("Your organization is asked to be the third party."),
    ),
    *allow(
        "supervisor",
        "contract.join",
        to=Alongside(IN_SCOPE, Lacking("government_id"), Uninvolved(*PARTIES)),
        when="drafting negotiating agreed",
        because=_("It lies in the region and chain that you supervise, and no other organization was asked."),
    ),
    *allow("member", "contract.edit contract.negotiate", to=SPEAKERS, when="drafting", because=SPEAKS),
    *allow("member", "contract.propose", to=SPEAKERS, when="negotiating", because=SPEAKS),
    *allow(
        "member",
        "contract.comment",
        to=WorksFor(*PARTIES),
        when="negotiating agreed",
        because=_("Your organization is a party."),
    ),
    *allow(
        "member",
        "contract.share",
        to=WorksFor(*PARTIES),
        when="drafting negotiating",
        because=_("Your organization is a party."),
    ),
    *allow("member", "contract.agree", to=SPEAKERS, when="negotiating", because=SPEAKS),
    *allow("member", "contract.freeze", to=SPEAKERS, when="agreed", because=SPEAKS),
    *allow("member", "contract.start_signing", to=SPEAKERS, when="frozen", because=SPEAKS),
    *allow("member", "contract.reopen", to=SPEAKERS, when="agreed frozen declined expired", because=SPEAKS),
    *allow("member", "contract.decline", to=SPEAKERS, when="signing", because=SPEAKS),
    *allow(
        "supervisor",
        "contract.decline",
        to=Supervises("government_id"),
        when="signing",
        because=_("Your organization is the third party."),
    ),
    *allow(
        "platform",
        "contract.take_effect contract.expire",
        when="signing",
        because=_("It takes effect with the last signature, and expires with its deadline."),
    ),
    *allow(
        "member",
        "contract.withdraw",
        to=SPEAKERS,
        when="drafting negotiating agreed frozen declined expired",
        because=SPEAKS,
    ),
    *allow("member", "library_clause.view", because=_("The clause library is open to members.")),
    *allow("administrator", "library_clause.revise", because=_("Administrators maintain the clause library.")),
)
