"""Digests: what an organization is told of new good matches, at most once a day and nothing twice."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from policy import Actor, visible


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, actor: Actor) -> "DigestQuerySet":
        return visible(self, actor, "digest.view")  # type: ignore[return-value]


class Digest(models.Model):
    """The good matches for an organization's posts of which it had not been told; each stands in one digest a side."""

    NOUN = "digest"

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="digests", verbose_name=_("organization")
    )
    made_at = models.DateTimeField(_("made"))
    number = models.PositiveIntegerField(_("new good matches"))

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        indexes: ClassVar = [models.Index(fields=["organization", "-made_at"], name="matching_digest_latest")]

    def __str__(self) -> str:
        return f"digest for {self.organization_id}"

    def get_absolute_url(self) -> str:
        return reverse("matching:digest", args=[self.pk])
