"""Pages of accounts: login, logout, an organization."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.forms import LoginForm
from accounts.models import Organization
from policy import policy
from web.requests import UserRequest

login = policy("account.login")(
    LoginView.as_view(
        authentication_form=LoginForm, template_name="accounts/login.html", redirect_authenticated_user=True
    )
)
logout = policy("account.logout")(LogoutView.as_view())


@policy("organization.view")
def organization(request: UserRequest, pk: int) -> HttpResponse:
    """Who an organization is; what it has published stands on the floors above."""
    found = get_object_or_404(Organization.objects.visible_to(request.user).select_related("region"), pk=pk)
    return render(request, "accounts/organization.html", {"organization": found})
