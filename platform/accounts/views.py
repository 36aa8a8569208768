"""Pages of accounts: login, logout, an organization."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.forms import LoginForm
from accounts.models import Organization
from accounts.panels import panels_for
from policy import policy
from web.paging import refuse_page_numbers
from web.requests import UserRequest

login = policy("account.login")(
    LoginView.as_view(
        authentication_form=LoginForm, template_name="accounts/login.html", redirect_authenticated_user=True
    )
)
logout = policy("account.logout")(LogoutView.as_view())


@policy("organization.view")
@require_safe
def organization(request: UserRequest, pk: int) -> HttpResponse:
    """Who an organization is; what it has published, the floors above show."""
    refuse_page_numbers(request)
    found = get_object_or_404(Organization.objects.visible_to(request.user).select_related("region"), pk=pk)
    context = {"organization": found, "panels": panels_for(request, found)}
    return render(request, "accounts/organization.html", context)
