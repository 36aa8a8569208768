"""Tags and filters of the design system; docs/design.md shows each in use."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from heroicons.templatetags import heroicons

from web import preferences
from web.bilingual import Reading, reading
from web.highlighting import marked
from web.tones import ORGANIZATION_ICONS, TONE_ICONS, TONES
from web.wording import exact, grouped
from web.wording import money as in_words
from web.wording import relative as relative_words

register = template.Library()

BANDS = {"strong": gettext_lazy("strong"), "good": gettext_lazy("good"), "possible": gettext_lazy("possible")}
VARIANTS = {
    "outline": heroicons.heroicon_outline,
    "solid": heroicons.heroicon_solid,
    "mini": heroicons.heroicon_mini,
    "micro": heroicons.heroicon_micro,
}


@register.simple_tag
def icon(name: str, *, size: int = 20, variant: str = "outline", label: str = "") -> SafeString:
    """A heroicon. Decoration for the eye unless it has a label, which then is read out."""
    return drawn(str(name), size, str(variant), str(label))


@lru_cache(maxsize=512)
def drawn(name: str, size: int, variant: str, label: str) -> SafeString:
    """The icon's SVG; parsing and copying its tree costs more than the rest of a small component."""
    spoken = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(VARIANTS[variant](name, size=size, **{"class": "icon", **spoken}))


@register.filter(name="relative")
def relative_filter(moment: datetime | date | None) -> SafeString:
    """A moment relative to now, the exact one on hover."""
    if not moment:
        return SafeString("")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact(moment), relative_words(moment)
    )


@register.filter
def highlight(text: Any, terms: Iterable[str] | None) -> SafeString:
    """The text with the terms marked; escaped, also if it came in as safe."""
    return marked(str(text or ""), terms or ())


@register.filter
def money(amount: Any, currency: str = "CNY") -> str:
    """An amount of money in the reader's manner; a dash where there is none."""
    try:
        return in_words(Decimal(str(amount)), str(currency)) if amount not in (None, "") else "–"
    except InvalidOperation:
        return "–"


@register.filter
def number(value: Any) -> str:
    """A figure with its thousands apart, as it was given: 0.5 stays 0.5, 2.0 becomes 2."""
    try:
        return grouped(Decimal(str(value))) if value not in (None, "") else "–"
    except (InvalidOperation, ValueError):
        return str(value)


@register.filter
def band(word: Any) -> str:
    """The CSS suffix of a band of scores; "possible" for what is not one."""
    return str(word) if str(word) in BANDS else "possible"


@register.filter
def band_word(word: Any) -> str:
    """What a reader calls the band."""
    return str(BANDS[band(word)])


@register.filter
def percent(share: Any) -> int:
    """A share between 0 and 1 as whole per cent for the width of a bar."""
    try:
        return max(0, min(100, round(float(share) * 100)))
    except (TypeError, ValueError, OverflowError):
        return 0


@register.simple_tag
def text(subject: Any, name: str, terms: Iterable[str] | None = None, tag: bool = True) -> SafeString:
    """The field `<name>_zh` or `<name>_en` for the reader, with `lang` and a small note if it is not in their language.

    `terms` are marked; `tag=False` leaves the note out.
    """
    shown = reading(subject, name)
    body = marked(shown.text, terms or ())
    return with_note(shown, body, "span") if tag else wrapped(shown, body, "span")


@register.simple_tag
def prose(subject: Any, name: str, terms: Iterable[str] | None = None) -> SafeString:
    """The same for a text of several paragraphs; nothing if there is none."""
    shown = reading(subject, name)
    if not shown.text:
        return SafeString("")
    return with_note(shown, linebreaks(marked(shown.text, terms or ())), "div")


@register.filter
def plain_text(subject: Any, name: str) -> str:
    """The same as a bare string, for titles and attributes."""
    return reading(subject, name).text


def wrapped(shown: Reading, body: str, element: str) -> SafeString:
    """The body with its language, where that is not the page's."""
    return format_html('<{0} lang="{1}" class="text">{2}</{0}>', element, shown.lang, mark_safe(body))


def with_note(shown: Reading, body: str, element: str) -> SafeString:
    """The body with its language and, where there is something to say, the note on its origin."""
    note = format_html(' <small class="origin">{}</small>', shown.note) if shown.note else ""
    return SafeString(wrapped(shown, body, element) + note)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The reader's theme: system, light or dark."""
    return preferences.theme_of(context.get("request"))


@register.simple_tag(takes_context=True)
def next_theme(context: Context) -> str:
    """The theme that the switch offers."""
    return preferences.theme_after(preferences.theme_of(context.get("request")))


@register.simple_tag(takes_context=True)
def rail(context: Context) -> str:
    """Whether the rail is wide or narrow."""
    return preferences.rail_of(context.get("request"))


@register.filter
def initial(name: Any) -> str:
    """The first character of a name, for its avatar."""
    return str(name or "?").strip()[:1].upper() or "?"


@register.filter
def tone(word: Any) -> str:
    """The tone of a badge: a tone as it is, a lifecycle's status by its meaning, plain for what is not known."""
    return str(word) if str(word) in TONE_ICONS else TONES.get(str(word), "plain")


@register.filter
def tone_icon(word: Any) -> str:
    """The icon that goes with a tone."""
    return TONE_ICONS.get(str(word), TONE_ICONS["plain"])


@register.filter
def beside(columns: Iterable[Any], row: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The cells of a row, each with its column."""
    return list(zip(columns, row, strict=False))


@register.filter
def organization_icon(kind: Any) -> str:
    """The icon of a kind of organization."""
    return ORGANIZATION_ICONS.get(str(kind), "building-office-2")
