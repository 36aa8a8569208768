"""The pages of a negotiation: the draft, the clauses, a proposal with what it changes, the library."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from contracts import services
from contracts.library import revise
from contracts.models import Clause, Contract, LibraryClause, Proposal
from journal.errors import StaleVersion
from tests.complete import EVERYTHING
from tests.factories import ContractTypeFactory

pytestmark = pytest.mark.django_db


def address(contract: Contract, rest: str = "") -> str:
    return f"/contracts/{contract.pk}/{rest}"


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def proposal(contract: Contract, **changes: Any) -> dict[str, Any]:
    """The form of a proposal for the clause on confidentiality, filled in."""
    now = contract.clauses.get(key="confidentiality")
    start = {"version": now.version, "body_zh": now.body_zh, "body_en": now.body_en, "secrecy_years": "8"}
    return {**start, "note": "Eight, as in our other contracts.", **changes}


def test_the_draft_is_filled_in_and_keeps_what_was_said(english: Client, drafted: Contract, buyer: User) -> None:
    ContractTypeFactory.create(code="licence")
    english.force_login(buyer)
    page = text_of(english, address(drafted, "draft/"))
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))

    answer = english.post(
        address(drafted, "draft/"),
        {
            "version": drafted.version, "kind": "licence", "governing_language": "en", "title_zh": "轴承",
            "title_en": "Bearing", "currency": "CNY", "price_form": "instalments", "forum": "court", "price": "500000",
            "instalments_0_zh": "生效", "instalments_0_en": "Effect", "instalments_0_due": "2027-02-01",
            "instalments_0_amount": "500000", "territory_zh": "中国", "territory_en": "China",
        },
    )  # fmt: skip

    drafted.refresh_from_db()
    assert fields["price"] == "1200000.00"
    assert (answer.status_code, answer["Location"]) == (302, address(drafted))
    assert (drafted.kind, drafted.type_id, drafted.governing_language) == ("licence", "licence", "en")
    assert drafted.particulars["price"] == "500000.00"
    assert drafted.particulars["instalments"] == [
        {"zh": "生效", "en": "Effect", "due": "2027-02-01", "amount": "500000.00"}
    ]
    assert drafted.particulars["secrecy_years"] == 5


def test_faults_of_the_draft_stand_beside_their_fields_and_nothing_is_kept(
    english: Client, drafted: Contract, buyer: User
) -> None:
    english.force_login(buyer)

    answer = english.post(
        address(drafted, "draft/"),
        {"version": drafted.version, "kind": "barter", "title_en": "x" * 300, "price": "a lot", "start_date": "soon"},
    )

    page = answer.content.decode()
    drafted.refresh_from_db()
    assert answer.status_code == 400
    assert set(re.findall(r'id="id_(\w+)_error"', page)) >= {"price", "start_date"}
    assert 'value="a lot"' in page
    assert drafted.particulars == EVERYTHING


def test_who_saves_an_old_draft_is_told_and_loses_nothing(
    english: Client, drafted: Contract, buyer: User, seller: User
) -> None:
    services.describe(drafted, by=seller, version=drafted.version, title_en="Theirs")
    english.force_login(buyer)

    answer = english.post(
        address(drafted, "draft/"), {"version": drafted.version, "kind": "licence", "title_en": "Ours"}
    )

    assert answer.status_code == 409
    assert 'value="Ours"' in answer.content.decode()
    assert Contract.objects.get().title_en == "Theirs"


def test_the_page_says_whose_turn_each_clause_is(
    english: Client, negotiated: Contract, buyer: User, seller: User, inspector: User
) -> None:
    services.accept_clause(negotiated, "effect", by=buyer, version=1)
    services.accept_clause(negotiated, "effect", by=seller, version=2)
    services.accept_clause(negotiated, "disputes", by=buyer, version=1)
    total = negotiated.clauses.count()

    tallies = []
    for person in (buyer, seller):
        english.force_login(person)
        page = text_of(english, address(negotiated))
        tallies.append(page.count("your side&#x27;s turn</span>") or page.count("your side's turn</span>"))
        assert f"1 of {total} settled" in page
    english.force_login(inspector)
    seen = text_of(english, address(negotiated))

    assert tallies == [total - 2, total - 1]
    assert "your side" not in seen
    assert "Take part as the third party" in seen


def test_a_supervisor_takes_part_with_one_button(english: Client, negotiated: Contract, inspector: User) -> None:
    english.force_login(inspector)

    page = english.post(address(negotiated, "join/"), {"version": negotiated.version}, follow=True).content.decode()

    assert "takes part since" in page
    assert "Take part as the third party" not in page


def test_a_proposal_shows_what_it_changes_by_sign_and_word(
    english: Client, negotiated: Contract, buyer: User, seller: User
) -> None:
    english.force_login(buyer)
    sent = english.post(address(negotiated, "clauses/confidentiality/propose/"), proposal(negotiated))
    english.force_login(seller)

    page = text_of(english, address(negotiated, "clauses/confidentiality/"))

    assert sent.status_code == 302
    assert re.search(r"<del><span[^>]*>\[removed: </span>5<", page)
    assert re.search(r"<ins><span[^>]*>\[added: </span>8<", page)
    assert "Eight, as in our other contracts." in page
    assert "Accept the proposal" in page


def test_the_own_proposal_can_be_taken_back_but_not_accepted(
    english: Client, negotiated: Contract, buyer: User
) -> None:
    english.force_login(buyer)
    english.post(address(negotiated, "clauses/confidentiality/propose/"), proposal(negotiated))

    page = text_of(english, address(negotiated, "clauses/confidentiality/"))
    after = english.post(address(negotiated, "clauses/confidentiality/decline/"), {"version": 2}, follow=True)

    assert "Accept the proposal" not in page
    assert "Take it back" in page
    assert "withdrawn" in after.content.decode()


def test_two_browsers_editing_the_same_clause_get_both_texts(
    english: Client, negotiated: Contract, buyer: User, seller: User
) -> None:
    slow = proposal(negotiated, body_en="Mine.", body_zh="我方文本。", secrecy_years="")
    slow.pop("secrecy_years")
    services.propose(negotiated, "confidentiality", by=seller, version=1, body_zh="对方文本。", body_en="Theirs.")
    english.force_login(buyer)

    answer = english.post(address(negotiated, "clauses/confidentiality/propose/"), slow)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody was faster" in page
    assert ">\nMine.</textarea>" in page
    assert "Theirs" in re.sub(r"<[^>]+>", "", page)
    assert Proposal.objects.get().body_en == "Theirs."


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "a\u202eb", "", "x" * 20_000])
def test_bad_texts_come_back_with_the_fault_beside_them(
    english: Client, negotiated: Contract, buyer: User, text: str
) -> None:
    english.force_login(buyer)

    answer = english.post(address(negotiated, "clauses/confidentiality/propose/"), proposal(negotiated, body_en=text))

    assert answer.status_code == 400
    assert "id_body_en_error" in answer.content.decode()
    assert "<img src=x" not in answer.content.decode()
    assert not Proposal.objects.exists()


def test_comments_are_for_the_parties_only(english: Client, negotiated: Contract, buyer: User, inspector: User) -> None:
    english.force_login(buyer)
    english.post(address(negotiated, "clauses/effect/comment/"), {"text": "Our floor is five years."})
    mine = text_of(english, address(negotiated, "clauses/effect/"))
    english.force_login(inspector)

    theirs = text_of(english, address(negotiated, "clauses/effect/"))

    assert "Our floor is five years." in mine
    assert "Our floor" not in theirs


@pytest.mark.parametrize("rest", ["", "clauses/effect/", "draft/", "clauses/effect/propose/"])
def test_a_stranger_finds_nothing(english: Client, negotiated: Contract, outsider: User, rest: str) -> None:
    english.force_login(outsider)

    assert english.get(address(negotiated, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["clauses/effect/accept/", "clauses/effect/decline/", "accept-all/", "join/"])
def test_a_stranger_changes_nothing(english: Client, negotiated: Contract, outsider: User, rest: str) -> None:
    english.force_login(outsider)

    assert english.post(address(negotiated, rest), {"version": 1}).status_code == 404
    assert not Clause.objects.exclude(version=1).exists()


def test_the_pre_check_stands_on_the_page_with_clause_article_and_advice(
    english: Client, negotiated: Contract, buyer: User
) -> None:
    Contract.objects.update(particulars={**EVERYTHING, "risk_provider_share": "20"})
    english.force_login(buyer)

    page = text_of(english, address(negotiated))

    assert "2 things to settle before freezing" in page
    assert "add up to 90 per cent" in page
    assert "Civil Code, art. 858" in page


def test_what_keeps_it_from_being_agreed_is_told_on_the_page(
    english: Client, negotiated: Contract, buyer: User
) -> None:
    english.force_login(buyer)

    answer = english.post(address(negotiated, "agree/"), {"version": negotiated.version})

    assert answer.status_code == 409
    assert "Not yet accepted by both sides" in answer.content.decode()


def test_a_frozen_version_is_shown_and_compared(english: Client, agreed: Contract, buyer: User, seller: User) -> None:
    frozen = services.freeze(agreed, by=buyer, version=agreed.version)
    back = services.reopen(frozen, by=buyer, version=frozen.version, reason="error")
    clause = back.clauses.get(key="effect")
    services.propose(back, "effect", by=buyer, version=clause.version, body_zh="改。", body_en="Wholly new.")
    services.accept_clause(back, "effect", by=seller, version=clause.version + 1)
    again = services.agree(back, by=buyer, version=back.version)
    services.freeze(again, by=buyer, version=again.version)
    english.force_login(seller)

    first = text_of(english, address(agreed, "versions/1/"))
    second = text_of(english, address(agreed, "versions/2/?against=1"))

    assert "Wholly new." not in first
    assert "<del>" not in first
    assert re.search(r"<ins><span[^>]*>\[added: </span>[^<]*Wholly", second)
    assert english.get(address(agreed, "versions/3/")).status_code == 404
    assert english.get(address(agreed, "versions/1/?against=x")).status_code == 400


def test_three_proposals_cost_the_page_as_much_as_one(
    english: Client, negotiated: Contract, buyer: User, count_queries: Callable[[str], int]
) -> None:
    def propose(key: str) -> None:
        services.propose(negotiated, key, by=buyer, version=1, body_zh="新。", body_en="New.")

    english.force_login(buyer)
    propose("effect")
    count_queries(address(negotiated))
    with_one = count_queries(address(negotiated))
    propose("disputes")
    propose("risk")

    assert count_queries(address(negotiated)) == with_one


def test_three_comments_and_proposals_cost_the_clause_as_much_as_one(
    english: Client, negotiated: Contract, buyer: User, count_queries: Callable[[str], int]
) -> None:
    def act(number: int) -> None:
        services.comment(negotiated, "effect", by=buyer, text=f"{number}")
        now = negotiated.clauses.get(key="effect").version
        services.propose(negotiated, "effect", by=buyer, version=now, body_zh=f"新{number}。", body_en=f"New {number}.")

    english.force_login(buyer)
    act(0)
    act(1)
    count_queries(address(negotiated, "clauses/effect/"))
    with_one = count_queries(address(negotiated, "clauses/effect/"))
    act(2)
    act(3)

    assert count_queries(address(negotiated, "clauses/effect/")) == with_one


def test_an_administrator_writes_a_new_version_and_running_contracts_keep_theirs_and_are_told(
    english: Client, negotiated: Contract, buyer: User, administrator: User
) -> None:
    held = LibraryClause.objects.get(key="effect")
    english.force_login(administrator)
    texts = {name: getattr(held, name) for name in ("title_zh", "title_en", "body_zh")}

    answer = english.post(f"/clause-library/{held.pk}/edit/", {**texts, "body_en": f"{held.body_en}\nAmen."})

    english.force_login(buyer)
    page = text_of(english, address(negotiated, "clauses/effect/"))
    assert answer.status_code == 302
    assert "Amen." not in negotiated.clauses.get(key="effect").body_en
    assert "has a newer version" in page
    assert "Start from: version 2 of the library" in page


def test_a_new_version_with_other_placeholders_in_one_language_is_refused(
    english: Client, negotiated: Contract, administrator: User
) -> None:
    held = LibraryClause.objects.get(key="confidentiality")
    english.force_login(administrator)
    texts = {name: getattr(held, name) for name in ("title_zh", "title_en", "body_zh")}

    answer = english.post(f"/clause-library/{held.pk}/edit/", {**texts, "body_en": "No term at all."})

    assert answer.status_code == 400
    assert "same placeholders" in answer.content.decode()
    assert LibraryClause.objects.filter(key="confidentiality").count() == 1


def test_two_administrators_do_not_overwrite_each_other(negotiated: Contract, administrator: User) -> None:
    held = LibraryClause.objects.get(key="effect")
    revise(held, by=administrator, body_zh=held.body_zh + "甲", body_en=held.body_en + "A")

    with pytest.raises(StaleVersion):
        revise(held, by=administrator, body_zh=held.body_zh + "乙", body_en=held.body_en + "B")

    assert LibraryClause.objects.filter(key="effect").count() == 2


def test_members_read_the_library_and_cannot_change_it(english: Client, negotiated: Contract, buyer: User) -> None:
    english.force_login(buyer)

    page = text_of(english, "/clause-library/")
    answer = english.get(f"/clause-library/{LibraryClause.objects.earliest('pk').pk}/edit/")

    assert page.count('<th scope="row">') == LibraryClause.objects.count()
    assert answer.status_code == 404
