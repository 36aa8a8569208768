"""What every template of the design system keeps to."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

import web

FOLDER = Path(web.__file__).parent
TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
COMPONENTS = sorted((FOLDER / "templates" / "components").glob("*.html"))
IMPORTS = re.compile(r'@import url\("([^"]+)"\)')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_parses_and_carries_nothing_that_a_strict_csp_refuses(path: Path) -> None:
    source = path.read_text()

    get_template(path.relative_to(FOLDER / "templates").as_posix())
    assert re.findall(r'\sstyle="|\son[a-z]+="|javascript:|hx-on', source) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)|<style", source) == []


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_is_part_of_the_style_page(path: Path) -> None:
    used: set[str] = set()
    waiting = ["web/style_pane.html"]
    while waiting:
        source = (FOLDER / "templates" / waiting.pop()).read_text()
        new = set(re.findall(r'{% include "((?:web|components)/[a-z_]+\.html)"', source)) - used
        used |= new
        waiting += new

    assert f"components/{path.name}" in used


def test_every_style_sheet_is_imported_once() -> None:
    css = FOLDER / "static" / "web" / "css"
    imported = IMPORTS.findall((css / "tenon.css").read_text())
    files = {path.relative_to(css).as_posix() for path in css.rglob("*.css")} - {"tenon.css"}

    assert sorted(imported) == sorted(files)


def test_text_in_a_component_is_escaped() -> None:
    template = engines["django"].from_string(
        '{% include "components/notice.html" with tone="info" title="" text=text only %}'
    )

    shown = template.render({"text": "<script>alert(1)</script>"})

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>" not in shown
