"""Negotiating clause by clause: propose, answer, accept, comment. What was accepted holds until the text changes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.composing import asked_in
from contracts.models import Clause, Comment, Contract, LibraryClause, Proposal, Side
from contracts.services.checking import checked_body, checked_particulars, checked_text
from journal.errors import BadInput, GuardFailed, NotAllowed, StaleVersion
from journal.recording import record
from policy import decide

OUTCOMES = Proposal.Outcome


@transaction.atomic
def propose(
    contract: Contract,
    key: str,
    *,
    by: User,
    version: int,
    body_zh: str,
    body_en: str,
    particulars: Mapping[str, Any] | None = None,
    note: str = "",
    library: LibraryClause | None = None,
) -> Proposal:
    """Say what a clause should read instead; an open proposal is thereby answered, or replaced if it is the own side's.

    `version` is the clause's. With `library` the text starts from that clause of the library, and its variant is
    proposed with it. Raises NotAllowed, StaleVersion, BadInput.
    """
    current, clause = held(contract, key, "contract.propose", by=by, version=version)
    waiting = clause.open_proposal
    side = side_of(current, by, prefer=Side(waiting.side).other if waiting else Side.CLIENT)
    texts = checked_body(body_zh, body_en)
    patch = checked_particulars(particulars or {}, allowed=[each.key for each in asked_in(texts["body_zh"])])
    patch |= variant_of(library, clause)
    if texts == {"body_zh": clause.body_zh, "body_en": clause.body_en} and same(patch, current.particulars):
        raise BadInput(_("Nothing is different from the text in force. Change it, or accept it as it is."))
    if waiting:
        close(waiting, OUTCOMES.WITHDRAWN if waiting.side == side else OUTCOMES.COUNTERED)
    proposal = Proposal.objects.create(
        clause=clause,
        side=side,
        author=by,
        revision=clause.revision,
        library=library,
        before_zh=clause.body_zh,
        before_en=clause.body_en,
        particulars=patch,
        particulars_before={name: current.particulars.get(name) for name in patch},
        note=checked_text(note, "note", most=1000, required=False),
        **texts,
    )
    touch(clause)
    tell(current, "clause_proposed", clause, by=by, side=side, proposal=proposal.pk, note=proposal.note)
    return proposal


@transaction.atomic
def accept_clause(contract: Contract, key: str, *, by: User, version: int) -> Clause:
    """Accept what the other side proposes, or, where nothing is proposed, the text as it is.

    Accepting a proposal makes a new revision that both have accepted, since the other proposed it; clauses that share
    a particular which it changes have to be accepted again. Raises NotAllowed, StaleVersion, GuardFailed.
    """
    current, clause = held(contract, key, "contract.propose", by=by, version=version)
    if not (proposal := clause.open_proposal):
        side = side_of(current, by, prefer=next(iter(clause.waiting_for()), Side.CLIENT))
        if clause.accepted_by(side):
            raise GuardFailed(_("Your side has accepted this clause already; now it is the other side's turn."))
        touch(clause, **{f"{side}_accepted": clause.revision})
        tell(current, "clause_accepted", clause, by=by, side=side)
        return clause
    side = other_side(current, proposal, by)
    close(proposal, OUTCOMES.ACCEPTED)
    changed = {name for name, value in proposal.particulars.items() if current.particulars.get(name) != value}
    if changed:
        merged = {**current.particulars, **proposal.particulars}
        current.apply({"particulars": {name: value for name, value in merged.items() if value is not None}})
    revision = clause.revision + 1
    touch(
        clause,
        body_zh=proposal.body_zh,
        body_en=proposal.body_en,
        library=proposal.library or clause.library,
        revision=revision,
        client_accepted=revision,
        provider_accepted=revision,
    )
    also = reopen_sharing(current, clause, changed)
    tell(current, "proposal_accepted", clause, by=by, side=side, proposal=proposal.pk, also=also)
    return clause


@transaction.atomic
def decline_proposal(contract: Contract, key: str, *, by: User, version: int, note: str = "") -> Clause:
    """Leave the text as it was: decline the other side's proposal, or take back one's own."""
    current, clause = held(contract, key, "contract.propose", by=by, version=version)
    if not (proposal := clause.open_proposal):
        raise GuardFailed(_("Nothing is proposed for this clause any more."))
    side = side_of(current, by, prefer=Side(proposal.side).other)
    own = side == proposal.side
    close(proposal, OUTCOMES.WITHDRAWN if own else OUTCOMES.DECLINED)
    touch(clause)
    note = checked_text(note, "note", most=1000, required=False)
    news = "proposal_withdrawn" if own else "proposal_declined"
    tell(current, news, clause, by=by, side=side, proposal=proposal.pk, note=note)
    return clause


@transaction.atomic
def accept_all(contract: Contract, *, by: User, seen: Mapping[str, int]) -> list[Clause]:
    """Accept every clause on which nothing is proposed and the own side has not spoken, as it was seen (key: version).

    All or nothing: raises StaleVersion if one of them has changed, GuardFailed if there is nothing to accept.
    """
    current = locked(contract, "contract.propose", by=by)
    side = side_of(current, by)
    clauses = current.clauses.prefetch_related("proposals").order_by("position")
    due = [each for each in clauses if each.open_proposal is None and not each.accepted_by(side)]
    if not due:
        raise GuardFailed(_("There is nothing left for your side to accept."))
    accepted = [clause_seen(current, each.key, seen.get(each.key, 0)) for each in due]
    for clause in accepted:
        touch(clause, **{f"{side}_accepted": clause.revision})
    record(current, "clauses_accepted", by=by, data={"side": side, "clauses": [each.key for each in accepted]})
    return accepted


@transaction.atomic
def comment(contract: Contract, key: str, *, by: User, text: str) -> Comment:
    """Remark on a clause; nothing in it changes."""
    current = locked(contract, "contract.comment", by=by)
    clause = Clause.locked(current, key)
    side = Side.CLIENT if current.client_id in by.standing.works_for else Side.PROVIDER
    remark = Comment.objects.create(clause=clause, side=side, author=by, text=checked_text(text, "text", most=2000))
    tell(current, "clause_commented", clause, by=by, side=side, note=remark.text)
    return remark


def held(contract: Contract, key: str, action: str, *, by: User, version: int) -> tuple[Contract, Clause]:
    """Contract and clause under lock, always in this order; raises NotAllowed, and StaleVersion with the text now."""
    current = locked(contract, action, by=by)
    return current, clause_seen(current, key, version)


def clause_seen(contract: Contract, key: str, version: int) -> Clause:
    """The clause under lock, if it is still as it was seen; the caller holds the contract's lock."""
    clause = Clause.locked(contract, key)
    if clause.version != version:
        raise StaleVersion(
            _("Somebody changed this clause while you were looking at it. Compare both texts and decide again."),
            fields={"body_zh": [clause.body_zh], "body_en": [clause.body_en]},
        )
    return clause


