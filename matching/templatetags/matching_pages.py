"""Tags of the match page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from web.bilingual import reading
from web.highlighting import marked
from web.templatetags.tenon import with_note

register = template.Library()


@register.simple_tag
def cited(subject: Any, name: str, terms: Iterable[str], passages: Iterable[Mapping[str, Any]]) -> SafeString:
    """A text of several paragraphs with its passages and the terms marked; nothing if there is none.

    `passages` are those of `matching.passages.passages_on`: in order, without overlap; `lines` names the requirements
    that they belong to.
    """
    shown = reading(subject, name)
    if not shown.text:
        return SafeString("")
    pieces, end = [], 0
    for each in passages:
        if each["field"] != f"{name}_{shown.language}" or each["end"] > len(shown.text):
            continue
        pieces.append(marked(shown.text[end : each["start"]], terms))
        inner = marked(shown.text[each["start"] : each["end"]], terms)
        lines = " ".join(str(line) for line in each["lines"])
        pieces.append(format_html('<span class="passage" data-line="{}">{}</span>', lines, inner))
        end = each["end"]
    pieces.append(marked(shown.text[end:], terms))
    return with_note(shown, mark_safe(linebreaks(mark_safe("".join(pieces)))), "div")
