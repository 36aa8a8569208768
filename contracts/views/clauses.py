"""The page of one clause: read, compare, propose, answer, accept, comment."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import services
from contracts.comparing import difference
from contracts.composing import asked_in
from contracts.forms import ProposalForm
from contracts.models import Clause, Contract, LibraryClause
from contracts.negotiation import clause_page, with_proposals
from contracts.views.contracts import find, find_for
from journal.errors import BadInput, StaleVersion
from policy import policy
from web.requests import UserRequest
from web.responses import expected_version


def clause_of(contract: Contract, key: str) -> Clause:
    """The clause of this key, or a 404."""
    return get_object_or_404(with_proposals(contract), key=key)


@policy("contract.view")
@require_safe
def clause(request: UserRequest, pk: int, key: str) -> HttpResponse:
    """What does the clause say, who has accepted it, what is proposed, what was said?"""
    contract = find(request, pk)
    return render(request, "contracts/clause.html", clause_page(contract, clause_of(contract, key), request.user))


@policy("contract.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: UserRequest, pk: int, key: str) -> HttpResponse:
    """Write what the clause should say instead; `?library=` starts from a text of the clause library."""
    contract = find_for(request, pk, "contract.propose")
    subject = clause_of(contract, key)
    library = library_text(request, key)
    if request.method != "POST":
        return proposal_page(request, contract, subject, blank(contract, subject, library), library=library)
    form = ProposalForm(asked_in(request.POST.get("body_zh", "")), {}, request.POST)
    try:
        services.propose(
            contract,
            key,
            by=request.user,
            version=expected_version(request),
            particulars=form.particulars(),
            library=library,
            **{name: request.POST.get(name, "") for name in ("body_zh", "body_en", "note")},
        )
    except BadInput as fault:
        form.blame(fault)
        return proposal_page(request, contract, subject, form, library=library, status=fault.status)
    except StaleVersion as fault:
        return proposal_page(
            request, contract, clause_of(contract, key), form, library=library, status=fault.status, stale=fault.message
        )
    messages.success(request, _("Your proposal is with the other side."))
    return redirect(subject)


def library_text(request: UserRequest, key: str) -> LibraryClause | None:
    """The text of the library from which the proposal starts, if one was chosen."""
    given = request.POST.get("library") or request.GET.get("library") or ""
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        raise BadInput(_("There is no such text in the library."), fields={"library": [_("Choose one of the list.")]})
    return get_object_or_404(LibraryClause.objects.latest_versions(), pk=int(given), key=key)


def blank(contract: Contract, subject: Clause, library: LibraryClause | None) -> ProposalForm:
    """The form before anything is written: from the library, from what is proposed, or from the text in force."""
    proposal = subject.open_proposal
    start: Any = library or proposal or subject
    values = {**contract.particulars, **(proposal.particulars if proposal else {})}
    form = ProposalForm(asked_in(start.body_zh), values)
    form.initial = {"body_zh": start.body_zh, "body_en": start.body_en}
    return form


def proposal_page(
    request: UserRequest,
    contract: Contract,
    subject: Clause,
    form: ProposalForm,
    *,
    library: LibraryClause | None,
    status: int = HTTPStatus.OK,
    stale: str = "",
) -> HttpResponse:
    """The form of a proposal; where somebody was faster, with both texts and what differs between them."""
    context: dict[str, Any] = {
        "contract": contract,
        "clause": subject,
        "form": form,
        "library": library,
        "stale": stale,
    }
    if stale:
        now = subject.open_proposal or subject
        context["against"] = {
            language: difference(getattr(now, f"body_{language}"), form.data.get(f"body_{language}", ""))
            for language in ("zh", "en")
        }
    return render(request, "contracts/propose.html", context, status=status)


def answering(
    action: str, use_case: Callable[..., Any], said: Promise, *, fields: tuple[str, ...] = (), versioned: bool = True
) -> Callable[..., HttpResponse]:
    """The view of a button on the page of a clause: find, do, go back there."""

    @policy(f"contract.{action}")
    @require_POST
    def answer(request: UserRequest, pk: int, key: str) -> HttpResponse:
        contract = find(request, pk)
        subject = clause_of(contract, key)
        given = {name: request.POST.get(name, "") for name in fields}
        version = {"version": expected_version(request)} if versioned else {}
        use_case(contract, subject.key, by=request.user, **version, **given)
        messages.success(request, str(said))
        return redirect(subject)

    return answer


accept = answering("propose", services.accept_clause, gettext_lazy("Accepted for your side."))
decline = answering("propose", services.decline_proposal, gettext_lazy("The text stays as it was."), fields=("note",))
comment = answering(
    "comment", services.comment, gettext_lazy("Your comment is there."), fields=("text",), versioned=False
)


@policy("contract.propose")
@require_POST
def accept_all(request: UserRequest, pk: int) -> HttpResponse:
    """Accept every clause on which nothing is proposed, as the page showed them."""
    contract = find(request, pk)
    seen = dict(map(seen_version, request.POST.getlist("seen")[:100]))
    accepted = services.accept_all(contract, by=request.user, seen=seen)
    messages.success(request, _("Accepted for your side: %(count)s clauses.") % {"count": len(accepted)})
    return redirect(contract)


def seen_version(given: str) -> tuple[str, int]:
    """ "price:3" as the clause and the version that the page showed; raises BadInput."""
    key, _colon, version = given.partition(":")
    if not (version.isascii() and version.isdigit() and len(version) <= 9):
        raise BadInput(_("The form does not say which version of the page it was filled in on. Reload the page."))
    return key, int(version)
