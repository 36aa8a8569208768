"""What would be refused or questioned when the contract is registered as a technology contract."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from contracts.checks.case import Case, Finding, advice, blocking
from contracts.kinds import KINDS

DEVELOPMENT = ("commissioned", "cooperative")
RESTRAINTS = (
    re.compile(r"不得(?:从|向)(?:其他|第三方)[^。]{0,20}(?:取得|购买|采购|引进)"),
    re.compile(r"(?:无偿|免费|独占)(?:回授|返授)(?!，)"),
    re.compile(r"不得(?:对|就)[^。]{0,20}(?:有效性|效力)[^。]{0,10}(?:异议|无效)"),
    re.compile(r"(?:shall|must|may) not (?:obtain|buy|purchase|source)[^.]{0,40} from (?:others|other sources)", re.I),
    re.compile(r"(?:shall|must|may) not (?:challenge|contest)[^.]{0,40}(?:validity|valid)", re.I),
)  # fmt: skip
NEGATED = re.compile(r"任何一方不得要求|neither may demand", re.IGNORECASE)


def registration(case: Case) -> Iterator[Finding]:
    """Type against price and rights, scope of a licence, restraints of competition, technical content."""
    yield from price(case)
    yield from options(case)
    yield from content(case)
    yield from restraints(case)


def price(case: Case) -> Iterator[Finding]:
    """The form of price fits the type: royalties presuppose something that is exploited."""
    form = case.said("price_form")
    if form and form not in KINDS[case.kind].price_forms:
        yield blocking(
            "price-form-unfit", "price", "846",
            _("A royalty does not fit a contract of this type: nothing that could be exploited changes hands."),
            _("Agree on a lump sum or instalments, or choose a licence."),
        )  # fmt: skip
    if form in ("royalty", "entry_royalty") and case.number("royalty_rate") == 0:
        yield blocking(
            "royalty-of-nothing", "price", "846",
            _("The rate of the royalty is nought."),
            _("Agree on a rate, or on another form of price."),
        )  # fmt: skip


def options(case: Case) -> Iterator[Finding]:
    """Who owns the results is one of the ways that fit the type."""
    option = case.said("ip_option")
    if case.kind in DEVELOPMENT and option and option not in KINDS[case.kind].ip_options:
        yield blocking(
            "option-unfit", "ip", "860",
            _("This option is for commissioned research: in a cooperation both sides create the results."),
            _("Choose another option with the decision guide."),
        )  # fmt: skip
    if case.kind == "licence" and case.said("exclusivity") == "nonexclusive" and case.said("sublicence") == "yes":
        yield advice(
            "free-sublicence", "licence", "867",
            _("A non-exclusive licensee who may sub-license freely competes with the provider's own licences."),
            _("Make sub-licences depend on the provider's consent, if that is not meant."),
        )  # fmt: skip
    share = case.number("inventor_share")
    if case.clause("inventors") and share is not None and share < 50:
        yield advice(
            "low-reward", "inventors", "847",
            _("The reward for those who made the technology lies below 50 per cent of net income, the law's default."),
            _("Check that the provider's own rules, made together with its staff, allow this."),
        )  # fmt: skip


def content(case: Case) -> Iterator[Finding]:
    """The technical content is definite: figures in the goal, and rights that can be identified."""
    goal = case.said("goal")
    if goal and not re.search(r"\d", f"{goal.get('zh', '')}{goal.get('en', '')}"):
        yield advice(
            "goal-without-figures", "project", "845",
            _("The technical goal names no figure; nobody will be able to say whether it was reached."),
            _("Name parameter, value, unit and test method."),
        )  # fmt: skip
    for row in case.said("rights") or []:
        if not row["number"] and row["filed"]:
            yield blocking(
                "right-without-number", "rights", "845",
                _("“%(right)s” has a filing day but no number.") % {"right": row["zh"] or row["en"]},
                _("Give the number of the application or the patent."),
            )  # fmt: skip


def restraints(case: Case) -> Iterator[Finding]:
    """Terms by which technology would be monopolized make the contract void."""
    for clause in case.clauses:
        for text in (clause.zh, clause.en):
            kept = "。".join(part for part in re.split(r"[。.]", text) if not NEGATED.search(part))
            if found := next((match for pattern in RESTRAINTS if (match := pattern.search(kept))), None):
                yield blocking(
                    "restraint", clause.key, "850, 864",
                    _("“%(words)s” restrains competition or the development of technology; such a term is void.")
                    % {"words": found[0][:60]},
                    _("Take it out, or agree on a field and a territory instead."),
                )  # fmt: skip
                break
