"""The list of organizations, each with what it has published."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from information import catalogue
from information.forms import OrganizationFilter
from policy import policy
from web.paging import paginate
from web.requests import UserRequest


@policy("organization.view")
@require_safe
def organizations(request: UserRequest) -> HttpResponse:
    """Who takes part, by name."""
    filters = OrganizationFilter.read(request.GET)
    found = catalogue.organizations_named(filters.cleaned_data["q"], request.user)
    if kind := filters.cleaned_data["kind"]:
        found = found.filter(kind=kind)
    page = paginate(found, request, by="name_zh", ascending=True)
    context = {"filters": filters, "page": page, "entries": catalogue.with_posts(page.items, request.user)}
    return render(request, "information/organizations.html", context)
