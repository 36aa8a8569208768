"""Many act on the same clause or contract at the same moment: exactly one gets through, the others are told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from contracts import services
from contracts.library import revise
from contracts.models import Clause, Contract, ContractVersion, LibraryClause, Proposal
from journal.errors import DomainError, GuardFailed, IllegalMove, NotAllowed, StaleVersion
from journal.models import Entry
from tests.factories import administrator

pytestmark = pytest.mark.usefixtures("transactional_db")

MANY = 8


def together(works: list[Callable[[], Any]]) -> list[Any]:
    """Run all at the same moment; gives for each what it returned or the refusal it met."""
    gate = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[place] = work()
        except DomainError as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def refusals(results: list[Any]) -> set[type[DomainError]]:
    return {type(each) for each in results if isinstance(each, DomainError)}


def test_of_many_proposals_for_one_clause_one_is_open_and_the_others_are_told(
    negotiated: Contract, buyer: User, seller: User
) -> None:
    def proposal(number: int) -> Callable[[], Any]:
        person = (buyer, seller)[number % 2]
        zh, en = f"文本{number}。", f"Text {number}."
        return lambda: services.propose(negotiated, "effect", by=person, version=1, body_zh=zh, body_en=en)

    results = together([proposal(number) for number in range(MANY)])

    assert sum(isinstance(each, Proposal) for each in results) == 1
    assert refusals(results) == {StaleVersion}
    assert Proposal.objects.filter(outcome="").count() == 1
    assert Entry.objects.filter(name="contracts.contract.clause_proposed").count() == 1


def test_a_proposal_and_an_acceptance_of_the_old_text_never_both_happen(
    negotiated: Contract, buyer: User, seller: User
) -> None:
    for key in ("effect", "disputes", "liability", "confidentiality"):
        results = together(
            [
                lambda key=key: services.accept_clause(negotiated, key, by=buyer, version=1),  # type: ignore[misc]
                lambda key=key: services.propose(  # type: ignore[misc]
                    negotiated, key, by=seller, version=1, body_zh="新。", body_en="New."
                ),
            ]
        )

        assert refusals(results) == {StaleVersion}
        assert Clause.objects.get(key=key).version == 2


def test_of_many_freezings_one_makes_a_version(agreed: Contract, buyer: User, seller: User) -> None:
    results = together(
        [
            lambda person=person: services.freeze(agreed, by=person, version=agreed.version)  # type: ignore[misc]
            for person in (buyer, seller) * (MANY // 2)
        ]
    )

    assert sum(isinstance(each, Contract) for each in results) == 1
    assert refusals(results) <= {StaleVersion, IllegalMove, NotAllowed}
    assert ContractVersion.objects.count() == 1
    assert Entry.objects.filter(name="contracts.contract.frozen").count() == 1


def test_concluding_and_proposing_at_once_never_leaves_an_agreed_contract_with_an_open_proposal(
    negotiated: Contract, buyer: User, seller: User
) -> None:
    for person in (buyer, seller):
        seen = dict(negotiated.clauses.values_list("key", "version"))
        services.accept_all(negotiated, by=person, seen=seen)
    held = Clause.objects.get(key="effect").version

    results = together(
        [
            lambda: services.agree(negotiated, by=buyer, version=negotiated.version),
            lambda: services.propose(negotiated, "effect", by=seller, version=held, body_zh="新。", body_en="New."),
        ]
    )

    assert len(refusals(results) & {GuardFailed, NotAllowed}) == 1
    agreed = Contract.objects.get().status == "agreed"
    assert Proposal.objects.filter(outcome="").exists() is not agreed


def test_of_many_new_versions_of_a_clause_one_is_made(negotiated: Contract) -> None:
    held, person = LibraryClause.objects.get(key="effect"), administrator()

    def revision(number: int) -> Callable[[], Any]:
        texts = {"body_zh": f"{held.body_zh}\n{number}", "body_en": f"{held.body_en}\n{number}"}
        return lambda: revise(held, by=person, **texts)

    results = together([revision(number) for number in range(MANY)])

    assert sum(isinstance(each, LibraryClause) for each in results) == 1
    assert refusals(results) == {StaleVersion}
    assert LibraryClause.objects.filter(key="effect").count() == 2
