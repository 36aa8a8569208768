"""What people are told about their organizations, and the mail that carries an invitation."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import Invitation, Organization
from accounts.people import administrators, speakers_of
from accounts.services.members import token_of
from journal.models import Entry
from journal.subscriptions import on
from notifications.composing import address
from notifications.kinds import About, Channel, Kind, register
from notifications.services import tell
from notifications.wording import with_reason

GROUP = gettext_lazy("Organizations")
ABOUT = (About(Organization, "organization.view"),)


def verified(entry: Entry, organization: Any) -> str:
    """To those who speak for it."""
    return _("%(organization)s is verified: what you submit can be published now.") % {
        "organization": organization.name
    }


def returned(entry: Entry, organization: Any) -> str:
    """The same."""
    sentence = _("The verification of %(organization)s came back to you.") % {"organization": organization.name}
    return with_reason(sentence, entry, organization)


def rejected(entry: Entry, organization: Any) -> str:
    """The same."""
    sentence = _("%(organization)s was not verified.") % {"organization": organization.name}
    return with_reason(sentence, entry, organization)


def suspended(entry: Entry, organization: Any) -> str:
    """The same."""
    sentence = _("%(organization)s was suspended: nothing of it can be published.") % {
        "organization": organization.name
    }
    return with_reason(sentence, entry, organization)


def submitted(entry: Entry, organization: Any) -> str:
    """To the administrators."""
    return _("%(organization)s asks to be verified.") % {"organization": organization.name}


register(
    Kind("organization.verified", GROUP, gettext_lazy("My organization was verified"), ABOUT, verified),
    Kind("organization.returned", GROUP, gettext_lazy("The verification came back to us"), ABOUT, returned),
    Kind("organization.rejected", GROUP, gettext_lazy("My organization was not verified"), ABOUT, rejected),
    Kind("organization.suspended", GROUP, gettext_lazy("My organization was suspended"), ABOUT, suspended),
    Kind(
        "organization.submitted",
        GROUP,
        gettext_lazy("An organization waits for my verification"),
        ABOUT,
        submitted,
        Channel.DAILY,
        "organization.verify",
    ),
)
DECISIONS = ("verified", "returned", "rejected", "suspended")


@on(*(f"accounts.organization.{news}" for news in DECISIONS))
def tell_the_organization(entry: Entry) -> None:
    tell(f"organization.{entry.name.rpartition('.')[2]}", entry, speakers_of(entry.subject_id))


@on("accounts.organization.submitted")
def tell_the_administrators(entry: Entry) -> None:
    tell("organization.submitted", entry, administrators())


@on("accounts.invitation.sent")
def mail_invitation(entry: Entry) -> None:
    """The receipt is committed after the mail server took the mail: a crash in between sends it once more."""
    invitation = Invitation.objects.open().filter(pk=entry.subject_id).select_related("organization", "invited_by")
    for asked in invitation:
        invitation_mail(asked).send()


def invitation_mail(asked: Invitation) -> EmailMessage:
    """The mail with the link, in the language of the person who invites."""
    with override(asked.language or settings.LANGUAGE_CODE):
        link = address(reverse("accounts:invitation", args=[token_of(asked)]))
        organization, person = asked.organization.name, asked.invited_by.name
        return EmailMessage(
            subject=_("%(person)s invites you to act for %(organization)s")
            % {"person": person, "organization": organization},
            body=render_to_string(
                "notifications/invitation.txt",
                {"organization": organization, "person": person, "role": asked.get_role_display(), "link": link},
            ),
            to=[asked.email],
            headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<invitation-{asked.pk}@{settings.SITE_HOST}>"},
        )
