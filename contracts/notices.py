"""What people are told about contracts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import Contract
from journal.models import Entry
from notifications.kinds import About, Kind, register
from notifications.wording import titled

CONTRACTS = gettext_lazy("Contracts")
CONTRACT = (About(Contract, "contract.view"),)


def opened(entry: Entry, contract: Any) -> str:
    """To both parties."""
    return _("A contract draft is open: “%(title)s”. Fill it in together.") % {"title": titled(contract)}


register(Kind("contract.opened", CONTRACTS, gettext_lazy("A contract draft was opened"), CONTRACT, opened))
