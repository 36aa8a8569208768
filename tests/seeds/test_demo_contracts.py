"""The stories of contracts in the demonstration, from the negotiation to force; a second telling changes nothing."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from contracts.guards import pre_check
from contracts.models import Contract, Project, Proposal
from information.demonstration import Demonstration
from information.models import Achievement, Need
from journal.models import Entry
from tests.factories import MatchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(db: None) -> None:
    """The demonstration with every intended pair suggested, as after the first matching."""
    for command in ("load_taxonomy", "load_clauses", "load_demo"):
        call_command(command, stdout=StringIO())
    for pair in Demonstration(settings.BASE_DIR / "seeds" / "demo", password="").intended():
        MatchFactory.create(
            need=Need.objects.get(external_id=pair["need"]),
            achievement=Achievement.objects.get(external_id=pair["achievement"]),
        )


def test_contracts_stand_at_each_step_up_to_the_project(
    suggested: None, settings: Any, tmp_path: Path, deliver_news: Callable[[], int]
) -> None:
    settings.SIGNING_FOLDER, settings.SIGNING_LEVEL = tmp_path, "platform"

    call_command("tell_contracts", stdout=StringIO())
    entries = Entry.objects.count()
    call_command("tell_contracts", stdout=StringIO())

    contracts = Contract.objects.order_by("pk")
    assert [each.status for each in contracts] == ["negotiating", "frozen", "signing", "effective"]
    assert all(each.government_joined_at for each in contracts)
    assert Proposal.objects.filter(outcome="").count() == 2
    assert [finding.code for finding in pre_check(contracts[0]) if finding.blocking] == []
    assert Entry.objects.count() == entries
    deliver_news()
    project = Project.objects.get()
    assert project.contract == contracts[3]
    assert sum(each.amount for each in project.payments.all()) == project.total
