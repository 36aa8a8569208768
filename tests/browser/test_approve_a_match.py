"""The administrator's first journey: from the queue to an approved match, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from contracts.models import Contract
from matching.models import Match
from tests.browser.conftest import Open, log_in, overflow

PASSWORD = "correct horse battery"
WORDS = {
    "en": {"approve": "Approve", "approved": "Approved", "draft": "Drafting"},
    "zh-hans": {"approve": "批准", "approved": "已批准", "draft": "起草中"},
}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def take(page: Page, action: str, note: str = "") -> None:
    """Take an action of a lifecycle as a person does: press its button, fill in the sheet if one opens, confirm."""
    form = page.locator(f"form[data-action={action}]")
    if not form.is_visible():
        page.locator(f"[popovertarget^=move-{action}-]:visible").first.click()
    if note:
        form.locator("textarea[name=note]").fill(note)
    form.locator("button:not([type=button])").click()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 360])
def test_an_administrator_goes_from_the_queue_to_an_approved_match(
    open_page: Open,
    mutual_match: Match,
    administrator: User,
    deliver_news: Callable[[], int],
    language: str,
    width: int,
) -> None:
    administrator.set_password(PASSWORD)
    administrator.save()
    page = open_page("/login/", language=language, width=width)
    words = WORDS[language]

    log_in(page, administrator.email, PASSWORD)
    page.goto("/review/")
    page.locator(f'a[href="{mutual_match.get_absolute_url()}"]').first.click()
    expect(page.locator("main")).to_contain_text(
        mutual_match.need.title_zh if language != "en" else mutual_match.need.title_en
    )
    expect(page.get_by_role("button", name=words["approve"]).first).to_be_visible()
    assert overflow(page) <= 0
    take(page, "approve", note="Both sides fit.")
    expect(page.locator("main")).to_contain_text(words["approved"])
    deliver_news()
    page.goto("/contracts/")
    expect(page.locator("main")).to_contain_text(words["draft"])

    mutual_match.refresh_from_db()
    assert mutual_match.status == Match.Status.APPROVED
    assert Contract.objects.filter(match=mutual_match).count() == 1
