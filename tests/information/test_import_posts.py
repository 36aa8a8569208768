"""Importing a file: what becomes of good rows, the second time too."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organization, User
from information import importing, services
from information.models import Achievement, Import, Need
from jobs import services as jobs
from journal.models import Entry
from taxonomy.models import Industry, InnovationStage
from tests import factories
from tests.information.import_files import counts, failures, file, import_needs, json_lines, need_row, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def terms(db: None) -> None:
    factories.ContractTypeFactory.create()
    factories.RegionFactory.create(code="210200")
    factories.ChainNodeFactory.create(code="cnc.spindles")
    factories.ChainNodeFactory.create(code="cnc.bearings")


def test_each_row_becomes_a_submitted_need_of_the_organization(
    enterprise: Organization, enterprise_manager: User
) -> None:
    row = need_row(
        "g-1",
        keywords_en=["gearbox", "noise"],
        targets=[{"parameter_en": "sound level", "operator": "<=", "value": 68, "unit": "dB"}],
        chain_nodes=["cnc.spindles", "cnc.bearings"],
        region="210200",
        trl_current=3,
        budget_max=1200000,
        deadline="2031-05-01",
    )

    source = import_needs(json_lines(row, need_row("g-2")), enterprise, enterprise_manager)

    assert counts(source) == {"created": 2}
    need = Need.objects.get(external_id="g-1")
    assert (need.owner, need.created_by, need.status) == (enterprise, enterprise_manager, "submitted")
    assert (need.trl_current, need.budget_max, str(need.deadline)) == (3, Decimal(1200000), "2031-05-01")
    assert {node.code for node in need.chain_nodes.all()} == {"cnc.spindles", "cnc.bearings"}
    assert need.region is not None
    assert need.region.code == "210200"
    assert list(Entry.objects.about(need).values_list("name", flat=True)) == [
        "information.need.drafted",
        "information.need.submitted",
    ]


def test_the_file_is_dropped_and_progress_counts_every_row(enterprise: Organization, enterprise_manager: User) -> None:
    source = import_needs(json_lines(need_row("a"), "{broken", need_row("b")), enterprise, enterprise_manager)

    assert source.content is None
    assert source.job is not None
    assert (source.job.total, source.job.done, source.job.running) == (3, 3, False)
    assert counts(source) == {"created": 2, "failed": 1}


def test_the_same_file_twice_changes_nothing(enterprise: Organization, enterprise_manager: User) -> None:
    row = need_row(
        "g-1",
        chain_nodes=["cnc.spindles"],
        budget_min=1.5,
        region="210200",
        targets=[{"parameter_en": "noise", "operator": "<=", "value": 6.8e1, "unit": "dB"}],
    )
    import_needs(json_lines(row), enterprise, enterprise_manager)
    before = list(Need.objects.values()), Entry.objects.filter(stream__startswith="information.need:").count()

    source = import_needs(json_lines(row), enterprise, enterprise_manager)

    assert counts(source) == {"unchanged": 1}
    after = list(Need.objects.values()), Entry.objects.filter(stream__startswith="information.need:").count()
    assert after == before


def test_a_changed_row_updates_a_draft(enterprise: Organization, enterprise_manager: User) -> None:
    import_needs(json_lines(need_row("g-1"), need_row("g-2")), enterprise, enterprise_manager, submit=False)

    changed = json_lines(need_row("g-1", title_en="Quieter planetary gearbox"), need_row("g-2"))
    source = import_needs(changed, enterprise, enterprise_manager, submit=False)

    assert counts(source) == {"updated": 1, "unchanged": 1}
    need = Need.objects.get(external_id="g-1")
    assert (need.title_en, need.status, need.revision) == ("Quieter planetary gearbox", "draft", 2)


def test_a_returned_need_is_handed_in_again_once_its_row_has_changed(
    enterprise: Organization, enterprise_manager: User, administrator: User
) -> None:
    import_needs(json_lines(need_row("g-1")), enterprise, enterprise_manager)
    need = Need.objects.get()
    services.send_back(need, by=administrator, version=need.version, reason="unclear", note="Which load?")

    same = import_needs(json_lines(need_row("g-1")), enterprise, enterprise_manager)
    changed = import_needs(json_lines(need_row("g-1", summary_en="At 30 %.")), enterprise, enterprise_manager)

    assert (counts(same), counts(changed)) == ({"unchanged": 1}, {"updated": 1})
    need.refresh_from_db()
    assert (need.status, need.summary_en) == ("submitted", "At 30 %.")


def test_a_changed_row_of_a_submitted_need_fails_and_says_why(
    enterprise: Organization, enterprise_manager: User
) -> None:
    import_needs(json_lines(need_row("g-1")), enterprise, enterprise_manager)

    source = import_needs(json_lines(need_row("g-1", title_en="Another")), enterprise, enterprise_manager)

    reason = "The post with this external id is “Submitted” and differs in: title_en. It was not changed."
    assert failures(source) == [(1, "external_id", reason)]
    assert Need.objects.get().title_en == "Quieter gearbox g-1"


def test_drafts_imported_by_a_contributor_wait_until_a_manager_imports_them_again(
    enterprise: Organization, enterprise_manager: User, enterprise_contributor: User
) -> None:
    import_needs(json_lines(need_row("g-1")), enterprise, enterprise_contributor)
    before = Need.objects.get().status

    source = import_needs(json_lines(need_row("g-1")), enterprise, enterprise_manager)

    assert (before, Need.objects.get().status) == ("draft", "submitted")
    assert counts(source) == {"updated": 1}


def test_a_csv_file_with_lists_and_records_is_read_like_json_lines(
    university: Organization, university_manager: User
) -> None:
    header = "external_id,type,title_zh,description_zh,keywords_zh,benefits,ip,offer_modes,chain_nodes,trl\r\n"
    row = (
        'z-1,patent,低噪声齿轮箱,"第一行\n第二行，含""引号""",齿轮;噪声,噪声|noise||66.5|dB;温升|rise|30|20|K,'
        "know_how|secret,transfer; equity,cnc.bearings,5\r\n"
    )

    source = work_off(
        importing.accept(
            file(("﻿" + header + row).encode(), "结果.csv"), kind="achievement", owner=university, by=university_manager
        )
    )

    assert counts(source) == {"created": 1}
    achievement = Achievement.objects.get()
    assert achievement.description_zh == '第一行\n第二行，含"引号"'
    assert achievement.keywords_zh == ["齿轮", "噪声"]
    assert achievement.benefits == [
        {"metric_zh": "噪声", "metric_en": "noise", "value": 66.5, "unit": "dB"},
        {"metric_zh": "温升", "metric_en": "rise", "baseline": 30, "value": 20, "unit": "K"},
    ]
    assert (achievement.offer_modes, achievement.ip, achievement.trl) == (
        ["transfer", "equity"],
        [{"kind": "know_how", "status": "secret"}],
        5,
    )


