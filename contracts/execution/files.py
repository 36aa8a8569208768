"""Milestones carry files: the deliverables that the provider hands in."""

from contracts.models import Milestone
from files.subjects import Subject, register

register(
    Subject(
        noun="milestone",
        model=Milestone,
        see="milestone.files",
        attach="milestone.deliver",
        owner="project__contract__provider_id",
    )
)
