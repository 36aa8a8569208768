"""Pages of the glossary."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journal.errors import BadInput, TooLarge
from matching import glossary
from matching.console.forms import GlossaryFilter, TermFileForm, TermForm
from matching.console.tabs import tabs
from matching.models import GlossaryTerm
from policy import policy
from web.paging import paginate
from web.requests import UserRequest
from web.responses import expected_version

NEW = "matching/console/glossary_new.html"


@policy("glossary.view")
@require_safe
def terms(request: UserRequest) -> HttpResponse:
    """All terms, the last edited first; `q` narrows them."""
    filters = GlossaryFilter(request.GET)
    if not filters.is_valid():
        raise BadInput(_("At most 100 characters can be searched for."))
    found = GlossaryTerm.objects.visible_to(request.user).select_related("chain", "edited_by")
    if words := filters.cleaned_data["q"].replace("\0", ""):
        found = found.mentioning(words)
    page = paginate(found, request, by="edited_at")
    return render(request, "matching/console/glossary.html", {"page": page, "filters": filters, "tabs": tabs(request)})


@policy("glossary.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """One more term."""
    form = TermForm(request.POST if request.method == "POST" else None)
    return kept(
        request, form, NEW, {"file_form": TermFileForm()}, lambda: glossary.add(form.cleaned_data, by=request.user)
    )


@policy("glossary.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: UserRequest, pk: int) -> HttpResponse:
    """Change a term."""
    found = get_object_or_404(GlossaryTerm.objects.visible_to(request.user).select_related("chain"), pk=pk)
    form = TermForm(request.POST if request.method == "POST" else None, term=found)

    def change() -> Any:
        return glossary.edit(found, form.cleaned_data, by=request.user, version=expected_version(request))

    return kept(request, form, "matching/console/glossary_term.html", {"term": found}, change)


@policy("glossary.edit")
@require_POST
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a term out."""
    found = get_object_or_404(GlossaryTerm.objects.visible_to(request.user), pk=pk)
    glossary.remove(found, by=request.user, version=expected_version(request))
    messages.success(request, _("“%(term)s” is no longer in the glossary.") % {"term": found.zh})
    return redirect("matching:glossary")


@policy("glossary.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: UserRequest) -> HttpResponse:
    """Many terms at once, from a file; all of them or none."""
    if request.method != "POST":
        return redirect("matching:glossary-new")
    form = TermFileForm(request.POST, request.FILES)

    def read() -> Any:
        content = form.cleaned_data["file"].read(glossary.LARGEST_FILE + 1)
        result = glossary.bring_in(content, by=request.user)
        messages.success(request, _("%(added)s added, %(changed)s changed, %(unchanged)s as before.") % result)

    return kept(request, form, NEW, {"form": TermForm(), "file_form": form}, read, name="file_form")


def kept(
    request: UserRequest, form: Form, template: str, context: dict[str, Any], do: Any, *, name: str = "form"
) -> HttpResponse:
    """Do what a form asks and go back to the list, or draw it again with its faults."""
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            try:
                do()
                return redirect("matching:glossary")
            except (BadInput, TooLarge) as fault:
                status = HTTPStatus(fault.status)
                for field, said in (fault.fields or {"": [fault.message]}).items():
                    form.add_error(field if field in form.fields else ("file" if name == "file_form" else None), said)
        else:
            status = HTTPStatus.BAD_REQUEST
    return render(request, template, {"tabs": tabs(request), **context, name: form}, status=status)
