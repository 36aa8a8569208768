"""Users, organizations, memberships and offices."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import validate_uscc
from policy import VISITOR, Actor, Scope, Standing, visible
from taxonomy.models import Chain, Region


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
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
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

    @cached_property
    def standing(self) -> Standing:
        """Roles and ties as of now, read once for this instance: a request sees one standing throughout."""
        if not self.is_active:
            return VISITOR
        memberships = list(self.memberships.current().select_related("organization"))
        offices = list(self.offices.current().select_related("region", "chain"))
        return Standing(
            roles=frozenset(
                {"member", *(m.organization.kind for m in memberships), *(office.kind for office in offices)}
            ),
            user_id=self.pk,
            works_for=frozenset(m.organization_id for m in memberships),
            represents=frozenset(m.organization_id for m in memberships if m.role == Membership.Role.MANAGER),
            supervises_for=frozenset(
                office.organization_id
                for office in offices
                if office.kind == Office.Kind.SUPERVISOR and office.organization_id is not None
            ),
            scopes=tuple(office.scope for office in offices if office.kind == Office.Kind.SUPERVISOR),
        )


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, actor: Actor) -> "OrganizationQuerySet":
        return visible(self, actor, "organization.view")  # type: ignore[return-value]


class Organization(models.Model):
    """An enterprise, university, institute, government body or broker, known by its unified social credit code."""

    NOUN = "organization"

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        UNIVERSITY = "university", _("University")
        INSTITUTE = "institute", _("Research institute")
        GOVERNMENT = "government", _("Government")
        BROKER = "broker", _("Broker")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True, validators=[validate_uscc])
    region = models.ForeignKey(Region, on_delete=models.PROTECT, verbose_name=_("region"))
    about_zh = models.TextField(_("about, in Chinese"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering: ClassVar = ["name_zh", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:organization", args=[self.pk])

    @property
    def name(self) -> str:
        """The name in the reader's language, as far as there is one."""
        return (self.name_en if (get_language() or "").startswith("en") else self.name_zh) or self.name_zh


class TermOfOffice(models.QuerySet[Any]):
    def current(self) -> "TermOfOffice":
        """Those that have begun and not ended; the clock decides, nothing has to be switched."""
        now = timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now)


class Membership(models.Model):
    """A person acts for an organization, from one day until another."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("Manager")
        CONTRIBUTOR = "contributor", _("Contributor")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("user"))
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = TermOfOffice.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organization"], condition=Q(until=None), name="accounts_membership_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organization_id}"


class Office(models.Model):
    """A public duty: to administer the platform, or to supervise a region and a chain for the government."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        SUPERVISOR = "supervisor", _("Supervisor")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offices", verbose_name=_("user"))
    kind = models.CharField(_("office"), max_length=14, choices=Kind.choices)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("government organization")
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("chain"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = TermOfOffice.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="administrator", organization=None) | Q(kind="supervisor", organization__isnull=False),
                name="accounts_office_supervisor_of_an_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"

    @property
    def scope(self) -> Scope:
        """What a supervisor answers for."""
        return Scope(
            region=self.region.code if self.region else "",
            chain=self.chain.code if self.chain else "",
        )
