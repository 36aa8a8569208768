"""What the contract pages show."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from contracts import services
from contracts.models import Contract, Signing
from information.facts import price_range
from matching.models import Match
from policy import allowed
from web.timeline import timeline

CLOCKS: Mapping[str, str | Promise] = {
    Contract.Status.DRAFTING: gettext_lazy("Both parties are to agree on the terms"),
    Contract.Status.NEGOTIATING: gettext_lazy("Both parties are to agree on every clause"),
    Contract.Status.AGREED: gettext_lazy("A party is to freeze the text"),
    Contract.Status.FROZEN: gettext_lazy("A party is to start the signing"),
    Contract.Status.SIGNING: gettext_lazy("Enterprise, university and government are to sign, in this order"),
    Contract.Status.DECLINED: gettext_lazy("The parties are to say whether they negotiate again"),
    Contract.Status.EXPIRED: gettext_lazy("The parties are to say whether they negotiate again"),
}


def with_parties(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """The parties, the type and the match, in one query."""
    return contracts.select_related("client__region", "provider__region", "type", "match__need", "match__achievement")


def contract_page(contract: Contract, user: User) -> dict[str, Any]:
    """Everything on the page of one contract."""
    return {
        "contract": contract,
        "facts": facts(contract),
        "moves": [move for _to, move in contract.moves(user) if move.action in services.ACTIONS],
        "clock": clock(contract),
        "happenings": timeline(contract) if allowed(user, "contract.history", contract) else None,
        "steps": steps(contract, user),
        "signing": signing_of(contract, user),
    }


def signing_of(contract: Contract, user: User) -> Signing | None:
    """The contract's latest signing, if this reader may know of it."""
    return contract.signings.visible_to(user).order_by("-started_at", "-pk").first()


def facts(contract: Contract) -> list[dict[str, Any]]:
    """The contract at a glance."""
    return [
        {"label": _("Number"), "value": contract.number},
        {"label": _("Contract type"), "value": contract.type.label},
        {"label": _("Articles of the Civil Code"), "value": contract.type.articles},
        {"label": _("Price range of the need"), "value": price(contract)},
    ]


def price(contract: Contract) -> str:
    """The frame of the price in words; the parties have not agreed on a figure yet."""
    return price_range(contract.price_min, contract.price_max, contract.currency) or _("not stated")


def clock(contract: Contract) -> str:
    """Who owes whom what, in the present state."""
    return str(CLOCKS.get(contract.status, ""))


def steps(contract: Contract, user: User) -> list[dict[str, Any]]:
    """Where the contract stands on the way from the posts."""
    match = contract.match
    return [
        {"label": _("Need"), "state": "done", "url": match.need.get_absolute_url()},
        {"label": _("Achievement"), "state": "done", "url": match.achievement.get_absolute_url()},
        {"label": _("Match"), "state": "done", "url": match.get_absolute_url()},
        {"label": _("Contract"), "state": "current", "note": contract.get_status_display()},
    ]


def step_after(match: Match, user: User) -> dict[str, Any] | None:
    """The contract that an approved match led to, as far as this reader may know of it."""
    found = Contract.objects.visible_to(user).filter(match=match).first()
    if found is None:
        return None
    return {
        "label": _("Contract"),
        "state": "open",
        "note": found.get_status_display(),
        "url": found.get_absolute_url(),
        "invitation": _("Open the contract"),
    }
