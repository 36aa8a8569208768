"""Long work over REST: how far it is."""

from typing import ClassVar

from rest_framework import mixins, serializers

from jobs.models import Job
from rest.viewsets import GatedViewSet


class JobSerializer(serializers.ModelSerializer[Job]):
    """Long work: ask again until `running` is false, then look at `failure` and `result`."""

    percent = serializers.IntegerField(read_only=True)
    running = serializers.BooleanField(read_only=True)
    result = serializers.DictField(read_only=True)

    class Meta:
        model = Job
        fields: ClassVar = [
            "id", "kind", "subject_id", "total", "done", "percent", "running", "result", "failure", "created_at",
            "ended_at",
        ]  # fmt: skip


class JobViewSet(mixins.RetrieveModelMixin, GatedViewSet):
    """Long work that the asker started; administrators see all of it."""

    queryset = Job.objects.all()
    serializer_class = JobSerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {"retrieve": "job.view"}
