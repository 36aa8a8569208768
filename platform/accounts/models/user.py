"""People."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.standing import standing_of_user
from policy import VISITOR, Standing

if TYPE_CHECKING:
    from accounts.models.membership import Membership


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who logs in with this e-mail address; without a password nobody can log in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person, known by an e-mail address; what the person may do follows from memberships and offices."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    acting_for: int | None = None
    """The organization (by primary key) that the person chose to act for in this session; None for all of them."""

    @cached_property
    def own_memberships(self) -> "list[Membership]":
        """The memberships as of now, read once for this instance."""
        return list(self.memberships.current().select_related("organization").order_by("pk"))

    @cached_property
    def standing(self) -> Standing:
        """Roles and ties as of now, read once for this instance: a request sees one standing throughout."""
        return standing_of_user(self) if self.is_active else VISITOR
