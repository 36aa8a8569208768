"""Pages of the settings: profile, tokens, interests."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import InterestForm, ProfileForm, TokenForm, refuse
from accounts.models import ApiToken, Interest, User
from accounts.services import ties, tokens
from journal.errors import BadInput
from policy import policy
from web.requests import UserRequest


@policy("account.settings")
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: UserRequest) -> HttpResponse:
    """The person's name and language, and for whom the person acts."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        response = redirect("accounts:settings")
        # The choice made here takes the place of one made in this browser.
        response.delete_cookie("django_language")
        return response
    context = {"form": form, "memberships": request.user.own_memberships}
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "accounts/settings_profile.html", context, status=status)


@policy("token.create")
@require_http_methods(["GET", "HEAD", "POST"])
def api_tokens(request: UserRequest) -> HttpResponse:
    """The person's API tokens; a new one is shown on the page that answers, and never again."""
    form, key = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, key = tokens.issue(request.user, **form.cleaned_data)
            form = TokenForm()
        except BadInput as fault:
            refuse(form, fault)
    mine = ApiToken.objects.visible_to(request.user).valid()
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "accounts/settings_tokens.html", {"form": form, "key": key, "tokens": mine}, status=status)


@policy("token.revoke")
@require_POST
def revoke_token(request: UserRequest, pk: int) -> HttpResponse:
    """Make a token worthless at once."""
    tokens.revoke(get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk), by=request.user)
    messages.success(request, _("Revoked."))
    return redirect("accounts:tokens")


@policy("interest.declare")
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: UserRequest) -> HttpResponse:
    """The organizations whose affairs the person cannot judge."""
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ties.declare_interest(form.cleaned_data["uscc"], by=request.user)
        messages.success(request, _("Declared. You judge none of its affairs from now on."))
        return redirect("accounts:interests")
    mine = Interest.objects.visible_to(request.user).current().select_related("organization")
    context = {"form": form, "interests": mine, "memberships": request.user.own_memberships}
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "accounts/settings_interests.html", context, status=status)


@policy("interest.end")
@require_POST
def end_interest(request: UserRequest, pk: int) -> HttpResponse:
    """Say that a declared interest has ended."""
    ties.end_interest(get_object_or_404(Interest.objects.visible_to(request.user), pk=pk), by=request.user)
    return redirect("accounts:interests")