def locked(contract: Contract, action: str, *, by: User) -> Contract:
    """The contract under lock, if the policy lets this person do this now."""
    current = Contract.locked(contract.pk)
    if not (decision := decide(by, action, current)):
        raise NotAllowed(decision.reason)
    return current


def side_of(contract: Contract, user: User, *, prefer: Side = Side.CLIENT) -> Side:
    """The side for which the user speaks; who may speak for both speaks for the preferred one."""
    sides = [side for side in Side if getattr(contract, f"{side}_id") in user.standing.represents]
    return prefer if prefer in sides else sides[0]


def other_side(contract: Contract, proposal: Proposal, user: User) -> Side:
    """The side that answers a proposal; raises GuardFailed if the user speaks only for the one that made it."""
    side = side_of(contract, user, prefer=Side(proposal.side).other)
    if side == proposal.side:
        raise GuardFailed(_("Your own side proposed this; now it is the other side's turn."))
    return side


def variant_of(library: LibraryClause | None, clause: Clause) -> dict[str, Any]:
    """The particulars that a variant of the library's clause stands for."""
    if library is None:
        return {}
    if library.key != clause.key:
        raise BadInput(_("This text of the library belongs to another clause."))
    return {key: values[0] for key, values in library.when.items() if len(values) == 1}


def same(patch: Mapping[str, Any], particulars: Mapping[str, Any]) -> bool:
    """Whether the particulars already say what the patch would."""
    return all(particulars.get(key) == value for key, value in patch.items())


def close(proposal: Proposal, outcome: Proposal.Outcome) -> None:
    """Give a proposal its outcome; the caller holds the clause's lock."""
    proposal.outcome, proposal.closed_at = outcome, timezone.now()
    proposal.save(update_fields=["outcome", "closed_at"])


def touch(clause: Clause, **changes: Any) -> None:
    """Save what changed in a clause, as a new version of it; the caller holds its lock."""
    for name, value in {**changes, "version": clause.version + 1, "changed_at": timezone.now()}.items():
        setattr(clause, name, value)
    clause.save()


def reopen_sharing(contract: Contract, clause: Clause, changed: set[str]) -> list[str]:
    """Make a new revision of the other clauses whose text these particulars fill; gives their keys."""
    others = contract.clauses.exclude(pk=clause.pk).select_for_update(of=("self",), no_key=True)
    sharing = [each for each in others.order_by("pk") if changed & {one.key for one in asked_in(each.body_zh)}]
    for each in sharing:
        touch(each, revision=each.revision + 1)
    return [each.key for each in sharing]


def tell(contract: Contract, news: str, clause: Clause, *, by: User, **data: Any) -> None:
    """One entry in the contract's own stream, with what the clause is called."""
    about = {
        "clause": clause.key,
        "title_zh": clause.title_zh,
        "title_en": clause.title_en,
        "revision": clause.revision,
    }
    record(contract, news, by=by, data={**about, **{name: value for name, value in data.items() if value}})
