"""Organizations carry files too: the evidence by which they are verified."""

from django.utils.translation import gettext_lazy as _

from accounts import panels
from accounts.models import Organization
from accounts.panels import Panel
from files.models import Attachment
from files.subjects import Subject, register
from policy import allowed
from web.requests import UserRequest

register(
    Subject(
        noun="organization",
        model=Organization,
        see="organization.evidence",
        attach="organization.attach",
        owner="pk",
    )
)


def evidence(request: UserRequest, organization: Organization) -> Panel | None:
    """The evidence, for those who may see it and where there is some or can be."""
    if not allowed(request.user, "organization.evidence", organization):
        return None
    attaches = allowed(request.user, "organization.attach", organization)
    if not attaches and not Attachment.objects.attached_to(organization).kept().exists():
        return None
    return Panel(_("Evidence"), "files/organization_panel.html", {"organization": organization})


panels.register(evidence, order=10)
