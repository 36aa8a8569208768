"""Rows for tracking: whose cases are watched by whom."""

from django.utils.translation import gettext_lazy as _

from policy import InScope, WorksFor, allow

IN_SCOPE = InScope(
    regions=("match__need__owner__region__code", "match__achievement__owner__region__code"),
    chain="match__need__chain_nodes__chain__code",
)

RULES = (
    *allow("supervisor administrator", "oversight.view", because=_("Oversight is the supervisors' place.")),
    *allow("supervisor", "case.view", to=IN_SCOPE, because=_("It lies in the region and chain that you supervise.")),
    *allow("administrator", "case.view", because=_("Administrators oversee all cases.")),
    *allow(
        "member",
        "case.view",
        to=WorksFor("match__need__owner_id", "match__achievement__owner_id"),
        because=_("Your organization is a party."),
    ),
)
