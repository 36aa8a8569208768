"""Addresses of accounts."""

from django.urls import path

from accounts.services.organizations import ACTIONS
from accounts.views import members, organizations, personal, session, settings
from web.actions import action_paths

app_name = "accounts"
urlpatterns = [
    path("login/", session.login, name="login"),
    path("logout/", session.logout, name="logout"),
    path("act-for/", session.act_for, name="act-for"),
    path("organizations/new/", organizations.found, name="found"),
    path("organizations/uscc/", organizations.check_uscc, name="uscc"),
    path("organizations/<int:pk>/", organizations.organization, name="organization"),
    path("organizations/<int:pk>/edit/", organizations.describe, name="describe"),
    *action_paths(
        "organizations/<int:pk>/actions/",
        ACTIONS,
        noun="organization",
        find=organizations.find,
        show=organizations.show,
    ),
    path("organizations/<int:pk>/members/", members.staff, name="members"),
    path("organizations/<int:pk>/invite/", members.invite, name="invite"),
    path("organizations/<int:pk>/mandates/", members.grant, name="grant"),
    path("invitations/<int:pk>/revoke/", members.revoke_invitation, name="revoke-invitation"),
    path("invitations/<str:token>/", members.invitation, name="invitation"),
    path("memberships/<int:pk>/role/", members.change_role, name="change-role"),
    path("memberships/<int:pk>/end/", members.end_membership, name="end-membership"),
    path("mandates/<int:pk>/revoke/", members.revoke_mandate, name="revoke-mandate"),
    path("settings/", settings.profile, name="settings"),
    path("settings/tokens/", settings.api_tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", settings.revoke_token, name="revoke-token"),
    path("settings/data/", personal.data, name="data"),
    path("settings/data/export/", personal.export, name="export"),
    path("settings/data/erase/", personal.erase, name="erase"),
    path("settings/interests/", settings.interests, name="interests"),
    path("settings/interests/<int:pk>/end/", settings.end_interest, name="end-interest"),
]
