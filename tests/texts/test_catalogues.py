"""The message catalogues are gathered, checked and compiled without GNU gettext."""

import gettext
from pathlib import Path

import pytest
from django.conf import settings

from texts import catalogues


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one Python file and one template."""
    source, template = tmp_path / "information" / "words.py", tmp_path / "information" / "page.html"
    source.parent.mkdir()
    source.write_text('_("Hello %(name)s")\nngettext("%(n)s need", "%(n)s needs", n)\n')
    template.write_text(
        '{% load i18n %}{% translate "Publish" %}{% blocktranslate trimmed %}\n Two\n lines{% endblocktranslate %}'
    )
    return tmp_path


def translate(project: Path, text: str, translation: str) -> None:
    """Fill in one translation by hand."""
    path = catalogues.po_file(project, "zh_Hans")
    path.write_text(path.read_text().replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{translation}"'))


def test_both_catalogues_of_the_platform_are_complete() -> None:
    assert list(catalogues.faults(settings.BASE_DIR)) == []


def test_messages_of_python_and_templates_are_gathered(project: Path) -> None:
    gathered = {catalogues.spelled(message.id)[0] for message in catalogues.gathered(project) if message.id}

    assert gathered == {"Hello %(name)s", "%(n)s need", "Publish", "Two lines"}


def test_what_is_not_translated_is_named(project: Path) -> None:
    catalogues.update(project)

    assert "zh_Hans: “Publish” is not translated" in list(catalogues.faults(project))


def test_a_placeholder_that_the_message_does_not_have_is_named(project: Path) -> None:
    catalogues.update(project)
    translate(project, "Hello %(name)s", "你好 %(nom)s")

    assert "zh_Hans: the translation of “Hello %(name)s” has other placeholders" in list(catalogues.faults(project))


def test_an_update_keeps_translations_and_drops_what_is_gone(project: Path) -> None:
    catalogues.update(project)
    translate(project, "Publish", "发布")
    (project / "information" / "words.py").write_text("")

    catalogues.update(project)

    held = {str(message.id): message.string for message in catalogues.read(project, "zh_Hans") if message.id}
    assert held == {"Publish": "发布", "Two lines": ""}


def test_a_compiled_catalogue_says_the_translation(project: Path) -> None:
    catalogues.update(project)
    translate(project, "Publish", "发布")

    assert catalogues.compile_all(project) == 2
    with catalogues.po_file(project, "zh_Hans").with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Publish") == "发布"
    assert catalogues.compile_all(project) == 0
