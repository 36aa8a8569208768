"""Pages of imports: a file on its way in."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from information import importing, queries
from information.forms import ImportForm
from information.importing.publishing import waiting
from information.models import Import, ImportRow
from information.queries import KINDS
from journal.errors import BadInput, TooLarge
from policy import allowed, policy
from web.paging import paginate
from web.requests import UserRequest
from web.responses import wants_fragment

FAULTS_SHOWN = 50
OUTCOME = ImportRow.Outcome
COUNTERS = (OUTCOME.CREATED, OUTCOME.UPDATED, OUTCOME.UNCHANGED, OUTCOME.FAILED)


@policy("import.view")
@require_safe
def imports(request: UserRequest) -> HttpResponse:
    """The imports that the reader may see, newest first."""
    found = Import.objects.visible_to(request.user).select_related("owner", "created_by", "job").defer("content")
    page = paginate(found, request, by="created_at")
    return render(request, "information/imports.html", {"page": page, "writes": allowed(request.user, "import.create")})


@policy("import.create")
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: UserRequest) -> HttpResponse:
    """The form of an import; a file that is refused leaves nothing behind."""
    form = import_form(request)
    if request.method != "POST":
        return render(request, "information/import_form.html", {"form": form})
    if not form.is_valid():
        return render(request, "information/import_form.html", {"form": form}, status=HTTPStatus.BAD_REQUEST)
    try:
        return redirect(importing.accept(**form.cleaned_data, by=request.user))
    except (BadInput, TooLarge) as fault:
        for name, faults in (fault.fields or {"file": [fault.message]}).items():
            form.add_error(name if name in form.fields else "file", faults)
        return render(request, "information/import_form.html", {"form": form}, status=fault.status)


def import_form(request: UserRequest) -> ImportForm:
    """The form for this person's organizations and what they may post."""
    organizations = queries.importing_organizations(request.user)
    kinds = [kind.NOUN for kind in KINDS if queries.posting_organizations(kind, request.user)]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return ImportForm(*sent, organizations=organizations, kinds=kinds)


@policy("import.view")
@require_safe
def import_page(request: UserRequest, pk: int) -> HttpResponse:
    """One import: how far it is, what was kept, which rows are at fault; htmx asks for the part that moves."""
    found = Import.objects.visible_to(request.user).select_related("owner", "created_by", "job").defer("content")
    source = get_object_or_404(found, pk=pk)
    if wants_fragment(request):
        response = render(request, "information/import_progress.html", progress(source))
        if source.job and not source.job.running:
            response["HX-Refresh"] = "true"
        return response
    page = paginate(queries.failed_rows(source), request, by="line", size=FAULTS_SHOWN, ascending=True)
    publishes = allowed(request.user, "import.publish", source)
    context = {"page": page, "submitted": waiting(source).count() if publishes else 0}
    return render(request, "information/import.html", progress(source) | context)


def progress(source: Import) -> dict[str, Any]:
    """How far an import is, and what became of its rows."""
    result = source.job.result if source.job else {}
    return {
        "source": source,
        "job": source.job,
        "counters": [(outcome.value, outcome.label, result.get(outcome.value, 0)) for outcome in COUNTERS],
    }


@policy("import.publish")
@require_POST
def publish(request: UserRequest, pk: int) -> HttpResponse:
    """Publish every post of an import that still waits; the job's page shows how far it is."""
    source = get_object_or_404(Import.objects.visible_to(request.user).defer("content"), pk=pk)
    return redirect(importing.publish_all(source, by=request.user))


@policy("import.create")
@require_safe
def template(request: UserRequest, kind: str) -> HttpResponse:
    """A CSV file with the columns of one kind and an example row, to fill in; Excel reads it as UTF-8."""
    response = HttpResponse(importing.template(kind).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tenon-{kind}s.csv"'
    return response
