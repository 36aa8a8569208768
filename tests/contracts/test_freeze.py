"""Freezing: one text, one sequence of bytes, one hash; going back makes the next version."""

import hashlib

import pytest

from accounts.models import User
from contracts import services
from contracts.document import parse
from contracts.models import Contract, ContractVersion
from contracts.services.freezing import content_of
from journal.errors import GuardFailed, StaleVersion
from journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_the_frozen_version_says_what_was_agreed(agreed: Contract, seller: User) -> None:
    frozen = services.freeze(agreed, by=seller, version=agreed.version)

    version = frozen.frozen_version
    assert version
    document = parse(bytes(version.content))
    price = next(clause for clause in document.clauses if clause.key == "price")
    assert (document.number, document.version, document.type, document.language) == (
        agreed.number,
        1,
        "commissioned",
        "zh",
    )
    assert [party.role for party in document.parties] == ["client", "provider", "government"]
    assert document.party("client").uscc == agreed.client.uscc
    assert "人民币1,200,000.00元（大写：壹佰贰拾万元整）" in price.body.zh
    assert "CNY 1,200,000.00" in price.body.en
    assert "{" not in "".join(clause.body.zh + clause.body.en for clause in document.clauses)
    assert version.sha256 == hashlib.sha256(bytes(version.content)).hexdigest()


def test_freezing_writes_one_entry_with_the_hash(agreed: Contract, buyer: User) -> None:
    before = Entry.objects.about(agreed).count()

    frozen = services.freeze(agreed, by=buyer, version=agreed.version)

    entries = list(Entry.objects.about(agreed))
    assert len(entries) == before + 1
    assert entries[-1].name == "contracts.contract.frozen"
    assert entries[-1].data["sha256"] == frozen.frozen_version.sha256  # type: ignore[union-attr]


def test_the_same_text_gives_the_same_bytes(agreed: Contract) -> None:
    assert content_of(agreed, 1) == content_of(Contract.objects.get(pk=agreed.pk), 1)


def test_without_the_government_nothing_is_frozen_and_nothing_is_left_behind(agreed: Contract, buyer: User) -> None:
    Contract.objects.filter(pk=agreed.pk).update(government_joined_at=None)

    with pytest.raises(GuardFailed, match="third party"):
        services.freeze(agreed, by=buyer, version=agreed.version)

    assert not ContractVersion.objects.exists()
    assert Contract.objects.get(pk=agreed.pk).status == "agreed"


def test_a_stale_page_freezes_nothing(agreed: Contract, buyer: User) -> None:
    with pytest.raises(StaleVersion):
        services.freeze(agreed, by=buyer, version=agreed.version - 1)

    assert not ContractVersion.objects.exists()


def test_back_in_negotiation_the_text_stays_accepted_until_it_changes_and_the_next_freezing_is_version_two(
    agreed: Contract, buyer: User, seller: User
) -> None:
    frozen = services.freeze(agreed, by=buyer, version=agreed.version)
    back = services.reopen(frozen, by=seller, version=frozen.version, reason="terms")
    clause = back.clauses.get(key="effect")
    services.propose(
        back, "effect", by=seller, version=clause.version, body_zh=clause.body_zh + "\n一式三份。",
        body_en=clause.body_en + "\nMade in triplicate.",
    )  # fmt: skip
    services.accept_clause(back, "effect", by=buyer, version=clause.version + 1)
    again = services.agree(back, by=seller, version=back.version)

    refrozen = services.freeze(again, by=seller, version=again.version)

    first, second = refrozen.versions.order_by("number")
    assert refrozen.frozen_version == second
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256
    assert "Made in triplicate." in str(second.document)
    assert "Made in triplicate." not in str(first.document)
