"""What can go wrong in contracts besides what the journal knows."""

from django.utils.translation import gettext_lazy as _

from journal.errors import DomainError


class ServiceDown(DomainError):
    """Another service that is needed for this does not answer; nothing was changed."""

    status = 503
    code = "service-down"
    title = _("A service does not answer")
