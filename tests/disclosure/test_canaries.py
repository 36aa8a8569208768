"""Posts that are open to partners only carry words that stand nowhere else; nobody else is ever told one of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, DateField, DecimalField, JSONField, TextField
from django.test import Client

from accounts.models import User
from config.policy import RULES
from contracts.services import open_draft
from information.models import Achievement, Grant, Need, Post
from information.records import SHAPES
from journal.models import Entry
from matching.docking.rooms import sign
from matching.models import Match, Room
from matching.services import approve, express_interest
from policy import Rule, allow, install
from tests import factories
from tests.disclosure.crawling import Keys, crawl, said

TITLE = "Heron"
"""Stands in the titles of the posts: what a list shows if it holds them."""
FIGURES = {"unit", "operator", "value", "baseline", "kind", "status", "number"}


@dataclass
class Aviary:
    """A need and an achievement that are open under an NDA only, their match, and the words that must not fly out."""

    need: Need
    achievement: Achievement
    match: Match
    words: dict[str, set[str]]
    readers: dict[str, Any]

    @property
    def keys(self) -> Keys:
        """Whatever stands in an address: keys, public ids, codes and kinds."""
        node = self.need.chain_nodes.get()
        ids = {self.need.pk, self.achievement.pk, self.match.pk, self.need.owner_id, self.achievement.owner_id}
        public = [self.need.public_id, self.achievement.public_id]
        return {"pk": [*ids], "public_id": public, "": [*ids, *public, "need", "achievement", node.chain.code]}


def canaries(post: Post) -> set[str]:
    """Fill every field of the post that is not on its card with a word or figure of its own; gives them."""
    words: set[str] = set()
    numbers = iter(range(770_001, 770_999) if post.NOUN == "need" else range(880_001, 880_999))

    def word(name: str) -> str:
        words.add(f"canary{post.NOUN}{name}".replace("_", ""))
        return f"canary{post.NOUN}{name}".replace("_", "")

    for field in post._meta.concrete_fields:
        if field.attname in post.ON_THE_CARD or field.choices or field.name == "public_id":
            continue
        if field.name in SHAPES:
            row = {name: word(f"{field.name}{name}") for name in SHAPES[field.name] if name not in FIGURES}
            value = {"operator": ">=", "value": next(numbers), "baseline": 1, "kind": "know_how", "status": "secret"}
            number = {"number": word("number")} if field.name == "ip" else {}
            setattr(post, field.name, [row | number | {k: v for k, v in value.items() if k in SHAPES[field.name]}])
            words |= {str(value["value"])} - ({str(value["value"])} if field.name == "ip" else set())
        elif isinstance(field, DecimalField):
            setattr(post, field.name, figure := next(numbers))
            words.add(str(figure))
        elif isinstance(field, DateField) and field.null and "at" not in field.name.split("_"):
            setattr(post, field.name, "2077-07-07" if post.NOUN == "need" else "2088-08-08")
            words.add(getattr(post, field.name))
        elif isinstance(field, CharField | TextField) and not isinstance(field, JSONField):
            setattr(post, field.name, word(field.name))
    for name in ("keywords_zh", "keywords_en"):
        setattr(post, name, [word(name)])
    post.save()
    return words


@pytest.fixture
def aviary(
    enterprise_manager: User, university_manager: User, outsider: User, need: Need, achievement: Achievement
) -> Aviary:
    node = factories.ChainNodeFactory.create()
    for post in (need, achievement):
        post.title_en, post.visibility = f"{TITLE} {post.NOUN}", "nda"
        post.chain_nodes.set([node])
    words = {"need": canaries(need), "achievement": canaries(achievement)}
    spoken = sorted(words["need"] | words["achievement"])
    match = factories.MatchFactory.create(
        need=need,
        achievement=achievement,
        matched_terms=spoken[:12],
        sub_scores={"text": 0.5, "price": 0.5},
        requirements=[{"target": 0, "verdict": "missed", "benefit": 0, "gap": -0.5}],
        reasons=[
            {"code": "shared_terms", "params": {"terms": ", ".join(spoken), "en": ", ".join(spoken)}},
            {"code": "requirement_missed", "params": {"target": 0, "benefit": 0}},
            {"code": "requirements_met", "params": {"met": 1, "of": 2}},
        ],
    )
    readers = {"visitor": AnonymousUser(), "outsider": outsider}
    return Aviary(
        need, achievement, match, words, readers | {"need": enterprise_manager, "achievement": university_manager}
    )


def told(reader: Any, aviary: Aviary) -> dict[str, str]:
    """All that the platform tells this reader, in English."""
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    if isinstance(reader, User):
        client.force_login(reader)
    return crawl(client, aviary.keys)


def escaped(pages: dict[str, str], words: set[str]) -> dict[str, list[str]]:
    """The words that stand on a page, and where."""
    grouped = {word: {word, f"{int(word):,}"} if word.isdigit() else {word} for word in words}
    found = {w: [a for a, page in pages.items() if any(form in page for form in forms)] for w, forms in grouped.items()}
    return {word: places for word, places in found.items() if places}


def become_mutual(aviary: Aviary) -> None:
    """Both sides express interest."""
    express_interest(aviary.match, by=aviary.readers["need"], version=1)
    express_interest(aviary.match, by=aviary.readers["achievement"], version=2)


def be_approved(aviary: Aviary) -> Room:
    """An administrator approves; the room and the contract's draft open."""
    become_mutual(aviary)
    approve(Match.objects.get(), by=factories.administrator(), version=3)
    open_draft(aviary.match.pk)
    return Room.objects.get()


