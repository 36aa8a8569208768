"""Rows for contracts: the parties and those who oversee them."""

from django.utils.translation import gettext_lazy as _

from policy import InScope, Represents, WorksFor, allow

IN_SCOPE = InScope(
    regions=("client__region__code", "provider__region__code"), chain="match__need__chain_nodes__chain__code"
)

RULES = (
    *allow(
        "member",
        "contract.view contract.history",
        to=WorksFor("client_id", "provider_id"),
        because=_("Your organization is a party."),
    ),
    *allow("administrator", "contract.view contract.history", because=_("Administrators oversee all contracts.")),
    *allow(
        "supervisor", "contract.view", to=IN_SCOPE, because=_("It lies in the region and chain that you supervise.")
    ),
    *allow(
        "member",
        "contract.withdraw",
        to=Represents("client_id", "provider_id"),
        when="drafting",
        because=_("You may speak for a party."),
    ),
)
