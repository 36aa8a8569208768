"""The blocks into which a rematch is cut."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobs.models import Job


class ShardQuerySet(models.QuerySet["Shard"]):
    def pending(self) -> "ShardQuerySet":
        return self.filter(done_at=None)

    def free(self, now: datetime) -> "ShardQuerySet":
        """Those that nobody works on: never taken, or taken by a worker that has gone silent."""
        return self.pending().filter(Q(held_until=None) | Q(held_until__lt=now))


class Shard(models.Model):
    """The needs of a rematch from one key to another, scored by one worker at a time."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="shards")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    needs = models.PositiveIntegerField()
    held_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = ShardQuerySet.as_manager()

    class Meta:
        verbose_name = _("block of a rematch")
        verbose_name_plural = _("blocks of rematches")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "first"], name="matching_shard_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="matching_shard_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["job", "id"], name="matching_shard_open", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"block {self.first}-{self.last} of job {self.job_id}"
