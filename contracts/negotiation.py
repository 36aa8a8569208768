"""What the pages of a negotiation show: whose turn each clause is, what is proposed, what changed."""

from dataclasses import dataclass
from typing import Any, get_args

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.comparing import Piece, difference
from contracts.composing import Written, words_of, written
from contracts.models import Clause, Comment, Contract, LibraryClause, Proposal, Side
from contracts.particulars import PARTICULARS, Tongue, filled
from policy import allowed, standing_of
from web.wording import series


@dataclass(frozen=True)
class Line:
    """A clause on the contract's page: how it reads, whose turn it is, and whether that is the reader's side."""

    written: Written
    waiting: list[Side]
    proposal: Proposal | None
    mine: bool
    findings: int = 0

    @property
    def clause(self) -> Clause:
        return self.written.clause

    @property
    def state(self) -> str:
        """ "settled", "mine", "theirs"."""
        return "settled" if not self.waiting else "mine" if self.mine else "theirs"


@dataclass(frozen=True)
class Changed:
    """A proposal with what it changes in each language."""

    proposal: Proposal
    zh: list[Piece]
    en: list[Piece]
    own: bool


def sides_of(contract: Contract, user: User) -> list[Side]:
    """The sides to which the reader belongs."""
    return [side for side in Side if getattr(contract, f"{side}_id") in standing_of(user).works_for]


def with_proposals(contract: Contract) -> QuerySet[Clause]:
    """The clauses in order, with their open proposals, in two queries."""
    waiting = Prefetch("proposals", Proposal.objects.filter(outcome="").select_related("author"))
    return contract.clauses.select_related("library").prefetch_related(waiting).order_by("position")


def lines(contract: Contract, user: User, clauses: list[Written]) -> list[Line]:
    """Every clause with whose turn it is."""
    sides = sides_of(contract, user)
    found = []
    for each in clauses:
        waiting = each.clause.waiting_for()
        found.append(Line(each, waiting, each.clause.open_proposal, bool(set(waiting) & set(sides))))
    return found


def clause_page(contract: Contract, clause: Clause, user: User) -> dict[str, Any]:
    """Everything on the page of one clause, for who may follow the negotiation."""
    [now] = written(contract, [clause])
    follows = allowed(user, "contract.history", contract)
    proposals = list(Proposal.objects.filter(clause=clause).select_related("author")) if follows else []
    sides = sides_of(contract, user)
    waiting = clause.waiting_for()
    return {
        "contract": contract,
        "line": Line(now, waiting, clause.open_proposal, bool(set(waiting) & set(sides))),
        "follows": follows,
        "sided": bool(sides),
        "proposed": next((changed(contract, each, sides) for each in proposals if not each.outcome), None),
        "earlier": [changed(contract, each, sides) for each in proposals if each.outcome],
        "comments": list(Comment.objects.filter(clause=clause).select_related("author")) if follows else [],
        "may_propose": allowed(user, "contract.propose", contract),
        "may_comment": allowed(user, "contract.comment", contract),
        "accepts": contract.status == Contract.Status.NEGOTIATING and accepts(clause, sides),
        "starts": starts(contract, clause),
        "sides": [(clause.accepted_by(side), side.label) for side in Side],
        "newer": newer(clause),
        "neighbours": neighbours(clause),
    }


def accepts(clause: Clause, sides: list[Side]) -> bool:
    """Whether it is for the reader's side to accept something here."""
    return bool(set(clause.waiting_for()) & set(sides))


def changed(contract: Contract, proposal: Proposal, sides: list[Side]) -> Changed:
    """A proposal against the text that it started from, both as they read with their particulars."""
    before = {**contract.particulars, **proposal.particulars_before}
    after = {**contract.particulars, **proposal.particulars}
    texts = {}
    for language in get_args(Tongue):
        texts[language] = difference(
            filled(getattr(proposal, f"before_{language}"), words_of(contract, language, before), language),
            filled(getattr(proposal, f"body_{language}"), words_of(contract, language, after), language),
        )
    return Changed(proposal, texts["zh"], texts["en"], Side(proposal.side) in sides)


def starts(contract: Contract, clause: Clause) -> list[dict[str, str]]:
    """The other texts of the library from which a proposal for this clause may start, with the address of the form."""
    found = LibraryClause.objects.latest_versions().filter(key=clause.key, kinds__contains=[contract.kind])
    address = reverse("contracts:propose", args=[contract.pk, clause.key])
    return [
        {"label": _("Start from: %(text)s") % {"text": start_name(each)}, "url": f"{address}?library={each.pk}"}
        for each in found.order_by("variant")
        if each.pk != clause.library_id
    ]


def start_name(library: LibraryClause) -> str:
    """What a text of the library is called beside its variants."""
    choices = {choice.value: choice.label for key in library.when for choice in PARTICULARS[key].choices}
    chosen = [str(choices[value]) for values in library.when.values() for value in values if len(values) == 1]
    return series(chosen) or _("version %(number)s of the library") % {"number": library.version}


def newer(clause: Clause) -> LibraryClause | None:
    """The newer version of the text from which this clause was made, if administrators have written one."""
    held = clause.library
    later = LibraryClause.objects.filter(key=held.key, variant=held.variant, version__gt=held.version)
    return later.order_by("-version").first()


def neighbours(clause: Clause) -> dict[str, Clause | None]:
    """The clauses before and after it."""
    others = Clause.objects.filter(contract=clause.contract_id)
    return {
        "before": others.filter(position__lt=clause.position).order_by("-position").first(),
        "after": others.filter(position__gt=clause.position).order_by("position").first(),
    }
