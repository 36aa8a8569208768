"""How journal entries of accounts read on a timeline, and the pages among the settings."""

from django.utils.translation import gettext_lazy as _

from accounts.settings_menu import Place, register
from web.timeline import Words, words_for

words_for(
    {
        "accounts.organization.founded": Words(_("registered the organization"), icon="plus"),
        "accounts.organization.described": Words(_("changed the description"), icon="pencil"),
        "accounts.organization.submitted": Words(_("asked to be verified"), "wait", "paper-airplane"),
        "accounts.organization.verified": Words(_("verified the organization"), "good", "check-badge"),
        "accounts.organization.returned": Words(_("returned it for changes"), "wait", "arrow-uturn-left"),
        "accounts.organization.rejected": Words(_("rejected it"), "fault", "x-mark"),
        "accounts.organization.suspended": Words(_("suspended the organization"), "fault", "pause"),
    }
)
register(
    Place(10, "accounts:settings", _("Profile"), "account.settings"),
    Place(30, "accounts:tokens", _("API tokens"), "token.create"),
    Place(50, "accounts:data", _("My data"), "account.data"),
    Place(40, "accounts:interests", _("Interests"), "interest.declare"),
)
