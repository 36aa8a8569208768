"""What in a contract cannot be true together."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts.checks.case import Case, Finding, Text, advice, blocking
from web.wording import series

HUNDRED = Decimal(100)
FIGURE = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
MONTH = re.compile(
    r"(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})"
)
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        start=1,
    )
}

ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
CHINESE = "零一二三四五六七八九十"


def contradictions(case: Case) -> Iterator[Finding]:
    """Figures, days, sums and terms against each other."""
    for clause in case.clauses:
        # Names of parties and of the project may hold figures in one language only.
        if clause.key != "definitions":
            yield from two_languages(clause)
    yield from days(case)
    yield from sums(case)
    yield from shares(case)
    yield from patents(case)


def two_languages(clause: Text) -> Iterator[Finding]:
    """Both languages name the same figures."""
    zh, en = figures(clause.zh), figures(clause.en)
    only_zh = {figure for figure in zh - en if not spelled(figure, ENGLISH, clause.en.lower())}
    only_en = {figure for figure in en - zh if not spelled(figure, CHINESE, clause.zh)}
    if odd := sorted(only_zh | only_en):
        yield blocking(
            "figures-differ", clause.key, "466",
            _("The Chinese and the English text do not name the same figures: %(figures)s.")
            % {"figures": series(odd[:6])},
            _("Compare both texts figure by figure and propose the right one."),
        )  # fmt: skip


def spelled(figure: str, words: Sequence[str], text: str) -> bool:
    """Whether a small figure stands in the other text as a word."""
    return figure.isdecimal() and int(figure) < len(words) and words[int(figure)] in text


def figures(text: str) -> Counter[str]:
    """The figures of a text in one form; English dates count as their three numbers."""
    numbers = MONTH.sub(lambda found: f"{found[3]} {MONTHS[found[2]]} {found[1]}", text)
    separated = re.sub(r"(?<=\d)(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff（])(?=\d)", " ", numbers)
    return Counter(plain(found) for found in FIGURE.findall(separated))


def plain(figure: str) -> str:
    """A figure without separators and needless noughts."""
    whole = figure.replace(",", "")
    return format(Decimal(whole).normalize(), "f") if whole else figure


def days(case: Case) -> Iterator[Finding]:
    """Beginnings come before ends, and instalments fall due within the contract's time."""
    start, end = case.day("start_date"), case.day("end_date")
    if start and end and start >= end:
        yield blocking(
            "dates-out-of-order", "performance", "845",
            _("The performance ends before it begins."),
            _("Correct one of the two days."),
        )  # fmt: skip
    begins, ends = case.day("licence_start"), case.day("licence_end")
    if case.clause("licence") and begins and ends and begins >= ends:
        yield blocking(
            "licence-out-of-order", "licence", "865",
            _("The licence ends before it begins."),
            _("Correct one of the two days."),
        )  # fmt: skip
    if case.said("price_form") != "instalments":
        return
    due = [row["due"] for row in case.said("instalments") or [] if row["due"]]
    if due != sorted(due):
        yield blocking(
            "instalments-out-of-order", "price", "846",
            _("The instalments are not in the order of their days."),
            _("Put them in order."),
        )  # fmt: skip
    if start and any(day < start.isoformat() for day in due):
        yield advice(
            "instalment-before-begin", "price", "846",
            _("An instalment falls due before the contract begins."),
            _("Check its day."),
        )  # fmt: skip


def sums(case: Case) -> Iterator[Finding]:
    """The instalments add up to the price."""
    price, rows = case.number("price"), case.said("instalments") or []
    if case.said("price_form") != "instalments" or price is None or not rows:
        return
    total = sum((Decimal(row["amount"]) for row in rows), Decimal(0))
    if total != price:
        yield blocking(
            "instalments-sum", "price", "846",
            _("The instalments add up to %(total)s, the price is %(price)s.") 
            % {"total": f"{total:,.2f}", "price": f"{price:,.2f}"},
            _("Correct an instalment or the price, so that they agree to the cent."),
        )  # fmt: skip


def shares(case: Case) -> Iterator[Finding]:
    """Shares of two sides are a whole."""
    for clause, article, first, second in (
        ("income", "845", "client_share", "provider_share"),
        ("risk", "858", "risk_client_share", "risk_provider_share"),
    ):
        one, other = case.number(first), case.number(second)
        if case.clause(clause) and one is not None and other is not None and one + other != HUNDRED:
            yield blocking(
                "shares-sum", clause, article,
                _("The shares of the two sides add up to %(sum)s per cent.")
                % {"sum": f"{(one + other).normalize():f}"},
                _("Make them add up to 100."),
            )  # fmt: skip


def patents(case: Case) -> Iterator[Finding]:
    """A licence does not outlast the patents that it is of."""
    ends = case.day("licence_end")
    if not case.clause("licence") or ends is None:
        return
    for row in case.said("rights") or []:
        if row["expires"] and row["expires"] < ends.isoformat():
            yield blocking(
                "licence-outlasts-patent", "licence", "865",
                _("The licence runs until %(end)s, but “%(right)s” ends on %(expiry)s.")
                % {"end": ends.isoformat(), "right": row["zh"] or row["en"], "expiry": row["expires"]},
                _("Let the licence end no later, or take the right out of the list."),
            )  # fmt: skip
