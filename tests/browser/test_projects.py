"""A project from its first milestone to its first payment, in both languages."""

import os
from decimal import Decimal

import pytest

from accounts.models import User
from contracts.execution import projects
from contracts.models import Project
from tests import factories
from tests.browser.conftest import Open, log_in, overflow
from tests.contracts.performing import TWO_STEPS
from tests.projects import attached, notice, royalty_report

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {"submit": "Submit for acceptance", "accept": "Accept the milestone", "record": "Record the payment"},
    "zh-hans": {"submit": "提交验收", "accept": "验收通过", "record": "登记付款"},
}
PASSWORD = "a password of some length"


def person(project: Project, organization: str) -> User:
    user = factories.member(getattr(project.contract, organization), "manager")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_milestone_is_handed_in_accepted_and_paid(open_page: Open, language: str) -> None:
    words = WORDS[language]
    project = projects.begin(factories.ContractFactory.create(status="effective"), TWO_STEPS)
    step = project.milestones.get(number=1)
    attached(step, "样机检测报告.pdf")
    notice(project, "given")
    royalty_report(project, "reported")

    provider = open_page("/login/", language=language)
    log_in(provider, person(project, "provider").email, PASSWORD)
    provider.goto(project.get_absolute_url())
    provider.locator(f"#milestone-{step.pk}").get_by_role("button", name=words["submit"]).first.click()
    provider.locator(f"#move-submit-{step.pk} button[type=submit]").click()
    provider.wait_for_url(f"**/projects/{project.pk}/**")

    client = open_page("/login/", language=language, width=360, scheme="dark")
    log_in(client, person(project, "client").email, PASSWORD)
    client.goto(project.get_absolute_url())
    client.locator(f"#milestone-{step.pk}").get_by_role("button", name=words["accept"], exact=False).first.click()
    client.locator(f"#move-accept-{step.pk} button[type=submit]").click()
    client.wait_for_url(f"**/projects/{project.pk}/**")
    due = project.payments.get(number=2)
    client.goto(project.get_absolute_url())
    client.locator(f"#payment-{due.pk}").get_by_role("button", name=words["record"]).first.click()
    client.locator(f"#payment-record-{due.pk} button[type=submit]").click()
    client.wait_for_url(f"**/projects/{project.pk}/**")

    assert overflow(client) == 0
    due.refresh_from_db()
    assert (due.status, due.paid_amount) == ("recorded", Decimal("50000.01"))
    if folder := os.environ.get("TENON_SHOTS"):
        for page, name in ((provider, "provider"), (client, "client")):
            page.goto(project.get_absolute_url())
            page.screenshot(path=f"{folder}/project-{name}-{language}.png", full_page=True)
