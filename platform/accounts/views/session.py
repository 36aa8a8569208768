"""Login, logout, and for whom one acts."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms import LoginForm
from accounts.middleware import ACTING_FOR
from journal.errors import BadInput
from policy import policy
from web.requests import UserRequest
from web.views import way_back

login = policy("account.login")(
    LoginView.as_view(
        authentication_form=LoginForm, template_name="accounts/login.html", redirect_authenticated_user=True
    )
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
