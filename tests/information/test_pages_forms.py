"""Writing and editing posts on pages."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Organization, User
from information.models import Achievement, Need, Post
from journal.models import Entry
from tests.factories import AchievementFactory, ContractTypeFactory, NeedFactory, OrganizationFactory, member
from texts.fields import LineField, ProseField


def rows(name: str, *filled: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends for the rows of one field."""
    sent = {f"{name}-TOTAL_FORMS": len(filled) + 1, f"{name}-INITIAL_FORMS": 0}
    return sent | {f"{name}-{place}-{field}": value for place, row in enumerate(filled) for field, value in row.items()}


@pytest.fixture
def need_form(enterprise: Organization) -> dict[str, Any]:
    """A need as the form sends it, without rows."""
    kind = ContractTypeFactory.create()
    return {
        "owner": enterprise.pk,
        "type": kind.code,
        "title_en": "Spindle that stays cool",
        "problem_en": "It heats up by 40 K.",
        "currency": "CNY",
        "visibility": "public",
        **rows("targets"),
    }


TARGET = {
    "parameter_en": "temperature rise",
    "operator": "<=",
    "value": "15",
    "unit": "K",
    "method_en": "outer ring after 2 h",
}


def test_a_member_begins_a_need_as_a_draft_of_the_own_organization(
    english: Client, enterprise: Organization, enterprise_contributor: User, need_form: dict[str, Any]
) -> None:
    english.force_login(enterprise_contributor)

    answer = english.post(
        "/posts/new/need/",
        {**need_form, **rows("targets", TARGET), "keywords_en": "spindle，bearing、oil ; air", "trl_required": 7},
    )

    need = Need.objects.get()
    assert answer.headers["Location"] == need.get_absolute_url()
    assert (need.owner, need.status, need.title_en) == (enterprise, "draft", "Spindle that stays cool")
    assert need.keywords_en == ["spindle", "bearing", "oil", "air"]
    assert need.trl_required == 7
    assert need.targets == [{"parameter_zh": "", "method_zh": "", **TARGET, "value": 15}]


def test_a_university_begins_an_achievement_with_benefits_and_rights(
    english: Client, university: Organization, university_manager: User
) -> None:
    english.force_login(university_manager)

    english.post(
        "/posts/new/achievement/",
        {
            "owner": university.pk,
            "type": "patent",
            "title_zh": "陶瓷球轴承",
            "description_zh": "温升二十二度。",
            "visibility": "members",
            "offer_modes": ["transfer", "equity"],
            **rows("benefits", {"metric_zh": "温升", "baseline": "40", "value": "22.5", "unit": "K"}),
            **rows("ip", {"kind": "know_how", "status": "secret"}),
        },
    )

    made = Achievement.objects.get()
    assert made.benefits == [{"metric_zh": "温升", "metric_en": "", "baseline": 40, "value": 22.5, "unit": "K"}]
    assert made.ip == [{"kind": "know_how", "status": "secret", "number": ""}]
    assert made.offer_modes == ["transfer", "equity"]
    assert made.visibility == "members"


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("enterprise_manager", "/posts/new/achievement/"),
        ("university_manager", "/posts/new/need/"),
        ("administrator", "/posts/new/need/"),
        ("supervisor", "/posts/new/achievement/"),
    ],
)
def test_the_form_is_not_there_for_those_who_cannot_post_the_kind(
    english: Client, request: pytest.FixtureRequest, person: str, address: str
) -> None:
    english.force_login(request.getfixturevalue(person))

    assert english.get(address).status_code == 404


