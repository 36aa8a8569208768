"""Rows for the ground floor: places without an object, organizations, jobs."""

from django.utils.translation import gettext_lazy as _

from files.relations import OfSubject
from policy import Alongside, Created, WorksFor, allow

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
    # What may be done with a file follows from the thing that it is attached to.
    *allow(
        "member",
        "attachment.view attachment.read",
        to=OfSubject("see"),
        when="released",
        because=_("You may see the files of what it is attached to."),
    ),
    *allow(
        "member",
        "attachment.view",
        to=OfSubject("attach"),
        when="quarantined refused",
        because=_("You may attach files there."),
    ),
    *allow("member", "attachment.create", to=OfSubject("attach"), because=_("You may attach files there.")),
    *allow(
        "member",
        "attachment.remove",
        to=Alongside(WorksFor("owner_id"), OfSubject("attach")),
        when="released refused",
        because=_("You may attach files there."),
    ),
    *allow(
        "platform",
        "attachment.release attachment.refuse",
        when="quarantined",
        because=_("Nobody opens a file before it was checked."),
    ),
    *allow("member", "notice.view notice.read", to=Created("recipient_id"), because=_("It was told to you.")),
    *allow("member", "notice.settings", because=_("Everybody chooses what is mailed.")),
    *allow(EVERYBODY, "notice.unsubscribe", because=_("Whoever holds the letter may stop its kind.")),
)
