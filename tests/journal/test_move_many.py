"""Moving many objects at once asks of each what moving one asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organization, User
from information import services
from information.models import Need
from journal.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db


def submitted(owner: Organization, number: int) -> list[Need]:
    return [factories.NeedFactory.create(owner=owner, status="submitted") for _place in range(number)]


def test_all_are_moved_with_an_entry_each(enterprise: Organization, administrator: User) -> None:
    needs = submitted(enterprise, 3)

    refused = Need.move_all(needs, "published", by=administrator, data={"batch": 7})

    assert refused == {}
    assert [(need.status, need.version) for need in needs] == [("published", 2)] * 3
    assert Need.objects.filter(status="published", version=2, published_at__isnull=False).count() == 3
    entry = Entry.objects.get(stream=f"information.need:{needs[0].pk}")
    assert (entry.name, entry.actor) == ("information.need.published", administrator)
    assert entry.data == {"from": "submitted", "to": "published", "version": 2, "batch": 7}


def test_those_that_may_not_move_stay_and_say_why(
    enterprise: Organization, administrator: User, enterprise_manager: User
) -> None:
    stale, wrong_state, own_case, gone, fine = submitted(enterprise, 5)
    services.send_back(Need.objects.get(pk=stale.pk), by=administrator, version=1, reason="other", note="?")
    Need.objects.filter(pk=wrong_state.pk).update(status="draft")
    Need.objects.filter(pk=own_case.pk).update(owner=factories.OrganizationFactory.create())
    administrator.memberships.create(organization=Need.objects.get(pk=own_case.pk).owner, role="contributor")
    Need.objects.filter(pk=gone.pk).delete()
    administrator = User.objects.get(pk=administrator.pk)

    refused = Need.move_all([stale, wrong_state, own_case, gone, fine], "published", by=administrator)

    assert {pk: fault.code for pk, fault in refused.items()} == {
        stale.pk: "stale-version",
        wrong_state.pk: "illegal-move",
        own_case.pk: "not-allowed",
        gone.pk: "stale-version",
    }
    assert list(Need.objects.filter(status="published")) == [fine]
    assert Entry.objects.filter(name="information.need.published").count() == 1


def test_what_the_guard_refuses_stays(enterprise: Organization, administrator: User) -> None:
    need = factories.NeedFactory.create(owner=enterprise, status="submitted", title_zh="", title_en="")

    refused = Need.move_all([need], "published", by=administrator)

    assert [fault.code for fault in refused.values()] == ["not-ready"]
    assert Need.objects.get().status == "submitted"


def test_the_number_of_queries_does_not_grow(enterprise: Organization, administrator: User) -> None:
    def queries(number: int) -> int:
        needs = submitted(enterprise, number)
        with CaptureQueriesContext(connection) as captured:
            Need.move_all(needs, "published", by=administrator, data={"batch": 1})
        return len(captured)

    queries(1)  # reads the administrator's standing

    assert queries(2) == queries(40)
