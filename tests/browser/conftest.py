"""A real Chromium against a live server; whatever the console or the content security policy complains of fails."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
REPORT_VIOLATIONS = (
    "document.addEventListener('securitypolicyviolation',"
    " event => console.error('CSP violation: ' + event.violatedDirective + ' ' + event.blockedURI));"
)

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the journeys skip and say so."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (apt-get install chromium)"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code; no longer than a
    # module, because tests of other modules run loops of their own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def names_that_the_live_server_knows(static_files: None) -> Iterator[None]:
    """The live server looks static files up by their own names; hashed ones are the business of `make smoke`."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture
def open_page(browser: Browser, live_server: "LiveServer") -> Iterator[Open]:
    """Open a page in a language, a width and a colour scheme; complaints of the browser fail the test at its end."""
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_(path: str = "/", *, language: str = "en", width: int = 1440, scheme: str = "light") -> Page:
            context: BrowserContext = browser.new_context(
                base_url=live_server.url,
                locale=LOCALES[language],
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            stack.callback(context.close)
            context.add_init_script(REPORT_VIOLATIONS)
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("console", lambda message: complaints.extend(complaint(message)))
            page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
            page.goto(path)
            return page

        yield open_
    assert complaints == []


def complaint(message: ConsoleMessage) -> list[str]:
    """What counts as a complaint: errors and warnings, whoever writes them."""
    return [f"{message.type}: {message.text}"] if message.type in {"error", "warning"} else []


def log_in(page: Page, email: str, password: str) -> None:
    """Log in through the page, as a person does."""
    page.goto("/login/")
    page.locator("input[name=username]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url("**/desk/")


def overflow(page: Page) -> Any:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
