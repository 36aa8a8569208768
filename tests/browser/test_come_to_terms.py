"""Two sides from the approved match through the agreement, messages and term sheet to agreed terms, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from matching import services
from matching.models import Match, Room
from matching.queries import agreed_terms
from tests.browser.conftest import Open, log_in, overflow
from tests.matching.docking.conftest import VALUES

PASSWORD = "correct horse battery"
WORDS = {
    "en": {"agreed": "Terms agreed", "turn": "Whose turn is it?", "accepted": "agreed"},
    "zh-hans": {"agreed": "条款已一致", "turn": "轮到谁了？", "accepted": "已一致"},
}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def with_password(user: User) -> User:
    """The user, who can log in."""
    user.set_password(PASSWORD)
    user.save()
    return user


def fill(form: Locator, name: str, value: Any) -> None:
    """Write a value into the form of its field, as a person does."""
    if isinstance(value, str) and form.locator("input[type=radio]").count():
        form.locator(f"input[type=radio][value='{value}']").check()
    elif isinstance(value, list):
        for place, row in enumerate(value):
            for key, each in row.items():
                form.locator(f"[name='{name}-{key}_{place}']").fill(str(each))
    elif isinstance(value, dict):
        for key, each in value.items():
            field = form.locator(f"[name='{name}-{key}']")
            field.select_option(each) if key == "currency" else field.fill(each)
    else:
        form.locator(f"[name='{name}-value']").fill(str(value))


def propose(page: Page, name: str, value: Any) -> None:
    """Open the form of a field, fill it in and send it."""
    row = page.locator(f"#term-{name}")
    if not row.locator(f"form[data-term={name}]").is_visible():
        row.locator(".term__edit > summary").click()
    fill(row.locator(f"form[data-term={name}]"), name, value)
    row.locator(f"form[data-term={name}] button[type=submit]").click()


def sign(page: Page, user: User) -> None:
    """Sign the agreement in the page."""
    page.locator("#nda input[name=name]").fill(user.name)
    page.locator("#nda input[name=confirmed]").check()
    page.locator("#nda form button[type=submit]").click()


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh-hans", 360)])
def test_two_sides_come_to_terms(
    open_page: Open,
    mutual_match: Match,
    administrator: User,
    enterprise_manager: User,
    university_manager: User,
    deliver_news: Callable[[], int],
    language: str,
    width: int,
) -> None:
    mutual_match.achievement.visibility = "nda"
    mutual_match.achievement.save()
    services.approve(mutual_match, by=administrator, version=mutual_match.version)
    deliver_news()
    room, words = Room.objects.get(), WORDS[language]
    enterprise, university = (open_page("/login/", language=language, width=width) for _ in range(2))
    log_in(enterprise, with_password(enterprise_manager).email, PASSWORD)
    log_in(university, with_password(university_manager).email, PASSWORD)

    enterprise.goto(mutual_match.get_absolute_url())
    enterprise.locator(f"a[href='{room.get_absolute_url()}']").last.click()
    university.goto("/desk/")
    university.locator(f"a[href='{room.get_absolute_url()}']").first.click()
    expect(enterprise.get_by_role("heading", name=words["turn"])).to_be_visible()
    assert overflow(enterprise) <= 0
    sign(enterprise, enterprise_manager)
    expect(enterprise.locator("#nda form")).to_have_count(0)
    sign(university, university_manager)
    expect(university.locator("#terms")).to_be_visible()

    enterprise.reload()
    enterprise.locator("form[data-form=message] textarea").fill("Shall we begin with the price?")
    enterprise.locator("form[data-form=message] button").click()
    expect(enterprise.locator("#talk .said")).to_contain_text("Shall we begin with the price?")
    for name, value in VALUES.items():
        propose(enterprise, name, value)
        expect(enterprise.locator(f"#term-{name}")).to_have_class("term term--waiting")
    assert overflow(enterprise) <= 0

    university.reload()
    for name in VALUES:
        university.locator(f"form[data-accept={name}] button").click()
        if name != list(VALUES)[-1]:
            expect(university.locator(f"#term-{name}")).to_contain_text(words["accepted"])
    expect(university.locator("main")).to_contain_text(words["agreed"])

    kept = agreed_terms(mutual_match.pk)
    assert kept is not None
    assert kept.terms == VALUES
