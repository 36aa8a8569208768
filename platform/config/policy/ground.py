"""Rows for the ground floor: places without an object, organizations, jobs."""

from django.utils.translation import gettext_lazy as _

from files.relations import OfSubject
from policy import Alongside, Created, Having, Represents, Uninvolved, WorksFor, allow

EVERYBODY = "visitor member"

RULES = (
    *allow(
        EVERYBODY,
        "web.home web.set_language web.set_theme web.health web.style account.login api.read taxonomy.view",
        because=_("These places are open to everybody."),
    ),
    *allow(
        "member",
        "web.desk account.me account.logout account.switch account.settings account.data",
        because=_("Everybody who is logged in has a desk."),
    ),
    *allow(EVERYBODY, "organization.view", when="verified suspended", because=_("Who takes part is public.")),
    *allow(
        "member",
        "organization.view organization.history organization.evidence organization.staff",
        to=WorksFor("pk"),
        because=_("It is your organization."),
    ),
    *allow(
        "administrator",
        "organization.view organization.history organization.evidence organization.staff",
        because=_("Administrators verify organizations."),
    ),
    *allow("member", "organization.found organization.check", because=_("Everybody may register an organization.")),
    *allow(
        "member",
        "organization.describe",
        to=Represents("pk"),
        when="unverified returned verified",
        because=_("You may speak for it."),
    ),
    *allow(
        "member",
        "organization.submit organization.attach",
        to=Represents("pk"),
        when="unverified returned",
        because=_("You may speak for it."),
    ),
    *allow(
        "administrator",
        "organization.return organization.reject",
        to=Uninvolved("pk"),
        when="submitted",
        because=_("Administrators verify organizations."),
    ),
    *allow(
        "administrator",
        "organization.verify",
        to=Uninvolved("pk"),
        when="submitted suspended",
        because=_("Administrators verify organizations."),
    ),
    *allow(
        "administrator",
        "organization.suspend",
        to=Uninvolved("pk"),
        when="verified",
        because=_("Administrators verify organizations."),
    ),
    *allow("member", "membership.view", to=WorksFor("organization_id"), because=_("It is your organization.")),
    *allow("administrator", "membership.view mandate.view", because=_("Administrators verify organizations.")),
    *allow(
        "member",
        "membership.change membership.end",
        to=Represents("organization_id"),
        because=_("You may speak for it."),
    ),
    *allow("member", "membership.end", to=Created("user_id"), because=_("It is your own membership.")),
    *allow(
        "member",
        "invitation.view invitation.send invitation.revoke",
        to=Represents("organization_id"),
        because=_("You may speak for it."),
    ),
    *allow(EVERYBODY, "invitation.read", because=_("Whoever holds the link may read it.")),
    *allow(
        "member",
        "mandate.view",
        to=WorksFor("organization_id", "broker_id"),
        because=_("Your organization gave or received it."),
    ),
    *allow("member", "mandate.grant", to=Represents("organization_id"), because=_("You may speak for it.")),
    *allow(
        "member",
        "mandate.revoke",
        to=Represents("organization_id", "broker_id"),
        because=_("You may speak for one of the two."),
    ),
    *allow("member", "interest.declare token.create", because=_("Everybody has settings of his own.")),
    *allow(
        "member",
        "interest.view token.view token.revoke",
        to=Created("user_id"),
        because=_("It is your own."),
    ),
    *allow(
        "member",
        "interest.end",
        to=Alongside(Created("user_id"), Having("kind", ("declared",))),
        because=_("You declared it."),
    ),
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
