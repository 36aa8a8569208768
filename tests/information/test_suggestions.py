"""What is offered while somebody types: only what leads somewhere, and only to those who may see it."""

import pytest
from django.test import Client

from accounts.models import User
from information.search import suggestions
from tests.factories import AchievementFactory, NeedFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def offered(client: Client, typed: str) -> str:
    return client.get("/search/suggest/", {"q": typed}).content.decode()


def test_words_posts_and_organizations_that_begin_so_are_offered(english: Client) -> None:
    AchievementFactory.create(status="published", title_en="Spindle that stays cool")
    OrganizationFactory.create(name_en="Spindle Works")
    suggestions.note_words()

    fragment = offered(english, "spin")

    assert "Spindle that stays cool" in fragment
    assert "Spindle Works" in fragment
    assert "?q=spindle" in fragment


def test_a_few_characters_of_chinese_are_enough(client: Client) -> None:
    NeedFactory.create(status="published", title_zh="主轴温升")

    assert "主轴温升" in offered(client, "主")


def test_nothing_is_offered_of_a_post_that_is_not_the_reader_s(english: Client, outsider: User) -> None:
    NeedFactory.create(status="published", visibility="members", title_en="Zirconium", title_zh="锆")
    NeedFactory.create(status="draft", title_en="Zirconia", title_zh="锆")
    suggestions.note_words()
    for_a_visitor = offered(english, "zirc")
    english.force_login(outsider)

    assert "irconi" not in for_a_visitor
    assert "Zirconium" in offered(english, "zirc")
    assert "Zirconia" not in offered(english, "zirc")


@pytest.mark.parametrize("typed", ["", "   ", "'", "!&|", "的", "x" * 400])
def test_what_begins_nothing_offers_nothing(client: Client, typed: str) -> None:
    NeedFactory.create(status="published")

    assert "offer" not in offered(client, typed)


def test_words_are_noted_once_and_only_after_a_change() -> None:
    need = NeedFactory.create(status="published")
    first, second = suggestions.note_words(), suggestions.note_words()
    need.title_en = "Gripper"
    need.save()

    assert (first, second, suggestions.note_words()) == (1, 0, 1)
