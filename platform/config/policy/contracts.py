"""Rows for contracts: the parties, the government that takes part, and those who oversee them."""

from django.utils.translation import gettext_lazy as _

from policy import Alongside, Having, InScope, Lacking, Represents, Rule, Supervises, Uninvolved, WorksFor, allow

PARTIES = ("client_id", "provider_id")
SPEAKERS = Represents(*PARTIES)
IN_SCOPE = InScope(
    regions=("client__region__code", "provider__region__code"), chain="match__need__chain_nodes__chain__code"
)
SPEAKS = _("You may speak for a party.")
NOT_YOUR_TURN = _("It is not your organization's turn to sign, or only its manager or supervisor may.")

OF_SIGNING = ("contract__client_id", "contract__provider_id")


def dossier_rules() -> tuple[Rule, ...]:
    """The whole case as one download: for the parties, the government that takes part, and administrators."""
    return (
        *allow("member", "contract.dossier", to=WorksFor(*PARTIES), because=_("Your organization is a party.")),
        *allow(
            "supervisor",
            "contract.dossier",
            to=Supervises("government_id"),
            because=_("Your organization is the third party."),
        ),
        *allow("administrator", "contract.dossier", because=_("Administrators oversee all contracts.")),
    )


def signing_rules() -> tuple[Rule, ...]:
    """Signing, and the files that come of it; whose turn it is stands in the signing itself."""
    return (
        *allow("member", "signing.view", to=WorksFor(*OF_SIGNING), because=_("Your organization is a party.")),
        *allow(
            "supervisor",
            "signing.view",
            to=Supervises("contract__government_id"),
            because=_("Your organization is the third party."),
        ),
        *allow("administrator", "signing.view", because=_("Administrators oversee all contracts.")),
        *(
            rule
            for role in ("client", "provider")
            for rule in allow(
                "member",
                "signing.sign",
                to=Alongside(Represents(f"contract__{role}_id"), Having("turn", (role,)), denial=NOT_YOUR_TURN),
                because=_("It is your organization's turn to sign."),
            )
        ),
        # The government signs last, and as a third party: not for somebody to whom it belongs.
        *allow(
            "supervisor",
            "signing.sign",
            to=Alongside(
                Supervises("contract__government_id"),
                Having("turn", ("government",)),
                Uninvolved(*OF_SIGNING),
                denial=NOT_YOUR_TURN,
            ),
            because=_("It is your organization's turn to sign."),
        ),
    )


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
    *dossier_rules(),
    *signing_rules(),
    *allow("visitor member", "verify.view", because=_("Anybody may ask whether a paper is genuine.")),
)
