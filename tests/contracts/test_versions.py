"""A frozen version never changes, and a contract has at most one that is in force."""

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction

from contracts.models import Contract, ContractVersion
from tests.factories import LONG_AGO, ContractFactory, frozen_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def version() -> ContractVersion:
    return frozen_version(ContractFactory.create())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contracts_contractversion SET number = 9",
        "UPDATE contracts_contractversion SET content = ''",
        "DELETE FROM contracts_contractversion",
    ],
)
def test_the_database_refuses_to_touch_a_frozen_version(version: ContractVersion, statement: str) -> None:
    with pytest.raises(IntegrityError, match="frozen versions are final"), transaction.atomic():
        connection.cursor().execute(statement)

    assert ContractVersion.objects.get().document == {"version": 1}


def test_a_hash_of_other_content_is_refused(version: ContractVersion) -> None:
    forged = ContractVersion(
        contract=version.contract,
        number=2,
        content=b"{}",
        sha256=hashlib.sha256(b"something else").hexdigest(),
        frozen_at=LONG_AGO,
    )

    with pytest.raises(IntegrityError, match="contracts_version_hash_is_of_its_content"), transaction.atomic():
        forged.save()

    assert list(ContractVersion.objects.all()) == [version]


@pytest.mark.parametrize("status", ["frozen", "signing", "declined", "expired", "effective"])
def test_nothing_is_frozen_without_a_version(version: ContractVersion, status: str) -> None:
    with pytest.raises(IntegrityError, match="contracts_frozen_means_a_version"), transaction.atomic():
        Contract.objects.filter(pk=version.contract_id).update(status=status)

    assert Contract.objects.get().status == "drafting"


def test_what_is_negotiated_has_no_frozen_version(version: ContractVersion) -> None:
    with pytest.raises(IntegrityError, match="contracts_frozen_means_a_version"), transaction.atomic():
        Contract.objects.filter(pk=version.contract_id).update(status="negotiating", frozen_version=version)

    assert Contract.objects.get().status == "drafting"


def test_going_back_to_negotiation_leaves_the_version_on_record() -> None:
    contract = ContractFactory.create(status="frozen")
    speaker = contract.match.need.created_by

    contract.move_to("negotiating", by=speaker, expected=contract.version, reason="terms")

    contract.refresh_from_db()
    assert (contract.status, contract.frozen_version) == ("negotiating", None)
    assert [version.number for version in contract.versions.all()] == [1]
