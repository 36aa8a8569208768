"""Who was let in to a post that is not open to all members."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information.models.achievement import Achievement
from information.models.need import Need
from information.models.post import Post


class Grant(models.Model):
    """An organization's access to the full text of one post; floors above fill it through `information.services`.

    A post "after mutual interest" opens at either level, one "after an NDA" at that level alone.
    """

    class Level(models.TextChoices):
        INTEREST = "interest", _("Mutual interest")
        NDA = "nda", _("Signed NDA")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, null=True, related_name="grants", verbose_name=_("need"))
    achievement = models.ForeignKey(
        Achievement, on_delete=models.CASCADE, null=True, related_name="grants", verbose_name=_("achievement")
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("organization")
    )
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    source = models.CharField(_("given under"), max_length=40)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("access to a post")
        verbose_name_plural = _("accesses to posts")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(need__isnull=True) ^ Q(achievement__isnull=True), name="information_grant_of_one_post"
            ),
            models.UniqueConstraint(
                fields=["need", "organization", "source"],
                condition=Q(need__isnull=False),
                name="information_grant_once_for_need",
            ),
            models.UniqueConstraint(
                fields=["achievement", "organization", "source"],
                condition=Q(achievement__isnull=False),
                name="information_grant_once_for_achievement",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source"], name="information_grant_source", condition=Q(until=None)),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.post} → {self.organization_id}"

    @property
    def post(self) -> Post:
        """The need or the achievement."""
        post: Post = self.need or self.achievement  # type: ignore[assignment]  # one of them, by constraint
        return post
