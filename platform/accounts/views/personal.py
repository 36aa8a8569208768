"""Pages of personal data: take it along, or have it erased."""

from http import HTTPStatus

from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import EraseForm, refuse
from accounts.services import personal
from journal.errors import BadInput, GuardFailed
from policy import policy
from web.requests import UserRequest


@policy("account.data")
@require_safe
def data(request: UserRequest) -> HttpResponse:
    """What the person can do with what is kept about him."""
    return render(request, "accounts/settings_data.html", {"form": EraseForm()})


@policy("account.data")
@require_safe
def export(request: UserRequest) -> HttpResponse:
    """Everything that is kept about the person, as a file."""
    answer = JsonResponse(personal.export(request.user), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="tenon-my-data.json"'
    return answer


@policy("account.data")
@require_POST
def erase(request: UserRequest) -> HttpResponse:
    """Close the account for good and forget who it was."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/settings_data.html", {"form": form}, status=HTTPStatus.BAD_REQUEST)
    try:
        personal.erase(request.user, **form.cleaned_data)
    except (BadInput, GuardFailed) as fault:
        refuse(form, fault)
        return render(request, "accounts/settings_data.html", {"form": form}, status=fault.status)
    logout(request)
    return redirect("web:home")
