"""Plain text: no markup, no invisible control characters."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ELEMENTS = (
    "a|abbr|address|applet|area|article|aside|audio|b|base|bdi|bdo|blockquote|body|br|button|canvas|caption|center|cite"
    "|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font"
    "|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend"
    "|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|noscript|object|ol|optgroup|option|output|p|param|picture"
    "|plaintext|pre|progress|q|rp|rt|ruby|s|samp|script|search|section|select|slot|small|source|span|strike|strong"
    "|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video"
    "|wbr|xmp"
)
# Only real element names count, so that "d<0.5 mm" and "T<Tc" stay possible.
MARKUP = re.compile(rf"</?(?:{ELEMENTS})(?:[\s/][^<>]*)?/?>|<!--|<!doctype|<(?:script|iframe|img|svg)\b", re.IGNORECASE)
# Besides control characters: zero-width ones and those that turn the direction of what follows.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def validate_plain(text: str) -> None:
    """Raise ValidationError for markup and for control characters other than tab and line ends."""
    if CONTROL.search(text):
        raise ValidationError(_("This text holds invisible characters. Paste it as plain text."), code="control")
    if found := MARKUP.search(text):
        raise ValidationError(
            _("Plain text only: remove “%(markup)s”."), code="markup", params={"markup": found.group()[:40]}
        )
