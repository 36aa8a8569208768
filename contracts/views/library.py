"""The clause library: read by members, maintained by administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contracts.comparing import Piece, difference
from contracts.forms import LibraryForm
from contracts.library import revise
from contracts.models import LibraryClause
from contracts.queries import library_page
from journal.errors import BadInput, NotAllowed, StaleVersion
from policy import allowed, decide, policy
from web.requests import UserRequest


def find(request: UserRequest, pk: int) -> LibraryClause:
    return get_object_or_404(LibraryClause.objects.visible_to(request.user).select_related("created_by"), pk=pk)


@policy("library_clause.view")
@require_safe
def library(request: UserRequest) -> HttpResponse:
    """Every clause in the version in force, in the order in which they stand in a contract."""
    return render(request, "contracts/library.html", library_page())


@policy("library_clause.view")
@require_safe
def clause(request: UserRequest, pk: int) -> HttpResponse:
    """One version of a clause: its texts, what changed against the version before, the other versions."""
    subject = find(request, pk)
    versions = list(LibraryClause.objects.filter(key=subject.key, variant=subject.variant).order_by("-version"))
    before = next((each for each in versions if each.version == subject.version - 1), None)
    context = {
        "clause": subject,
        "versions": versions,
        "in_force": versions[0],
        "before": before,
        "changed": before and changes(before, subject),
        "may_revise": allowed(request.user, "library_clause.revise", subject) and subject == versions[0],
    }
    return render(request, "contracts/library_clause.html", context)


@policy("library_clause.revise")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Write a new version of a clause."""
    subject = find(request, pk)
    if not (decision := decide(request.user, "library_clause.revise", subject)):
        raise NotAllowed(decision.reason)
    form = LibraryForm(request.POST if request.method == "POST" else None, instance=subject)
    if request.method != "POST" or not form.is_valid():
        return render(
            request,
            "contracts/library_form.html",
            {"clause": subject, "form": form},
            status=400 if request.method == "POST" else 200,
        )
    try:
        made = revise(LibraryClause.objects.get(pk=pk), by=request.user, **form.cleaned_data)
    except (BadInput, StaleVersion) as fault:
        form.add_error(None, fault.message)
        return render(request, "contracts/library_form.html", {"clause": subject, "form": form}, status=fault.status)
    messages.success(request, _("A new version is in force. Contracts under negotiation keep theirs and are told."))
    return redirect(made)


def changes(before: LibraryClause, after: LibraryClause) -> dict[str, list[Piece]]:
    """What differs between two versions, by language."""
    return {
        language: difference(getattr(before, f"body_{language}"), getattr(after, f"body_{language}"))
        for language in ("zh", "en")
    }
