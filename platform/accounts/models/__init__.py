"""What accounts keep."""

from accounts.models.membership import Invitation, Membership
from accounts.models.office import Office
from accounts.models.organization import Organization
from accounts.models.ties import Interest, Mandate
from accounts.models.token import ApiToken
from accounts.models.user import User, UserManager

__all__ = [
    "ApiToken",
    "Interest",
    "Invitation",
    "Mandate",
    "Membership",
    "Office",
    "Organization",
    "User",
    "UserManager",
]
