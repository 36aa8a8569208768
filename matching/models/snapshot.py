"""Snapshots of the index that were built."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def of(self, engine_version: str) -> "SnapshotQuerySet":
        """Those that this version of the engine made: another one's spaces mean something else."""
        return self.filter(engine_version=engine_version)

    def serving(self) -> "Snapshot | None":
        """The newest that nobody found damaged; the row is the pointer that all machines follow."""
        return self.filter(fault="").order_by("-pk").first()

    def before(self, snapshot: "Snapshot") -> "Snapshot | None":
        """The one to fall back to where this one cannot be used."""
        return self.of(snapshot.engine_version).filter(pk__lt=snapshot.pk).serving()


class Snapshot(models.Model):
    """An index that stands complete in the storage, under the hash of its content.

    A build becomes the serving one in the moment in which its row is committed, and never before.
    """

    name = models.CharField(max_length=64, unique=True)
    engine_version = models.CharField(_("engine"), max_length=80)
    model = models.CharField(_("embedding"), max_length=200, blank=True)
    needs = models.PositiveIntegerField(_("needs"))
    achievements = models.PositiveIntegerField(_("achievements"))
    created_at = models.DateTimeField(_("built"), auto_now_add=True)
    fault = models.CharField(_("why it is not used"), max_length=300, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("index snapshot")
        verbose_name_plural = _("index snapshots")

    def __str__(self) -> str:
        return f"snapshot {self.name[:12]}"

    @property
    def folder(self) -> str:
        """What its folder is called, in the storage and on every machine."""
        return f"snapshot-{self.name[:24]}"
