"""Moments, money and figures read as people of either language write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from web.templatetags.tenon import money as money_filter
from web.templatetags.tenon import number, percent, relative_filter
from web.wording import money, relative, running, series

NOW = datetime(2030, 5, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "english", "chinese"),
    [
        (NOW - timedelta(hours=3), "3 hours ago", "3小时前"),
        (NOW + timedelta(days=12), "in 2 weeks", "2周后"),
        (NOW - timedelta(days=5), "5 days ago", "5天前"),
        (NOW - timedelta(days=45), "March 20, 2030", "2030年3月20日"),
        (date(2030, 5, 16), "in 12 days", "12天后"),
        (date(2030, 5, 3), "1 day ago", "1天前"),
        (date(2031, 5, 3), "May 3, 2031", "2031年5月3日"),
    ],
)
def test_a_moment_is_told_relative_to_now_while_it_is_near(moment: date, english: str, chinese: str) -> None:
    with translation.override("en"):
        in_english = relative(moment, NOW)
    with translation.override("zh-hans"):
        in_chinese = relative(moment, NOW)

    assert (in_english, in_chinese) == (english, chinese)


def test_the_exact_moment_is_kept_for_the_hover() -> None:
    with translation.override("en"):
        shown = relative_filter(datetime(2020, 5, 4, 4, 30, tzinfo=UTC))

    assert shown == ('<time datetime="2020-05-04T04:30:00+00:00" title="May 4, 2020, 12:30 p.m.">May 4, 2020</time>')


@pytest.mark.parametrize(
    ("amount", "currency", "english", "chinese"),
    [
        ("800000.00", "CNY", "CNY 800,000", "80 万元"),
        ("1250000", "USD", "USD 1,250,000", "125 万美元"),
        ("12500", "CNY", "CNY 12,500", "1.25 万元"),
        ("12345.60", "CNY", "CNY 12,345.6", "12,345.6 元"),
        ("9000", "EUR", "EUR 9,000", "9,000 欧元"),
        ("0", "CNY", "CNY 0", "0 元"),
    ],
)
def test_money_is_written_without_needless_digits(amount: str, currency: str, english: str, chinese: str) -> None:
    with translation.override("en"):
        in_english = money(Decimal(amount), currency)
    with translation.override("zh-hans"):
        in_chinese = money(Decimal(amount), currency)

    assert (in_english, in_chinese) == (english, chinese)


def test_what_is_no_amount_is_a_dash() -> None:
    assert [money_filter(each) for each in (None, "", "much")] == ["–", "–", "–"]


def test_figures_keep_the_digits_they_were_given() -> None:
    assert [number(each) for each in (0.5, 2.0, 6714, None, "≤ 5")] == ["0.5", "2", "6,714", "–", "≤ 5"]


def test_the_width_of_a_bar_stays_within_it() -> None:
    assert [percent(each) for each in (0.734, 1.7, -1, None, "x", float("nan"))] == [73, 100, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("language", "things", "text"), [("en", "bars, rods", "One. Two."), ("zh-hans", "bars、rods", "One.Two.")]
)
def test_things_and_sentences_are_joined_as_the_language_joins_them(language: str, things: str, text: str) -> None:
    with translation.override(language):
        joined = series(["bars", "rods"]), running(["One.", "Two."])

    assert joined == (things, text)
