"""Clause by clause: what is proposed waits for the other side, and what was accepted holds until the text changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organization, User
from contracts import services
from contracts.models import Clause, Contract, LibraryClause, Proposal, Side
from journal.errors import BadInput, GuardFailed, IllegalMove, NotAllowed, StaleVersion
from journal.models import Entry
from tests.complete import complete
from tests.factories import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def clause(contract: Contract, key: str = "confidentiality") -> Clause:
    return contract.clauses.get(key=key)


def news(contract: Contract) -> list[str]:
    """What the journal tells of the contract, in short."""
    return [entry.name.rpartition(".")[2] for entry in Entry.objects.about(contract)]


def propose(contract: Contract, by: User, key: str = "confidentiality", **changes: Any) -> Proposal:
    """The text in force with one sentence more, unless told otherwise."""
    now = clause(contract, key)
    texts = {"body_zh": f"{now.body_zh}\n另行约定。", "body_en": f"{now.body_en}\nFurther terms apply."}
    return services.propose(contract, key, by=by, version=now.version, **(texts | changes))


def test_a_negotiation_starts_from_the_clauses_that_fit_the_draft(negotiated: Contract) -> None:
    keys = [each.key for each in negotiated.clauses.order_by("position")]

    assert keys[:4] == ["definitions", "project", "performance", "cooperation"]
    assert "rights" not in keys
    assert clause(negotiated, "price").library.variant == "instalments"
    assert clause(negotiated, "ip").library.variant == "2"
    assert news(negotiated) == ["opened", "negotiation_opened"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"title_en": ""}, "title_en"), ({"price_form": None}, "price_form"), ({"ip_option": None}, "ip_option")],
)
def test_a_draft_that_leaves_the_choice_of_clauses_open_is_not_negotiated(
    drafted: Contract, buyer: User, change: dict[str, Any], field: str
) -> None:
    if "title_en" in change:
        Contract.objects.filter(pk=drafted.pk).update(title_en="")
    else:
        complete(drafted, **change)

    with pytest.raises(GuardFailed) as refused:
        services.negotiate(drafted, by=buyer, version=drafted.version)

    assert list(refused.value.fields) == [field]
    assert not Clause.objects.exists()


def test_with_an_empty_library_nothing_starts(drafted: Contract, buyer: User) -> None:
    LibraryClause.objects.all().delete()

    with pytest.raises(GuardFailed, match="empty"):
        services.negotiate(drafted, by=buyer, version=drafted.version)

    drafted.refresh_from_db()
    assert drafted.status == "drafting"


def test_a_clause_is_settled_when_both_sides_have_accepted_it(negotiated: Contract, buyer: User, seller: User) -> None:
    services.accept_clause(negotiated, "effect", by=buyer, version=1)
    after_one = clause(negotiated, "effect")
    services.accept_clause(negotiated, "effect", by=seller, version=2)

    assert (after_one.settled, after_one.waiting_for()) == (False, [Side.PROVIDER])
    assert clause(negotiated, "effect").settled
    assert news(negotiated)[-2:] == ["clause_accepted", "clause_accepted"]


def test_a_side_accepts_once(negotiated: Contract, buyer: User) -> None:
    services.accept_clause(negotiated, "effect", by=buyer, version=1)

    with pytest.raises(GuardFailed, match="other side's turn"):
        services.accept_clause(negotiated, "effect", by=buyer, version=2)


def test_a_proposal_waits_for_the_other_side_and_its_acceptance_changes_the_text(
    negotiated: Contract, buyer: User, seller: User
) -> None:
    proposal = propose(negotiated, buyer, note="For clarity.")
    waiting = clause(negotiated).waiting_for()
    with pytest.raises(GuardFailed, match="own side"):
        services.accept_clause(negotiated, "confidentiality", by=buyer, version=2)

    services.accept_clause(negotiated, "confidentiality", by=seller, version=2)

    after = clause(negotiated)
    proposal.refresh_from_db()
    assert waiting == [Side.PROVIDER]
    assert (after.body_en, after.revision, after.settled) == (proposal.body_en, 2, True)
    assert (proposal.outcome, proposal.closed_at is not None) == ("accepted", True)


def test_any_change_after_an_acceptance_voids_it(negotiated: Contract, buyer: User, seller: User) -> None:
    services.accept_clause(negotiated, "confidentiality", by=buyer, version=1)
    services.accept_clause(negotiated, "confidentiality", by=seller, version=2)
    propose(negotiated, seller)
    while_open = clause(negotiated).settled
    services.accept_clause(negotiated, "confidentiality", by=buyer, version=4)
    Clause.objects.filter(key="confidentiality").update(revision=3)

    assert while_open is False
    assert clause(negotiated).waiting_for() == [Side.CLIENT, Side.PROVIDER]


def test_a_counter_proposal_answers_the_first_and_only_one_is_open(
    negotiated: Contract, buyer: User, seller: User
) -> None:
    first = propose(negotiated, buyer)
    second = propose(negotiated, seller, body_en="Nothing is secret.", body_zh="没有秘密。")

    first.refresh_from_db()
    assert (first.outcome, second.outcome) == ("countered", "")
    assert clause(negotiated).waiting_for() == [Side.CLIENT]


def test_proposing_again_replaces_the_own_proposal(negotiated: Contract, buyer: User) -> None:
    first, second = propose(negotiated, buyer), propose(negotiated, buyer, body_en="Else.", body_zh="其他。")

    first.refresh_from_db()
    assert (first.outcome, second.outcome) == ("withdrawn", "")


def test_the_database_knows_one_open_proposal_a_clause(negotiated: Contract, buyer: User) -> None:
    proposal = propose(negotiated, buyer)
    proposal.pk = None

    with pytest.raises(IntegrityError, match="contracts_proposal_one_open"), transaction.atomic():
        proposal.save(force_insert=True)


def test_the_database_knows_no_third_side(negotiated: Contract, buyer: User) -> None:
    propose(negotiated, buyer)

    with pytest.raises(IntegrityError, match="contracts_proposal_by_one_of_two_sides"), transaction.atomic():
        Proposal.objects.update(side="governmt")


def test_nobody_accepts_a_revision_that_does_not_exist(negotiated: Contract) -> None:
    with pytest.raises(IntegrityError, match="contracts_clause_accepts_what_there_is"), transaction.atomic():
        Clause.objects.update(client_accepted=2)


@pytest.mark.parametrize(("who", "outcome"), [("seller", "declined"), ("buyer", "withdrawn")])
def test_declining_or_taking_back_leaves_the_text_as_it_was(
    negotiated: Contract, buyer: User, seller: User, who: str, outcome: str
) -> None:
    before = clause(negotiated).body_zh
    proposal = propose(negotiated, buyer)

    services.decline_proposal(negotiated, "confidentiality", by={"buyer": buyer, "seller": seller}[who], version=2)

    proposal.refresh_from_db()
    assert (clause(negotiated).body_zh, clause(negotiated).revision, proposal.outcome) == (before, 1, outcome)
    with pytest.raises(GuardFailed):
        services.decline_proposal(negotiated, "confidentiality", by=seller, version=3)


def test_a_figure_that_changes_has_to_be_accepted_again_wherever_it_stands(
    negotiated: Contract, buyer: User, seller: User
) -> None:
    for person in (buyer, seller):
        seen = {each.key: each.version for each in negotiated.clauses.all()}
        services.accept_all(negotiated, by=person, seen=seen)
    ip = clause(negotiated, "ip")
    Clause.objects.filter(key="effect").update(body_zh="地域：{territory}", body_en="Territory: {territory}")

    services.propose(
        negotiated,
        "ip",
        by=seller,
        version=ip.version,
        body_zh=ip.body_zh,
        body_en=ip.body_en,
        particulars={"territory": {"zh": "全球", "en": "the world"}},
    )
    services.accept_clause(negotiated, "ip", by=buyer, version=ip.version + 1)

    negotiated.refresh_from_db()
    assert negotiated.particulars["territory"] == {"zh": "全球", "en": "the world"}
    assert clause(negotiated, "ip").settled
    assert [each.key for each in negotiated.clauses.all() if not each.settled] == ["effect"]
    assert Entry.objects.about(negotiated).last().data["also"] == ["effect"]  # type: ignore[union-attr]


def test_another_form_of_price_comes_from_the_library(negotiated: Contract, buyer: User, seller: User) -> None:
    royalty = LibraryClause.objects.get(key="price", variant="royalty")
    price = clause(negotiated, "price")

    services.propose(
        negotiated,
        "price",
        by=buyer,
        version=price.version,
        body_zh=royalty.body_zh,
        body_en=royalty.body_en,
        library=royalty,
    )
    services.accept_clause(negotiated, "price", by=seller, version=price.version + 1)

    negotiated.refresh_from_db()
    assert negotiated.particulars["price_form"] == "royalty"
    assert clause(negotiated, "price").library == royalty


def test_a_text_of_another_clause_is_refused(negotiated: Contract, buyer: User) -> None:
    other = LibraryClause.objects.get(key="risk")

    with pytest.raises(BadInput, match="another clause"):
        propose(negotiated, buyer, library=other)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body_zh": ""}, "body_zh"),
        ({"body_en": "x" * 16_001}, "body_en"),
        ({"body_zh": "保密\u202e期限"}, "body_zh"),
        ({"body_en": "<script>alert(1)</script>"}, "body_en"),
        ({"body_zh": "a\0b"}, "body_zh"),
        ({"body_zh": "期限{nonsense}年"}, "body_zh"),
        ({"body_zh": "期限{secrecy_years}年", "body_en": "No term."}, "body_en"),
        ({"particulars": {"secrecy_years": "3.5"}}, "secrecy_years"),
        ({"particulars": {"secrecy_years": 0}}, "secrecy_years"),
        ({"particulars": {"secrecy_years": 10**20}}, "secrecy_years"),
        ({"particulars": {"secrecy_years": float("nan")}}, "secrecy_years"),
        ({"particulars": {"price": "1"}}, "price"),
        ({"particulars": {"__class__": "1"}}, "__class__"),
        ({"note": "x" * 1001}, "note"),
    ],
)
def test_what_cannot_stand_in_a_contract_is_refused_beside_its_field(
    negotiated: Contract, buyer: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        propose(negotiated, buyer, **changes)

    assert list(refused.value.fields) == [field]
    assert not Proposal.objects.exists()
    assert clause(negotiated).version == 1


def test_a_proposal_that_changes_nothing_is_refused(negotiated: Contract, buyer: User) -> None:
    now = clause(negotiated)

    with pytest.raises(BadInput, match="Nothing is different"):
        propose(negotiated, buyer, body_zh=now.body_zh, body_en=now.body_en, particulars={"secrecy_years": 5})


def test_who_was_slower_gets_both_texts(negotiated: Contract, buyer: User, seller: User) -> None:
    services.accept_clause(negotiated, "effect", by=seller, version=1)

    with pytest.raises(StaleVersion) as refused:
        services.propose(negotiated, "effect", by=buyer, version=1, body_zh="生效。", body_en="In effect.")

    assert refused.value.fields["body_zh"] == [clause(negotiated, "effect").body_zh]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda contract, person: propose(contract, person),
        lambda contract, person: services.accept_clause(contract, "effect", by=person, version=1),
        lambda contract, person: services.decline_proposal(contract, "effect", by=person, version=1),
        lambda contract, person: services.accept_all(contract, by=person, seen={}),
        lambda contract, person: services.comment(contract, "effect", by=person, text="Well."),
    ],
)
def test_the_government_never_negotiates(
    negotiated: Contract, inspector: User, act: Callable[[Contract, User], Any]
) -> None:
    with pytest.raises(NotAllowed):
        act(negotiated, inspector)


def test_a_contributor_remarks_but_does_not_accept(negotiated: Contract, enterprise: Organization) -> None:
    person = member(enterprise, "contributor")

    services.comment(negotiated, "effect", by=person, text="Is this usual?")

    assert news(negotiated)[-1] == "clause_commented"
    with pytest.raises(NotAllowed):
        services.accept_clause(negotiated, "effect", by=person, version=1)


def test_who_speaks_for_both_sides_answers_for_the_one_whose_turn_it_is(
    negotiated: Contract, buyer: User, university: Organization
) -> None:
    both = member(university)
    both.memberships.create(organization=negotiated.client, role="manager")
    propose(negotiated, buyer)

    services.accept_clause(negotiated, "confidentiality", by=both, version=2)

    assert clause(negotiated).settled


def test_accepting_all_is_refused_as_a_whole_if_one_clause_was_changed(
    negotiated: Contract, buyer: User, seller: User
) -> None:
    seen = {each.key: each.version for each in negotiated.clauses.all()}
    services.accept_clause(negotiated, "effect", by=seller, version=1)

    with pytest.raises(StaleVersion):
        services.accept_all(negotiated, by=buyer, seen=seen)

    assert not Clause.objects.filter(client_accepted=1).exists()


def test_accepting_all_leaves_what_is_proposed_alone(negotiated: Contract, buyer: User, seller: User) -> None:
    propose(negotiated, seller)

    services.accept_all(negotiated, by=buyer, seen={each.key: each.version for each in negotiated.clauses.all()})

    assert [each.key for each in negotiated.clauses.filter(client_accepted=0)] == ["confidentiality"]


def test_nobody_concludes_while_a_clause_is_open(negotiated: Contract, buyer: User, seller: User) -> None:
    for person in (buyer, seller):
        seen = {each.key: each.version for each in negotiated.clauses.all()}
        services.accept_all(negotiated, by=person, seen=seen)
    propose(negotiated, seller)

    with pytest.raises(GuardFailed, match="Not yet accepted by both sides"):
        services.agree(negotiated, by=buyer, version=negotiated.version)


def test_after_the_agreement_nothing_is_proposed_any_more(agreed: Contract, buyer: User) -> None:
    with pytest.raises(NotAllowed):
        propose(agreed, buyer)
    with pytest.raises(IllegalMove):
        services.agree(agreed, by=buyer, version=agreed.version)
