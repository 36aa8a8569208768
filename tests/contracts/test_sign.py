"""Three parties sign one file in order; each file begins with the one before; the last signature puts it in force."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Membership, Office, User
from contracts import services
from contracts.models import Contract, ContractFile, Signing
from contracts.services import Intent
from contracts.services.keeping import expectations
from contracts.signing.file import digest_of
from contracts.signing.strict import verify
from contracts.signing.surroundings import roots
from journal.errors import BadInput, DomainError, GuardFailed, NotAllowed, StaleVersion
from journal.models import Entry
from journal.recording import record
from tests import factories
from tests.contracts.signers import PASSWORD, Case, case, document_for, freeze, intent, signed_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "platform_keys")]


def stored(one: Case) -> tuple[int, int]:
    """How many files and signatures there are of the frozen version."""
    return len(one.files), len(one.signatures)


def test_the_platform_certifies_before_anybody_signs(started: Case) -> None:
    (certification,) = started.signatures
    assert (started.fresh().status, started.signing.turn) == ("signing", "client")
    assert (certification.number, certification.role, certification.person) == (1, "", None)
    assert [file.number for file in started.files] == [0, 1]


def test_enterprise_university_and_government_sign_in_order_and_the_contract_takes_effect(done: Case) -> None:
    files, signatures = done.files, done.signatures
    assert (done.contract.status, done.signing.turn) == ("effective", "")
    assert [each.role for each in signatures] == ["", "client", "provider", "government"]
    assert [each.before_sha256 for each in signatures] == [each.sha256 for each in files[:-1]]
    assert [each.after_sha256 for each in signatures] == [each.sha256 for each in files[1:]]
    for earlier, later in pairwise(files):
        assert bytes(later.content).startswith(bytes(earlier.content))


def test_a_contract_in_force_is_good_by_every_measure(done: Case) -> None:
    last = done.files[-1]
    verdict = verify(
        bytes(last.content),
        known={last.sha256},
        expected=expectations(done.signatures),
        roots=roots(timezone.now()),
    )
    assert verdict.good, verdict.codes
    assert [one.organization for one in verdict.signatures] == [
        "Tenon",
        done.contract.client.name_zh,
        done.contract.provider.name_zh,
        done.contract.government.name_zh,  # type: ignore[union-attr]
    ]


def test_without_a_government_two_signatures_are_enough() -> None:
    done = signed_case(government=False)

    assert (done.contract.status, len(done.signatures)) == ("effective", 3)


def test_each_signature_and_the_taking_effect_are_one_entry_each(done: Case) -> None:
    names = [entry.name.removeprefix("contracts.contract.") for entry in Entry.objects.about(done.contract)]
    assert names == ["signing_started", "signed", "signed", "signed", "took_effect"]
    last = Entry.objects.about(done.contract).filter(name="contracts.contract.signed").last()
    assert last is not None
    assert last.data["sha256"] == done.files[-1].sha256


def test_what_was_shown_and_typed_is_kept(started: Case) -> None:
    started.sign("client")

    signature = started.signatures[-1]
    assert signature.typed_name == "王伟"
    assert signature.statement.startswith(f"I have read version 1 of contract {started.contract.number}, whose data")
    assert started.contract.frozen_version is not None
    assert started.contract.frozen_version.sha256 in signature.statement
    assert signature.level == "platform"


@pytest.mark.parametrize("role", ["provider", "government"])
def test_nobody_signs_before_his_turn(started: Case, role: str) -> None:
    with pytest.raises(NotAllowed, match="not your organization's turn"):
        started.sign(role)

    assert stored(started) == (2, 1)


def test_nobody_signs_twice(started: Case) -> None:
    started.sign("client")

    with pytest.raises(NotAllowed):
        started.sign("client")


def test_nobody_signs_for_two_parties(started: Case) -> None:
    both = started.people["client"]
    Membership.objects.create(user=both, organization=started.contract.provider, role="manager")
    started.sign("client")
    started.people["provider"] = User.objects.get(pk=both.pk)

    with pytest.raises(NotAllowed, match="for another party"):
        started.sign("provider")

    assert started.signing.turn == "provider"


def test_a_supervisor_who_belongs_to_a_party_does_not_sign_for_the_government(started: Case) -> None:
    started.sign("client")
    started.sign("provider")
    Membership.objects.create(
        user=started.people["government"], organization=started.contract.client, role="contributor"
    )
    started.people["government"] = User.objects.get(pk=started.people["government"].pk)

    with pytest.raises(NotAllowed):
        started.sign("government")


def test_an_administrator_does_not_sign_for_the_government(started: Case, administrator: User) -> None:
    started.sign("client")
    started.sign("provider")
    administrator.set_password(PASSWORD)
    started.people["government"] = administrator

    with pytest.raises(NotAllowed):
        started.sign("government")


def test_who_approved_the_match_as_administrator_does_not_sign_for_a_party(ready: Case) -> None:
    by = ready.people["client"]
    Office.objects.create(user=by, kind=Office.Kind.ADMINISTRATOR)
    with transaction.atomic():
        record(ready.contract.match, "approved", by=by)
    started = ready.start()

    with pytest.raises(NotAllowed, match="You approved this match"):
        started.sign("client")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "not mine"}, "password"),
        ({"password": ""}, "password"),
        ({"password": "\0"}, "password"),
        ({"typed_name": "王"}, "typed_name"),
        ({"typed_name": ""}, "typed_name"),
        ({"confirmed": False}, "confirmed"),
    ],
)
def test_without_password_name_and_confirmation_nothing_is_signed(
    started: Case, changes: dict[str, Any], field: str
) -> None:
    by = started.people["client"]

    with pytest.raises(BadInput) as refused:
        services.sign(started.signing, by=by, version=started.fresh().version, intent=intent(by, **changes))

    assert list(refused.value.fields) == [field]
    assert stored(started) == (2, 1)


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(started: Case) -> None:
    by = started.people["client"]
    for _ in range(5):
        with pytest.raises(BadInput, match="This is not your password"):
            services.sign(started.signing, by=by, version=started.fresh().version, intent=intent(by, password="x"))

    with pytest.raises(BadInput, match="Too many wrong passwords"):
        started.sign("client")


def test_a_stale_page_signs_nothing(started: Case) -> None:
    by = started.people["client"]

    with pytest.raises(StaleVersion):
        services.sign(started.signing, by=by, version=started.fresh().version - 1, intent=intent(by))

    assert stored(started) == (2, 1)


def test_after_the_deadline_nobody_signs_and_the_signing_expires(started: Case) -> None:
    late = started.signing.deadline_at + timedelta(seconds=1)

    with pytest.raises(GuardFailed, match="deadline for signing has passed"):
        started.sign("client", at=late)
    services.expire(started.fresh(), at=late)

    assert started.fresh().status == "expired"


def test_before_the_deadline_nothing_expires(started: Case) -> None:
    with pytest.raises(GuardFailed):
        services.expire(started.fresh())
    assert services.expire_overdue() == 0

    assert started.fresh().status == "signing"


def test_the_sweep_expires_what_is_overdue_and_nothing_else(started: Case) -> None:
    overdue, other = started, case().start()
    long_ago = timezone.now() - timedelta(days=60)
    Signing.objects.filter(pk=overdue.signing.pk).update(started_at=long_ago, deadline_at=long_ago + timedelta(days=30))

    assert services.expire_overdue() == 1

    assert (overdue.fresh().status, other.fresh().status) == ("expired", "signing")


def test_a_clock_that_jumped_back_signs_nothing(started: Case) -> None:
    with pytest.raises(GuardFailed, match="clock is behind the last signature"):
        started.sign("client", at=started.signing.started_at - timedelta(hours=1))

    assert stored(started) == (2, 1)


@pytest.mark.parametrize("role", ["client", "provider", "government"])
def test_each_party_may_decline_with_a_reason_and_nothing_more_is_signed(started: Case, role: str) -> None:
    services.decline(
        started.fresh(), by=started.people[role], version=started.contract.version, reason="text", note="Price."
    )

    assert started.fresh().status == "declined"
    with pytest.raises(GuardFailed, match="no longer being signed"):
        started.sign("client")


def test_a_new_version_begins_without_the_old_signatures(started: Case) -> None:
    started.sign("client")
    old = started.files[-1]
    services.decline(started.fresh(), by=started.people["provider"], version=started.contract.version, reason="text")

    contract = started.fresh()
    organizations = {"client": contract.client, "provider": contract.provider, "government": contract.government}
    freeze(contract, document_for(contract, organizations, "platform", version=2))
    started.start()

    fresh = started.signing
    assert (fresh.turn, fresh.signatures.count()) == ("client", 1)
    assert not fresh.document.files.filter(sha256=old.sha256).exists()


def test_the_parties_of_the_text_must_be_those_of_the_contract(ready: Case) -> None:
    other = case().contract.client
    Contract.objects.filter(pk=ready.contract.pk).update(client=other)

    ready.people["client"] = factories.member(other)

    with pytest.raises(GuardFailed, match="parties have changed"):
        ready.start()

    assert (ready.fresh().status, ready.files) == ("frozen", [])


def test_a_name_that_cannot_be_printed_signs_nothing(ready: Case) -> None:
    User.objects.filter(pk=ready.people["client"].pk).update(name="王𠮷")
    ready.people["client"].refresh_from_db()

    with pytest.raises(DomainError, match="U\\+20BB7"):
        ready.start().sign("client")

    assert stored(ready) == (2, 1)


def test_keys_of_the_platform_are_refused_where_the_contract_asks_for_certificates() -> None:
    started = case(level="certificate").start()

    with pytest.raises(BadInput, match="your own certificate or device"):
        started.sign("client")


def test_keys_of_the_platform_are_refused_where_the_platform_asks_for_certificates(
    started: Case, settings: Any
) -> None:
    settings.SIGNING_LEVEL = "external"

    with pytest.raises(BadInput, match="your own certificate or device"):
        started.sign("client")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contracts_signature SET typed_name = 'other'",
        "DELETE FROM contracts_signature",
        "UPDATE contracts_contractfile SET number = 9 WHERE number = 1",
        "DELETE FROM contracts_contractfile",
    ],
)
def test_the_database_refuses_to_touch_what_was_signed(started: Case, statement: str) -> None:
    with pytest.raises(IntegrityError, match="what was signed is final"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_database_refuses_a_file_that_does_not_begin_with_the_one_before(started: Case) -> None:

    forged = b"%PDF-1.7 something else" * 20_000

    with pytest.raises(IntegrityError, match="does not begin with file 1"), transaction.atomic():
        ContractFile.objects.create(
            document=started.signing.document,
            number=2,
            content=forged,
            sha256=digest_of(forged),
            made_at=timezone.now(),
        )


def test_the_database_refuses_a_signature_that_does_not_follow(started: Case) -> None:
    (held,) = started.signatures
    held.pk, held.number, held.role = None, 2, "client"
    held.organization, held.person = started.contract.client, started.people["client"]

    with pytest.raises(IntegrityError), transaction.atomic():
        held.save(force_insert=True)


def test_the_database_refuses_effect_without_all_signatures(started: Case) -> None:
    started.sign("client")

    with pytest.raises(IntegrityError, match="lacks signatures"), transaction.atomic():
        Contract.objects.filter(pk=started.contract.pk).update(status="effective")


def test_empty_intent_is_refused_whole(started: Case) -> None:
    by = started.people["client"]

    with pytest.raises(BadInput) as refused:
        services.sign(started.signing, by=by, version=started.fresh().version, intent=Intent("", "", False))

    assert set(refused.value.fields) == {"confirmed", "typed_name"}
