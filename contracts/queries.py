"""What the contract pages show."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from contracts import services
from contracts.checks import Finding, findings
from contracts.comparing import difference
from contracts.composing import chosen, written
from contracts.guards import case_of, selectors
from contracts.kinds import KINDS, ORDER
from contracts.models import Contract, ContractVersion, LibraryClause, Signing
from contracts.negotiation import Line, lines, sides_of, with_proposals
from contracts.particulars import DECLARED, Particular, placeholders
from information.facts import price_range
from matching.models import Match
from policy import allowed
from web.timeline import timeline
from web.wording import money, series

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
    return contracts.select_related(
        "client__region", "provider__region", "government__region", "type", "match__need", "match__achievement"
    )


def contract_page(contract: Contract, user: User) -> dict[str, Any]:
    """Everything on the page of one contract."""
    clauses = written(contract, with_proposals(contract))
    found = findings(case_of(contract, clauses)) if contract.status in CHECKED else []
    follows = allowed(user, "contract.history", contract)
    shown = lines(contract, user, clauses)
    return {
        "contract": contract,
        "facts": facts(contract),
        "moves": [move for _to, move in contract.moves(user) if move.action in services.ACTIONS],
        "clock": clock(contract),
        "happenings": timeline(contract) if follows else None,
        "follows": follows,
        "steps": steps(contract, user),
        "signing": signing_of(contract, user),
        "lines": shown,
        "tally": {state: sum(line.state == state for line in shown) for state in ("settled", "mine", "theirs")},
        "sided": bool(sides_of(contract, user)),
        "acceptable": any(line.mine and line.proposal is None for line in shown),
        "blocking": [(each, place_of(each, shown)) for each in found if each.blocking],
        "advice": [(each, place_of(each, shown)) for each in found if not each.blocking],
        "silences": KINDS[contract.kind].silences if contract.status == Contract.Status.DRAFTING else (),
        "versions": list(contract.versions.defer("content").order_by("-number")),
        "may": {
            action: allowed(user, f"contract.{action}", contract) for action in ("edit", "join", "propose", "share")
        },
    }


def signing_of(contract: Contract, user: User) -> Signing | None:
    """The contract's latest signing, if this reader may know of it."""
    return contract.signings.visible_to(user).order_by("-started_at", "-pk").first()


CHECKED = (Contract.Status.NEGOTIATING, Contract.Status.AGREED)
"""While the text can still change, the page says what is wrong with it."""


def place_of(finding: Finding, shown: list[Line]) -> Line | None:
    """The clause that a finding is about."""
    return next((line for line in shown if line.clause.key == finding.clause), None)


def asked_for(contract: Contract, data: Mapping[str, Any] | None = None) -> list[Particular]:
    """The particulars of the clauses that this draft would take, and those by which clauses are chosen.

    `data` is what a form says about the kind and the choices, which counts before what is stored.
    """
    given = data or {}
    kind = given["kind"] if given.get("kind") in KINDS else contract.kind
    chosen_by = {key: given.get(key, contract.particulars.get(key)) for key in selectors(kind)}
    library = LibraryClause.objects.latest_versions()
    keys = {key for clause in chosen(library, kind, chosen_by) for key in placeholders(clause.body_zh)}
    return [each for each in DECLARED if each.key in keys or each.key in chosen_by]


def version_page(contract: Contract, frozen: ContractVersion, other: ContractVersion | None) -> dict[str, Any]:
    """A frozen version, clause by clause; with another one, what changed since."""
    earlier = {each["key"]: each for each in other.document["clauses"]} if other else {}
    clauses = [
        {
            **each,
            "changed": {
                language: difference(earlier.get(each["key"], {"body": {language: ""}})["body"][language], text)
                for language, text in each["body"].items()
            }
            if other
            else None,
        }
        for each in frozen.document["clauses"]
    ]
    return {
        "contract": contract,
        "frozen": frozen,
        "other": other,
        "document": frozen.document,
        "clauses": clauses,
        "others": [each for each in contract.versions.defer("content") if each.number != frozen.number],
    }


def library_page() -> dict[str, Any]:
    """The clauses in force, in the order in which they stand in a contract."""
    found = LibraryClause.objects.latest_versions().select_related("created_by")
    kinds = dict(Contract.Kind.choices)
    rows = sorted(found, key=lambda each: (ORDER.index(each.key), each.variant))
    return {"rows": [{"clause": each, "kinds": series(kinds[kind] for kind in each.kinds)} for each in rows]}


def facts(contract: Contract) -> list[dict[str, Any]]:
    """The contract at a glance."""
    kind = KINDS[contract.kind]
    return [
        {"label": _("Number"), "value": contract.number},
        {"label": _("Form of contract"), "value": contract.get_kind_display()},
        {"label": _("Articles of the Civil Code"), "value": kind.articles},
        {"label": _("Governing language"), "value": contract.get_governing_language_display()},
        {"label": _("Price"), "value": price(contract)},
    ]


def price(contract: Contract) -> str:
    """The price that is being agreed on, else the frame that the need gives."""
    if said := contract.particulars.get("price"):
        return money(Decimal(said), contract.currency)
    frame = price_range(contract.price_min, contract.price_max, contract.currency)
    return _("%(range)s (range of the need)") % {"range": frame} if frame else _("not stated")


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
