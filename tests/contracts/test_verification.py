"""What a paper is worth, by its hash."""

import pytest
from django.utils import timezone

from contracts.services.verification import State, look_up
from tests.contracts import signers
from tests.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def test_a_paper_is_in_force_until_its_project_is_terminated(done: signers.Case) -> None:
    file = done.contract.frozen_version.files.latest("number")  # type: ignore[union-attr]

    before = look_up(file.sha256, at=timezone.now()).state
    ProjectFactory.create(contract=done.contract, status="terminated")

    assert (before, look_up(file.sha256, at=timezone.now()).state) == (State.IN_FORCE, State.TERMINATED)
