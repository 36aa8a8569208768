"""Login, logout, and for whom one acts."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms import LoginForm
from accounts.middleware import ACTING_FOR
from accounts.throttle import WINDOW
from journal.errors import BadInput
from policy import policy
from web.requests import UserRequest
from web.views import way_back


class Login(LoginView):
    """Login by e-mail address and password; after too many failures the answer is 429."""

    def form_invalid(self, form: Any) -> HttpResponse:
        answer = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "throttled"):
            answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
            answer["Retry-After"] = str(WINDOW)
        return answer


login = policy("account.login")(
    Login.as_view(authentication_form=LoginForm, template_name="accounts/login.html", redirect_authenticated_user=True)
)
logout = policy("account.logout")(LogoutView.as_view())


@policy("account.switch")
@require_POST
def act_for(request: UserRequest) -> HttpResponse:
    """Act for one of the person's organizations from now on, or for all of them."""
    chosen = request.POST.get("organization", "")
    mine = {str(each.organization_id) for each in request.user.own_memberships}
    if chosen and chosen not in mine:
        raise BadInput(_("You do not act for this organization. Choose one of yours."))
    request.session[ACTING_FOR] = int(chosen) if chosen else None
    return redirect(way_back(request))
