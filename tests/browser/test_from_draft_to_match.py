"""One need from its first word to an approved match, by four people on pages, with a real worker behind them."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Organization, User
from contracts.models import Contract
from information.models import Achievement, Need
from journal.delivery import sweep
from matching.models import Match
from tests import factories
from tests.browser.conftest import Open, log_in
from tests.browser.test_approve_a_match import PASSWORD, take
from tests.journal.workers import WorkerGroup, empty_broker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[WorkerGroup]:
    empty_broker()
    group = WorkerGroup(tmp_path / "worker.log")
    group.start()
    yield group
    group.kill()


def until(condition: Callable[[], bool], seconds: float = 40) -> None:
    """Wait for the worker, ringing again as beat would."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the worker did not get there in time"
        time.sleep(0.5)
        sweep()


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_need_goes_from_draft_to_approved_match(
    open_page: Open, enterprise: Organization, university: Organization, worker: WorkerGroup
) -> None:
    asking = with_password(factories.member(enterprise, "manager"))
    offering = with_password(factories.member(university, "manager"))
    judging = with_password(factories.administrator())
    factories.ContractTypeFactory.create(code="development")
    Achievement.objects.all().delete()
    factories.AchievementFactory.create(
        owner=university,
        status="published",
        title_en="Worm gear scraping for rotary tables",
        title_zh="数控转台蜗轮副刮研工艺",
        description_en="Rotary table worm gear pairs are scraped in segments until the backlash is below 4 arcsec.",
        description_zh="转台蜗轮副分段刮研，回程误差低于 4 角秒。",
        benefits=[{"metric_en": "backlash", "metric_zh": "回程误差", "baseline": 12, "value": 3.2, "unit": "arcsec"}],
    )

    page = open_page("/login/", language="en")
    log_in(page, asking.email, PASSWORD)
    write_need(page)
    take(page, "submit")
    need = Need.objects.get(title_en="Backlash of a rotary table worm gear below 5 arcsec")
    assert need.status == Need.Status.SUBMITTED

    page = open_page("/login/", language="zh-hans")
    log_in(page, judging.email, PASSWORD)
    page.goto("/review/")
    page.locator(f'a[href="{need.get_absolute_url()}"]').first.click()
    take(page, "publish")
    until(lambda: Match.objects.filter(need=need).exists())
    match = Match.objects.get(need=need)

    for person in (asking, offering):
        page = open_page("/login/", language="en")
        log_in(page, person.email, PASSWORD)
        page.goto(match.get_absolute_url())
        take(page, "express_interest")
        expect(page.locator("main")).to_contain_text("interest")

    page = open_page("/login/", language="en")
    log_in(page, judging.email, PASSWORD)
    page.goto(match.get_absolute_url())
    take(page, "approve")
    until(lambda: Contract.objects.filter(match=match).exists())

    match.refresh_from_db()
    assert match.status == Match.Status.APPROVED
    assert Contract.objects.get(match=match).client == enterprise


def write_need(page: Page) -> None:
    """Fill in the form for a need with the least that is asked for, and one figure."""
    page.goto("/posts/new/need/")
    page.locator("[name=title_en]").fill("Backlash of a rotary table worm gear below 5 arcsec")
    page.locator("[name=problem_en]").fill(
        "The rotary table of our machining centre has a worm gear pair with a backlash of 12 arcsec; we need 5."
    )
    page.locator("[name=type]").select_option("development")
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/needs/*/")
