"""The particulars of a contract: figures, dates and short texts that fill the placeholders of its clauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal["line", "prose", "money", "percent", "whole", "date", "choice", "instalments", "rights"]


class Choice(NamedTuple):
    """One value of a choice: how the form calls it, and how each language of the contract does."""

    value: str
    label: Promise
    zh: str
    en: str


class Bounds(NamedTuple):
    """The least and the most that a figure may be."""

    least: Decimal
    most: Decimal


ANY = Bounds(Decimal(0), Decimal(1_000))


@dataclass(frozen=True)
class Particular:
    """One particular: what it is, in which clause it is agreed, and within which bounds."""

    key: str
    kind: Kind
    clause: str
    label: Promise
    hint: Promise | str = ""
    choices: tuple[Choice, ...] = ()
    within: Bounds = ANY
    usual: str | int | None = None
    """What a draft begins with; the parties see it and may change it like everything else."""
    selects: bool = False
    """Whether the text of the clause depends on it: it says which variant of the library's clause applies."""


PRICE_FORM = (
    Choice("lump_sum", _("Lump sum"), "一次总付", "lump sum"),
    Choice("instalments", _("Instalments"), "分期支付", "instalments"),
    Choice("royalty", _("Royalty"), "提成支付", "royalty"),
    Choice("entry_royalty", _("Entry fee plus royalty"), "入门费加提成", "entry fee plus royalty"),
)
IP_OPTION = (
    Choice("1", _("1 · Provider owns; client has a licence by field and territory"), "方案一", "option 1"),
    Choice("2", _("2 · Provider owns; client may call for an exclusive licence"), "方案二", "option 2"),
    Choice("3", _("3 · Provider owns; client may call for the assignment"), "方案三", "option 3"),
    Choice("4", _("4 · Client owns; provider keeps academic use"), "方案四", "option 4"),
    Choice("5", _("5 · Contract research; publication by consent"), "方案五", "option 5"),
    Choice("6", _("6 · Each owns what it creates"), "方案六", "option 6"),
)
FORUM = (
    Choice("arbitration", _("Arbitration"), "仲裁", "arbitration"),
    Choice("court", _("Court"), "诉讼", "court proceedings"),
)
EXCLUSIVITY = (
    Choice("exclusive", _("Exclusive: not even the provider uses it"), "独占实施许可", "exclusive licence"),
    Choice("sole", _("Sole: only client and provider use it"), "排他实施许可", "sole licence"),
    Choice("nonexclusive", _("Non-exclusive"), "普通实施许可", "non-exclusive licence"),
)
SUBLICENCE = (
    Choice("no", _("Not allowed"), "不允许", "not allowed"),
    Choice(
        "consent", _("With the provider's written consent"), "经乙方书面同意", "with the written consent of Party B"
    ),
    Choice(
        "yes", _("Allowed within field and territory"), "在约定领域和地域内允许", "allowed within field and territory"
    ),
)
BASE = (
    Choice("sales", _("Net sales"), "净销售额", "net sales"),
    Choice("profit", _("Added profit"), "新增利润", "the added profit"),
    Choice("output", _("Added output value"), "新增产值", "the added value of output"),
    Choice("price", _("Product price"), "产品价格", "the price of the products"),
)
TREND = (
    Choice("fixed", _("Fixed"), "固定不变", "fixed"),
    Choice("rising", _("Rising every year by a tenth"), "逐年递增十分之一", "rising every year by a tenth"),
    Choice("falling", _("Falling every year by a tenth"), "逐年递减十分之一", "falling every year by a tenth"),
)
SHARE = Bounds(Decimal(0), Decimal(100))
MONEY = Bounds(Decimal("0.01"), Decimal("999999999999.99"))
DAYS = Bounds(Decimal(1), Decimal(365))
YEARS = Bounds(Decimal(1), Decimal(30))