@pytest.mark.parametrize("reader", ["visitor", "outsider"])
def test_nobody_without_a_part_in_it_is_told_a_word(aviary: Aviary, reader: str) -> None:
    become_mutual(aviary)

    pages = told(aviary.readers[reader], aviary)

    assert escaped(pages, aviary.words["need"] | aviary.words["achievement"]) == {}
    assert len(pages) > 40


@pytest.mark.parametrize("stage", [None, become_mutual, be_approved])
@pytest.mark.parametrize(("side", "other"), [("need", "achievement"), ("achievement", "need")])
def test_a_party_is_told_nothing_before_the_nda_is_signed(
    aviary: Aviary, stage: Callable[[Aviary], object] | None, side: str, other: str
) -> None:
    if stage:
        stage(aviary)

    pages = told(aviary.readers[side], aviary)

    assert escaped(pages, aviary.words[other]) == {}
    assert f"{TITLE} {other}" in pages[aviary.match.get_absolute_url()]


def test_a_post_open_after_mutual_interest_stays_closed_until_then(aviary: Aviary) -> None:
    Need.objects.update(visibility="interest")

    before = escaped(told(aviary.readers["achievement"], aviary), aviary.words["need"])
    become_mutual(aviary)
    after = escaped(told(aviary.readers["achievement"], aviary), aviary.words["need"])

    assert before == {}
    assert set(after) == aviary.words["need"]


def test_when_both_have_signed_the_partner_reads_every_word_and_each_reading_is_on_record(aviary: Aviary) -> None:
    room, partner = be_approved(aviary), aviary.readers["achievement"]
    for person in (aviary.readers["need"], partner):
        sign(room, by=person, name=person.name, confirmed=True, sha256=room.nda.sha256)

    found = escaped(told(partner, aviary), aviary.words["need"])

    readings = Entry.objects.about(aviary.need).filter(name="information.need.read")
    assert set(found) == aviary.words["need"]
    assert {entry.actor_id for entry in readings} == {partner.pk}
    # The page of the post, its record over REST, and the page of the match; lists show the card alone.
    assert readings.count() == 3


def test_a_visitor_does_not_even_see_the_title(aviary: Aviary) -> None:
    assert [address for address, page in told(aviary.readers["visitor"], aviary).items() if TITLE in page] == []


SEARCHES = ("/needs/?q={}", "/achievements/?q={}", "/search/?q={}", "/api/v1/needs/?q={}", "/api/v1/achievements/?q={}")


@pytest.mark.parametrize("search", SEARCHES)
def test_a_search_for_a_word_that_is_withheld_finds_nothing(aviary: Aviary, english: Client, search: str) -> None:
    post: Post = aviary.need if "needs" in search else aviary.achievement
    english.force_login(aviary.readers["outsider"])

    by_title = said(english.get(search.format(TITLE)))
    words = aviary.words[post.NOUN]
    by_word = [word for word in words if post.public_id in said(english.get(search.format(word)))]

    assert post.public_id in by_title
    assert by_word == []


@pytest.fixture
def open_to_members() -> Iterator[None]:
    """A table with a fault: every member may read everything."""
    fault = [rule for noun in ("need", "achievement") for rule in allow("member", f"{noun}.read", because="a fault")]
    rules: list[Rule] = [*RULES, *fault]
    install(rules)
    yield
    install(RULES)


def test_with_a_fault_in_the_table_every_single_word_is_found(aviary: Aviary, open_to_members: None) -> None:
    pages = told(aviary.readers["outsider"], aviary)

    words = aviary.words["need"] | aviary.words["achievement"]
    assert set(escaped(pages, words)) == words
    assert len(words) > 25


def test_access_that_has_ended_closes_the_text_again(aviary: Aviary) -> None:
    Need.objects.update(visibility="interest")
    become_mutual(aviary)
    grants = Grant.objects.filter(need=aviary.need)

    grants.update(until=factories.LONG_AGO)

    assert escaped(told(aviary.readers["achievement"], aviary), aviary.words["need"]) == {}
