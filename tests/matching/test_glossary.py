"""The glossary: terms by hand and from a file, and the pure mapping that the engine takes."""

from typing import Any

import pytest

from accounts.models import User
from journal.errors import BadInput, NotAllowed, StaleVersion, TooLarge
from journal.models import Entry
from matching import glossary
from matching.models import GlossaryTerm
from tests.factories import ChainFactory, GlossaryTermFactory

pytestmark = pytest.mark.django_db

HEAD = "zh,en,chain\n"


def file(*lines: str) -> bytes:
    return (HEAD + "\n".join(lines)).encode()


def kept() -> list[tuple[Any, ...]]:
    return list(GlossaryTerm.objects.order_by("zh").values_list("zh", "en", "chain__code"))


def test_a_term_is_added_changed_and_removed_and_the_journal_knows(administrator: User) -> None:
    term = glossary.add({"zh": "油气润滑", "en": ["oil-air lubrication"], "chain": None}, by=administrator)
    edited = glossary.edit(term, {"en": ["oil-air lubrication", "air-oil"]}, by=administrator, version=1)
    glossary.remove(edited, by=administrator, version=2)

    names = Entry.objects.filter(stream=f"matching.glossaryterm:{term.pk}").order_by("sequence")
    assert [name.rpartition(".")[2] for name in names.values_list("name", flat=True)] == ["added", "edited", "removed"]
    assert kept() == []


def test_a_change_that_changes_nothing_leaves_no_trace(administrator: User) -> None:
    term = glossary.add({"zh": "主轴", "en": ["spindle"], "chain": None}, by=administrator)

    glossary.edit(term, {"zh": "主轴", "en": ["spindle"]}, by=administrator, version=1)

    assert (GlossaryTerm.objects.get().version, Entry.objects.about(term).count()) == (1, 1)


def test_a_stale_change_is_refused_and_so_is_a_removed_term(administrator: User) -> None:
    term = glossary.add({"zh": "主轴", "en": ["spindle"], "chain": None}, by=administrator)
    glossary.edit(term, {"en": ["shaft"]}, by=administrator, version=1)

    with pytest.raises(StaleVersion):
        glossary.remove(term, by=administrator, version=1)
    glossary.remove(term, by=administrator, version=2)
    with pytest.raises(StaleVersion):
        glossary.edit(term, {"en": ["x"]}, by=administrator, version=2)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"zh": "", "en": ["spindle"]}, "zh"),
        ({"zh": "spindle", "en": ["spindle"]}, "zh"),
        ({"zh": "主轴\0", "en": ["spindle"]}, "zh"),
        ({"zh": "<b>主轴</b>", "en": ["spindle"]}, "zh"),
        ({"zh": "主" * 61, "en": ["spindle"]}, "zh"),
        ({"zh": "主轴", "en": []}, "en"),
        ({"zh": "主轴", "en": ["主轴"]}, "en"),
        ({"zh": "主轴", "en": ["123"]}, "en"),
        ({"zh": "主轴", "en": [f"word {n}" for n in range(9)]}, "en"),
        ({"zh": "主轴", "en": ["x" * 121]}, "en"),
        ({"zh": "轴承", "en": ["bearing"]}, "zh"),
    ],
    ids=str,
)
def test_what_is_no_term_is_refused_beside_its_field(administrator: User, fields: dict[str, Any], field: str) -> None:
    GlossaryTermFactory.create(zh="轴承")

    with pytest.raises(BadInput) as refusal:
        glossary.add({**fields, "chain": None}, by=administrator)

    assert field in refusal.value.fields
    assert GlossaryTerm.objects.count() == 1


def test_nobody_else_writes_terms(enterprise_manager: User, supervisor: User) -> None:
    for person in (enterprise_manager, supervisor):
        with pytest.raises(NotAllowed):
            glossary.add({"zh": "主轴", "en": ["spindle"], "chain": None}, by=person)
        with pytest.raises(NotAllowed):
            glossary.bring_in(file("主轴,spindle,"), by=person)


def test_a_file_is_brought_in_and_the_same_file_again_changes_nothing(administrator: User) -> None:
    ChainFactory.create(code="cnc")
    GlossaryTermFactory.create(zh="主轴", en=["shaft"])
    sent = file("主轴,spindle; spindle unit,", "刀塔,turret,cnc", "", "刀塔,tool turret,")

    first = glossary.bring_in(b"\xef\xbb\xbf" + sent, by=administrator)
    second = glossary.bring_in(sent, by=administrator)

    assert first == {"added": 2, "changed": 1, "unchanged": 0}
    assert second == {"added": 0, "changed": 0, "unchanged": 3}
    assert ("主轴", ["spindle", "spindle unit"], None) in kept()
    assert len(kept()) == 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "The first line must name the columns"),
        (b"a,b\n", "The first line must name the columns"),
        (HEAD.encode(), "between 1 and"),
        (file("主轴"), "Line 2"),
        (file("spindle,spindle,"), "Line 2"),
        (file("主轴,spindle,", "轴承,轴承,"), "Line 3"),
        (file("主轴,spindle,nowhere"), "no chain with the code"),
        (file("主轴,spindle,,,x"), "more than three columns"),
        (file("主轴\0,spindle,"), "not a text file"),
        ("主轴,spindle,".encode("gb18030"), "not UTF-8"),
        (file(*[f"主轴{n},spindle," for n in range(5001)]), "between 1 and"),
    ],
    ids=["empty", "columns", "no rows", "no english", "no chinese", "second", "chain", "wide", "nul", "gb", "many"],
)
@pytest.mark.usefixtures("in_english")
def test_a_file_with_a_fault_leaves_nothing_behind(administrator: User, sent: bytes, said: str) -> None:
    with pytest.raises(BadInput) as refusal:
        glossary.bring_in(sent, by=administrator)

    assert said in " ".join(refusal.value.fields["file"])
    assert kept() == []


def test_a_file_that_is_too_large_is_refused(administrator: User) -> None:
    with pytest.raises(TooLarge):
        glossary.bring_in(b"x" * (glossary.LARGEST_FILE + 1), by=administrator)


def test_the_engine_gets_a_mapping_whose_version_follows_its_content(django_assert_num_queries: Any) -> None:
    cnc = ChainFactory.create(code="cnc")
    GlossaryTermFactory.create(zh="主轴", en=["spindle"])
    GlossaryTermFactory.create(zh="刀塔", en=["turret"], chain=cnc)
    term = GlossaryTermFactory.create(zh="主轴", en=["machine spindle"], chain=cnc)

    with django_assert_num_queries(1):
        first = glossary.current()
    again = glossary.current()
    GlossaryTerm.objects.filter(pk=term.pk).update(en=["main spindle"])

    assert first == again
    assert first.on([]) == {"主轴": ("spindle",)}
    assert first.on(["cnc"]) == {"主轴": ("machine spindle",), "刀塔": ("turret",)}
    assert glossary.current().version != first.version


def test_many_terms_cost_as_many_queries_as_few(administrator: User, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        glossary.bring_in(file(*[f"主轴{n},spindle {n}x," for n in range(300)]), by=administrator)

    assert GlossaryTerm.objects.count() == 300
