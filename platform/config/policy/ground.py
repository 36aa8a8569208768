"""Rows for the ground floor: places without an object, organizations, jobs."""

from django.utils.translation import gettext_lazy as _

from policy import Created, allow

EVERYBODY = "visitor member"

RULES = (
    *allow(
        EVERYBODY,
        "web.home web.set_language web.set_theme web.health web.style account.login api.read taxonomy.view",
        because=_("These places are open to everybody."),
    ),
    *allow("member", "web.desk account.me account.logout", because=_("Everybody who is logged in has a desk.")),
    *allow(EVERYBODY, "organization.view", because=_("Who takes part is public.")),
    *allow("member", "job.view", to=Created(), because=_("You started this work.")),
    *allow("administrator", "job.view", because=_("Administrators watch over all work.")),
)