DECLARED = (
    Particular("goal", "prose", "project", _("Technical goal"), _("Figures, units and test methods.")),
    Particular("deliverables", "prose", "project", _("Deliverables")),
    Particular("start_date", "date", "performance", _("Begin")),
    Particular("end_date", "date", "performance", _("End")),
    Particular("place", "line", "performance", _("Place of performance")),
    Particular("plan", "prose", "performance", _("Plan and schedule")),
    Particular("client_contribution", "prose", "contributions", _("The client's contribution and part of the work")),
    Particular(
        "provider_contribution", "prose", "contributions", _("The provider's contribution and part of the work")
    ),
    Particular("client_supplies", "prose", "cooperation", _("What the client provides")),
    Particular(
        "supply_days", "whole", "cooperation", _("Days within which the client provides it"), usual=15, within=DAYS
    ),
    Particular("rights", "rights", "rights", _("Patents and other rights")),
    Particular("exclusivity", "choice", "licence", _("Kind of licence"), choices=EXCLUSIVITY),
    Particular("field", "line", "licence", _("Field of use")),
    Particular("territory", "line", "licence", _("Territory")),
    Particular("licence_start", "date", "licence", _("Licence from")),
    Particular("licence_end", "date", "licence", _("Licence until")),
    Particular("sublicence", "choice", "licence", _("Sub-licences"), choices=SUBLICENCE),
    Particular("acceptance_standard", "prose", "acceptance", _("Standard of acceptance")),
    Particular("acceptance_method", "prose", "acceptance", _("Method of acceptance")),
    Particular("acceptance_days", "whole", "acceptance", _("Days for acceptance"), usual=30, within=DAYS),
    Particular("price_form", "choice", "price", _("Form of price"), choices=PRICE_FORM, selects=True),
    Particular("price", "money", "price", _("Total price"), within=MONEY),
    Particular("instalments", "instalments", "price", _("Instalments"), _("Together they are the total price.")),
    Particular("entry_fee", "money", "price", _("Entry fee"), within=MONEY),
    Particular("royalty_base", "choice", "price", _("Base of the royalty"), choices=BASE),
    Particular("royalty_rate", "percent", "price", _("Rate of the royalty, in per cent"), within=SHARE),
    Particular("rate_trend", "choice", "price", _("Course of the rate"), choices=TREND),
    Particular("royalty_years", "whole", "price", _("Years for which a royalty is paid"), within=YEARS),
    Particular(
        "audit_days", "whole", "price", _("Days of notice before accounts are inspected"), usual=15, within=DAYS
    ),
    Particular("pay_days", "whole", "price", _("Days for payment"), usual=30, within=DAYS),
    Particular("client_share", "percent", "income", _("The client's share of income, in per cent"), within=SHARE),
    Particular("provider_share", "percent", "income", _("The provider's share of income, in per cent"), within=SHARE),
    Particular("ip_option", "choice", "ip", _("Who owns and who uses the results"), choices=IP_OPTION, selects=True),
    Particular("option_months", "whole", "ip", _("Months for the option"), within=Bounds(Decimal(1), Decimal(60))),
    Particular(
        "publication_days", "whole", "publication", _("Days by which publication may be delayed"), usual=90, within=DAYS
    ),
    Particular(
        "inventor_share",
        "percent",
        "inventors",
        _("Share of the provider's net income for those who made it, in per cent"),
        _("The law's default is 50 per cent where nothing is agreed (Promotion of Transformation, article 45)."),
        usual="50",
        within=SHARE,
    ),
    Particular("risk_client_share", "percent", "risk", _("The client's share of a failure, in per cent"), within=SHARE),
    Particular(
        "risk_provider_share", "percent", "risk", _("The provider's share of a failure, in per cent"), within=SHARE
    ),
    Particular(
        "notice_days", "whole", "risk", _("Days within which a likely failure is reported"), usual=15, within=DAYS
    ),
    Particular("secrecy_years", "whole", "confidentiality", _("Years of confidentiality"), usual=5, within=YEARS),
    Particular(
        "delay_rate",
        "percent",
        "liability",
        _("Damages for each day of delay, in per cent"),
        within=Bounds(Decimal(0), Decimal(1)),
        usual="0.05",
    ),
    Particular(
        "liability_cap",
        "percent",
        "liability",
        _("Limit of liability, in per cent of the price"),
        within=Bounds(Decimal(0), Decimal(300)),
        usual="100",
    ),
    Particular("cure_days", "whole", "rescission", _("Days to remedy a breach"), usual=30, within=DAYS),
    Particular("forum", "choice", "disputes", _("Who decides disputes"), choices=FORUM, selects=True),
    Particular("forum_name", "line", "disputes", _("Arbitration commission or court")),
    Particular("mediation_days", "whole", "disputes", _("Days for mediation"), usual=30, within=DAYS),
)
PARTICULARS: Mapping[str, Particular] = {each.key: each for each in DECLARED}
FROM_THE_CONTRACT = ("client", "provider", "government", "title", "language")
"""Placeholders that the contract itself fills."""
