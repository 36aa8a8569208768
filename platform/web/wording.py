"""Moments, money and numbers as a reader of either language expects them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_timedelta
from django.utils import formats, timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

RECENT = timedelta(days=30)
"""Within it a moment is told relative to now, outside it by its date."""
TEN_THOUSAND = Decimal(10_000)
CURRENCIES_IN_CHINESE = {"CNY": "元", "USD": "美元", "EUR": "欧元", "JPY": "日元", "GBP": "英镑"}


def in_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "zh").startswith("zh")


def series(items: Iterable[object]) -> str:
    """Things in one line, with the reader's comma between: "A、B" or "A, B"."""
    return ("、" if in_chinese() else ", ").join(str(item) for item in items)


def running(sentences: Iterable[object]) -> str:
    """Whole sentences one after the other; Chinese has no space between them."""
    return ("" if in_chinese() else " ").join(str(sentence) for sentence in sentences)


def relative(moment: datetime | date, now: datetime | None = None) -> str:
    """ "3 hours ago", "in 12 days", "today", or the date if it lies more than 30 days off."""
    now = now or timezone.now()
    if not isinstance(moment, datetime):
        return relative_day(moment, timezone.localdate(now))
    distance = moment - now
    if abs(distance) > RECENT:
        return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")
    if abs(distance) < timedelta(seconds=45):
        return _("just now")
    return format_timedelta(distance, add_direction=True, locale=babel_locale())


def relative_day(day: date, today: date) -> str:
    """The same for a whole day."""
    distance = day - today
    if not distance:
        return _("today")
    if abs(distance) > RECENT:
        return formats.date_format(day, "DATE_FORMAT")
    return format_timedelta(distance, granularity="day", threshold=8, add_direction=True, locale=babel_locale())


def exact(moment: datetime | date) -> str:
    """The moment in full, in the platform's time zone."""
    if isinstance(moment, datetime):
        return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return formats.date_format(moment, "DATE_FORMAT")


def babel_locale() -> str:
    """Babel's name of the reader's language."""
    return to_locale(get_language() or "zh-hans")


def money(amount: Decimal, currency: str) -> str:
    """An amount without needless decimals: "80 万元" in Chinese from 10,000 on, "CNY 800,000" in English."""
    if not in_chinese():
        return f"{currency} {grouped(amount)}"
    unit = CURRENCIES_IN_CHINESE.get(currency, currency)
    if abs(amount) >= TEN_THOUSAND and amount % 100 == 0:
        return f"{grouped(amount / TEN_THOUSAND)} 万{unit}"
    return f"{grouped(amount)} {unit}"


def grouped(amount: Decimal | int) -> str:
    """A number with its thousands apart, exact, without trailing zeros."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
