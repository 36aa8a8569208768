"""A job: long work cut into steps, each committed together with the progress it made."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policy import Actor, visible

labels: dict[str, str | Promise] = {}
"""What people call the jobs of each kind."""


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> "JobQuerySet":
        """Jobs that still have steps before them."""
        return self.filter(ended_at=None)

    def visible_to(self, actor: Actor) -> "JobQuerySet":
        return visible(self, actor, "job.view")  # type: ignore[return-value]


class Job(models.Model):
    """Long work with an owner; a killed worker costs the step under way, never one that was done.

    Its condition follows from `ended_at` and `failure`; there is no status to drift.
    """

    NOUN = "job"

    kind = models.CharField(_("kind"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="jobs", verbose_name=_("started by")
    )
    subject_id = models.BigIntegerField(_("subject"), null=True)
    total = models.PositiveIntegerField(_("steps in all"), null=True)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    cursor = models.JSONField(default=dict)
    result = models.JSONField(_("result"), default=dict)
    failure = models.CharField(_("why it failed"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="jobs_job_open", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def label(self) -> str:
        """What people call this work."""
        return str(labels.get(self.kind, self.kind))

    @property
    def running(self) -> bool:
        return self.ended_at is None

    @property
    def percent(self) -> int:
        """Whole per cent done; 0 while the total is not known yet."""
        return min(100, 100 * self.done // self.total) if self.total else 0
