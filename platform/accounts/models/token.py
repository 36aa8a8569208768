"""Keys with which programs ask in a person's name."""

import hashlib
import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from policy import Actor, visible
from texts.fields import LineField

MARK = "tenon_"


def new_key() -> str:
    """A key that nobody can guess, with a mark by which scanners for leaked secrets know it."""
    return MARK + secrets.token_hex(24)


def digest_of(key: str) -> str:
    """What is kept of a key. It has 192 random bits, so a fast hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, actor: Actor) -> "ApiTokenQuerySet":
        return visible(self, actor, "token.view")  # type: ignore[return-value]

    def valid(self) -> "ApiTokenQuerySet":
        """Those that still open the API, by the clock."""
        return self.filter(expires_at__gt=timezone.now(), revoked_at=None)


class ApiToken(models.Model):
    """A program's key: of its owner's rights it has those of its scope, until it expires or is revoked."""

    NOUN = "token"

    class Scope(models.TextChoices):
        READ = "read", _("Read only")
        WRITE = "write", _("Read and write")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("user"))
    name = LineField(_("what it is for"), max_length=60)
    scope = models.CharField(_("scope"), max_length=5, choices=Scope.choices, default=Scope.READ)
    beginning = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_valid(self) -> bool:
        """Whether it still opens the API."""
        return self.revoked_at is None and self.expires_at > timezone.now()
