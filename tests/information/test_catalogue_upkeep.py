"""The catalogue follows the posts in the transaction that changes them, and shows nobody more than the posts do."""

import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from information import services
from information.models import Achievement, Listing, ListingWords, Need
from information.search import documents
from tests.factories import AchievementFactory, ChainNodeFactory, NeedFactory, member


def listed() -> set[tuple[str, int]]:
    return set(Listing.objects.values_list("kind", "post_id"))


def words_of(need: Need) -> str:
    return str(ListingWords.objects.get(listing__kind="need", listing__post_id=need.pk).vector)


@pytest.mark.django_db
def test_a_withdrawn_post_is_gone_before_its_transaction_ends(need: Need) -> None:
    manager = member(need.owner)

    with transaction.atomic():
        services.withdraw(need, by=manager, version=need.version, reason="solved")
        assert listed() == set()

    assert ListingWords.objects.count() == 0


@pytest.mark.django_db
def test_a_withdrawal_that_fails_leaves_the_post_in_the_catalogue(need: Need) -> None:
    manager = member(need.owner)

    with transaction.atomic():
        services.withdraw(need, by=manager, version=need.version, reason="solved")
        transaction.set_rollback(True)

    assert listed() == {("need", need.pk)}


@pytest.mark.django_db
def test_posts_published_together_are_all_listed(administrator: Any) -> None:
    needs = [NeedFactory.create(status="submitted") for _ in range(3)]
    before = listed()

    Need.move_all(needs, Need.Status.PUBLISHED, by=administrator)

    assert before == set()
    assert listed() == {("need", need.pk) for need in needs}


@pytest.mark.django_db
def test_a_changed_term_or_text_is_searched_at_once(need: Need) -> None:
    need.chain_nodes.add(ChainNodeFactory.create(label_zh="减速器", label_en="Reducers"))
    with_node = words_of(need)
    need.chain_nodes.clear()
    need.title_en = "Gripper"
    need.save()

    assert "'reduc'" in with_node
    assert "'reduc'" not in words_of(need)
    assert "'=gripper'" in words_of(need)


@pytest.mark.django_db
def test_rebuilding_mends_what_is_missing_and_drops_what_should_not_be_there(need: Need) -> None:
    achievement = AchievementFactory.create(status="published")
    Listing.objects.filter(kind="need").delete()
    Achievement.objects.filter(pk=achievement.pk).update(status="withdrawn")

    call_command("rebuild_search", batch=1, verbosity=0)

    assert listed() == {("need", need.pk)}
    call_command("rebuild_search", verbosity=0)
    assert listed() == {("need", need.pk)}


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_beside_a_rebuild_never_leaves_a_listing_behind() -> None:
    needs = [NeedFactory.create(status="published") for _ in range(6)]
    faults: list[BaseException] = []

    def rebuild() -> None:
        try:
            for _ in range(20):
                documents.keep(Need, [need.pk for need in needs])
        except BaseException as fault:  # noqa: BLE001 - handed to the test's own thread
            faults.append(fault)
        finally:
            connection.close()

    worker = threading.Thread(target=rebuild)
    worker.start()
    for need in needs:
        need.refresh_from_db()
        services.withdraw(need, by=member(need.owner), version=need.version, reason="solved")
    worker.join()

    assert faults == []
    assert listed() == set()


@pytest.mark.django_db
def test_a_post_for_members_leaves_no_trace_in_what_a_visitor_searches_or_counts(client: Client) -> None:
    node = ChainNodeFactory.create(label_zh="金丝雀", label_en="Canary")
    NeedFactory.create(status="published", visibility="members", title_en="Xylophone").chain_nodes.add(node)
    NeedFactory.create(status="published", title_en="Plain", problem_en="Plain.", problem_zh="普通。")

    for address in ("/search/?q=xylophone", "/needs/", "/search/?q=金丝雀", "/needs/?sort=budget"):
        page = client.get(address).content.decode().replace('金丝雀"', "").replace("q=金丝雀", "")
        assert "Xylophone" not in page
        assert "Canary" not in page
    assert client.get("/needs/").context["shown"].total == "1"