def test_nobody_posts_for_an_organization_of_others(
    english: Client, enterprise_manager: User, need_form: dict[str, Any]
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/posts/new/need/", {**need_form, "owner": OrganizationFactory.create().pk})

    assert (answer.status_code, Need.objects.count()) == (400, 0)


def test_who_belongs_to_two_enterprises_chooses_between_them(
    english: Client, enterprise: Organization, need_form: dict[str, Any]
) -> None:
    other = OrganizationFactory.create()
    university = OrganizationFactory.create(kind="university")
    person = member(enterprise)
    for organization in (other, university):
        person.memberships.create(organization=organization, role="manager")
    english.force_login(person)

    choices = english.get("/posts/new/need/").context["editor"].form["owner"]
    english.post("/posts/new/need/", {**need_form, "owner": other.pk})

    assert {int(str(value)) for value, _ in choices.field.choices if value} == {enterprise.pk, other.pk}
    assert Need.objects.get().owner == other


@pytest.mark.parametrize(
    ("change", "anchor", "fault"),
    [
        ({"budget_min": "100", "budget_max": "50"}, "id_budget_max", "lies below its lower end"),
        ({"budget_max": "1e400"}, "id_budget_max", "Ensure that"),
        ({"budget_max": "NaN"}, "id_budget_max", "Enter a number"),
        ({"trl_current": "0"}, "id_trl_current", "greater than or equal to 1"),
        ({"trl_current": "10"}, "id_trl_current", "less than or equal to 9"),
        ({"deadline": "tomorrow"}, "id_deadline", "Enter a valid date"),
        ({"valid_through": "2020-01-01"}, "id_valid_through", "This day has passed"),
        ({"type": "marriage"}, "id_type", "Select a valid choice"),
        ({"title_en": "x" * 241}, "id_title_en", "at most 240 characters"),
        ({"keywords_en": ",".join("abcdefghijklmnop")}, "id_keywords_en", "no more than 12"),
        (rows("targets", {**TARGET, "value": "1e400"}), "id_targets-0-value", "Enter a number"),
        (rows("targets", {**TARGET, "value": "9e99"}), "id_targets-0-value", "out of any sensible range"),
        (rows("targets", {**TARGET, "value": ""}), "id_targets-0-value", "Write a number here"),
        (rows("targets", {**TARGET, "operator": "~"}), "id_targets-0-operator", "Select a valid choice"),
        (rows("targets", {**TARGET, "parameter_en": ""}), "id_targets-0-parameter_zh", "Name it in Chinese or English"),
        (rows("targets", {**TARGET, "unit": "<img src=x>"}), "id_targets-0-unit", "Plain text only"),
    ],
)
def test_a_fault_is_named_beside_its_field_and_nothing_is_kept(
    english: Client,
    enterprise_manager: User,
    need_form: dict[str, Any],
    change: dict[str, Any],
    anchor: str,
    fault: str,
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/posts/new/need/", {**need_form, **change})

    page = answer.content.decode()
    assert (answer.status_code, Need.objects.count(), Entry.objects.count()) == (400, 0, 0)
    assert f'href="#{anchor}"' in page
    assert f'id="{anchor}_error"' in page
    assert fault in page
    assert "It heats up by 40 K." in page


TEXTS = [
    field.name
    for field in Need._meta.get_fields()
    if isinstance(field, LineField | ProseField) and field.name != "external_id"
]


@pytest.mark.parametrize("name", [*TEXTS, "keywords_zh", "keywords_en"])
def test_markup_is_refused_in_every_text(
    english: Client, enterprise_manager: User, need_form: dict[str, Any], name: str
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/posts/new/need/", {**need_form, name: "<script>alert(1)</script>"})

    page = answer.content.decode()
    assert (answer.status_code, Need.objects.count()) == (400, 0)
    assert f'id="id_{name}_error"' in page
    assert "<script>alert" not in page


def test_nul_is_refused_before_the_form_is_read(
    english: Client, enterprise_manager: User, need_form: dict[str, Any]
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/posts/new/need/", {**need_form, "title_en": "a\0b"})

    assert (answer.status_code, Need.objects.count()) == (400, 0)


@pytest.mark.parametrize("total", ["", "-1", "x", "999999999999"])
def test_a_forged_number_of_rows_is_refused(
    english: Client, enterprise_manager: User, need_form: dict[str, Any], total: str
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/posts/new/need/", {**need_form, "targets-TOTAL_FORMS": total})

    assert (answer.status_code, Need.objects.count()) == (400, 0)


def test_one_more_row_is_given_without_saving_anything(
    english: Client, enterprise_manager: User, need_form: dict[str, Any]
) -> None:
    english.force_login(enterprise_manager)

    answer = english.post("/posts/new/need/", {**need_form, **rows("targets", TARGET), "add_row": "targets"})

    page = answer.content.decode()
    assert (answer.status_code, Need.objects.count()) == (200, 0)
    assert 'name="targets-2-value"' in page
    assert 'value="temperature rise"' in page
    assert "Something is missing" not in page


def test_editing_changes_what_was_changed_and_keeps_the_rest(
    english: Client, enterprise: Organization, enterprise_contributor: User, need_form: dict[str, Any]
) -> None:
    noise = {"parameter_en": "noise", "operator": "<=", "value": 60, "unit": "dB"}
    need = NeedFactory.create(owner=enterprise, targets=[noise])
    english.force_login(enterprise_contributor)
    shown = english.get(f"{need.get_absolute_url()}edit/").context["editor"]

    sent = {name: value for name, value in need_form.items() if not name.startswith("targets")} | {
        "title_zh": need.title_zh,
        "problem_zh": need.problem_zh,
        "version": 1,
        "targets-TOTAL_FORMS": 4,
        "targets-INITIAL_FORMS": 1,
        "targets-0-parameter_en": "noise",
        "targets-0-operator": "<=",
        "targets-0-value": "60",
        "targets-0-unit": "dB",
    }
    english.post(f"{need.get_absolute_url()}edit/", sent)

    need.refresh_from_db()
    assert len(shown.rows["targets"].forms) == 4
    assert (need.title_en, need.version, need.revision) == ("Spindle that stays cool", 2, 2)
    assert need.targets == [noise]
    assert Entry.objects.get().data["fields"] == ["problem_en", "title_en"]


def test_an_emptied_row_is_removed(
    english: Client, enterprise: Organization, enterprise_manager: User, need_form: dict[str, Any]
) -> None:
    need = NeedFactory.create(owner=enterprise, targets=[{"parameter_en": "noise", "operator": "<=", "value": 60}])
    english.force_login(enterprise_manager)

    emptied = {"targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 1, "targets-0-operator": "<="}
    english.post(f"{need.get_absolute_url()}edit/", {**need_form, **emptied, "version": 1})

    need.refresh_from_db()
    assert need.targets == []


def test_who_was_slower_keeps_the_own_text_and_is_told(
    english: Client, enterprise: Organization, enterprise_manager: User, need_form: dict[str, Any]
) -> None:
    need = NeedFactory.create(owner=enterprise, version=3, title_en="From a colleague")
    english.force_login(enterprise_manager)

    answer = english.post(f"{need.get_absolute_url()}edit/", {**need_form, "version": 2})

    page = answer.content.decode()
    need.refresh_from_db()
    assert (answer.status_code, need.title_en) == (409, "From a colleague")
    assert "It was changed while you were looking at it" in page
    assert "Spindle that stays cool" in page


@pytest.mark.parametrize("status", ["submitted", "published", "rejected", "withdrawn"])
def test_what_is_being_judged_or_was_decided_is_not_edited(
    english: Client, enterprise: Organization, enterprise_manager: User, status: str, need_form: dict[str, Any]
) -> None:
    need = NeedFactory.create(owner=enterprise, status=status)
    english.force_login(enterprise_manager)

    answers = [
        english.get(f"{need.get_absolute_url()}edit/"),
        english.post(f"{need.get_absolute_url()}edit/", {**need_form, "version": 1}),
    ]

    need.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert need.title_en != need_form["title_en"]


@pytest.mark.parametrize("post", ["need", "achievement"])
def test_a_stranger_finds_no_form_for_drafts_of_others(english: Client, outsider: User, post: str) -> None:
    draft: Post = (NeedFactory if post == "need" else AchievementFactory).create()
    english.force_login(outsider)

    assert english.get(f"{draft.get_absolute_url()}edit/").status_code == 404
