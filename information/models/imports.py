"""Imports: a file of posts on its way in, row by row."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from jobs.models import Job
from policy import Actor, visible


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, actor: Actor) -> "ImportQuerySet":
        return visible(self, actor, "import.view")  # type: ignore[return-value]


class Import(models.Model):
    """One uploaded file; its rows become posts of one organization, by a job."""

    NOUN = "import"

    class Kind(models.TextChoices):
        NEED = "need", _("Needs")
        ACHIEVEMENT = "achievement", _("Achievements")

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        JSONL = "jsonl", "JSON Lines"

    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="imports", verbose_name=_("organization")
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("imported by"))
    kind = models.CharField(_("what it holds"), max_length=12, choices=Kind.choices)
    format = models.CharField(_("format"), max_length=6, choices=Format.choices)
    file_name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content still to be read"), null=True)
    submit = models.BooleanField(_("submit for verification at once"), default=True)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("job"))
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("information:import", args=[self.pk])


class ImportRow(models.Model):
    """One row of an imported file and what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CREATED = "created", _("Created")
        UPDATED = "updated", _("Updated")
        UNCHANGED = "unchanged", _("Unchanged")
        FAILED = "failed", _("Failed")

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    field = models.CharField(_("field"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    post_id = models.BigIntegerField(_("post"), null=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering: ClassVar = ["line"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "line"], name="information_row_once_per_line")
        ]
        indexes: ClassVar = [models.Index(fields=["source", "outcome", "line"], name="information_row_outcome")]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.line}"