def test_a_file_in_gb18030_is_read(enterprise: Organization, enterprise_manager: User) -> None:
    content = "external_id,type,title_zh,problem_zh\nn-1,development,主轴热伸长，㐀,补偿滞后\n".replace(
        "，", ""
    ).encode("gb18030")

    source = import_needs(content, enterprise, enterprise_manager, "需求.csv", encoding="gb18030")

    assert counts(source) == {"created": 1}
    assert Need.objects.get().title_zh == "主轴热伸长㐀"


@pytest.mark.parametrize("kind", ["need", "achievement"])
def test_the_template_can_be_imported_as_it_is(kind: str, enterprise: Organization, university: Organization) -> None:
    factories.ChainNodeFactory.create(code="cnc.ball-screws")
    Industry.objects.create(code="2", label_zh="高端装备", label_en="High-end equipment")
    InnovationStage.objects.create(code="pilot", label_zh="中试", label_en="Pilot", trl_from=5, trl_to=6)
    factories.RegionFactory.create(code="210100")
    owner = enterprise if kind == "need" else university
    by = factories.member(owner)

    source = work_off(importing.accept(file(importing.template(kind), "t.csv"), kind=kind, owner=owner, by=by))

    assert (failures(source), counts(source)) == ([], {"created": 1})


def test_a_step_that_dies_half_way_costs_nothing_and_repeats_nothing(
    enterprise: Organization, enterprise_manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [need_row(f"g-{number}") for number in range(250)]
    source = importing.accept(file(json_lines(*rows)), kind="need", owner=enterprise, by=enterprise_manager)
    assert source.job is not None
    for _step in range(2):
        jobs.advance(source.job.pk)
    kept = Need.objects.count()

    with monkeypatch.context() as patch:
        patch.setattr(Need, "gaps", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.advance(source.job.pk)
    after_the_crash = Need.objects.count()
    source = work_off(source)

    assert (kept, after_the_crash) == (100, 100)
    assert counts(source) == {"created": 250}
    assert Need.objects.filter(status="submitted").count() == 250
    assert Entry.objects.filter(name="information.need.submitted").count() == 250


def killed(need: Need) -> dict[str, list[str]]:
    raise KeyboardInterrupt


def test_the_number_of_queries_does_not_grow_with_the_rows_of_a_chunk(
    enterprise: Organization, enterprise_manager: User
) -> None:
    def queries(prefix: str, number: int) -> int:
        rows = [need_row(f"{prefix}-{place}", chain_nodes=["cnc.bearings"]) for place in range(number)]
        source = importing.accept(file(json_lines(*rows)), kind="need", owner=enterprise, by=enterprise_manager)
        assert source.job is not None
        jobs.advance(source.job.pk)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            jobs.advance(source.job.pk)
        return len(captured)

    assert queries("few", 2) == queries("many", 60)


def test_rows_of_another_organization_with_the_same_external_id_are_left_alone(
    enterprise: Organization, enterprise_manager: User, outsider: User
) -> None:
    other = Organization.objects.get(memberships__user=outsider)
    import_needs(json_lines(need_row("g-1")), other, outsider)

    source = import_needs(json_lines(need_row("g-1", title_en="Mine")), enterprise, enterprise_manager)

    assert counts(source) == {"created": 1}
    assert set(Need.objects.values_list("owner", "title_en")) == {
        (other.pk, "Quieter gearbox g-1"),
        (enterprise.pk, "Mine"),
    }
    assert Import.objects.count() == 2
