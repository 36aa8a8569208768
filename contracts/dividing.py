"""The forms of the sharing calculator: what each way of dividing asks for, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts import sharing
from contracts.charts import Chart, royalty_chart
from contracts.sharing import SharingFault, Year

SIDES = ("client", "provider")
MOST = Decimal(10) ** 12
SCENARIOS = (
    (Fraction(1, 2), gettext_lazy("cautious: half of the sales")),
    (Fraction(1), gettext_lazy("as planned")),
    (Fraction(3, 2), gettext_lazy("optimistic: half as much again")),
)
FACTORS = {
    "investment": gettext_lazy("Investment"),
    "risk": gettext_lazy("Risk"),
    "effort": gettext_lazy("Effort"),
    "innovation": gettext_lazy("Innovation"),
}
MOST_YEARS = 20


@dataclass(frozen=True)
class Division:
    """What a calculation gives: money and per cent of each side, and warnings; or royalties by scenario."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    per_cent: Mapping[str, Decimal] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    scenarios: tuple[tuple[str, list[Year]], ...] = ()
    chart: Chart | None = None


def amount(label: Any, **options: Any) -> forms.DecimalField:
    """A field for a sum of money, not negative."""
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.DecimalField(label=label, min_value=0, max_value=MOST, decimal_places=2, widget=widget, **options)


def figure(label: Any, most: int = 100, **options: Any) -> forms.DecimalField:
    """A field for a figure from nought to `most`."""
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.DecimalField(label=label, min_value=0, max_value=most, decimal_places=4, widget=widget, **options)


class Calculator(forms.Form):
    """One way of dividing; `division` is its result once the form is valid."""

    about: ClassVar[Any]
    source: ClassVar[Any]
    division: Division | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.division = self.divide(cleaned)
            except SharingFault as fault:
                self.add_error(None, str(fault))
        return cleaned

    def divide(self, given: Mapping[str, Any]) -> Division:
        """The result for what was filled in; raises SharingFault."""
        raise NotImplementedError


class ShapleyForm(Calculator):
    """By what each side adds to what the other achieves."""

    about = gettext_lazy(
        "Each side gets what it adds on average, whoever joins first. Say what each earns alone, and both together."
    )
    source = gettext_lazy("Shapley value of a cooperative game")

    client = amount(gettext_lazy("The client alone"))
    provider = amount(gettext_lazy("The provider alone"))
    together = amount(gettext_lazy("Both together"))

    def divide(self, given: Mapping[str, Any]) -> Division:
        values = worths(given)
        return division(sharing.shapley(SIDES, values), values)


class FactorsForm(ShapleyForm):
    """The same, corrected by investment, risk, effort and innovation."""

    about = gettext_lazy(
        "The Shapley value, moved towards whoever invests, risks, works or invents more. Weights add up to 100;"
        " each factor takes any figures, for example sums or points."
    )
    source = gettext_lazy("Shapley value corrected by weighted factors")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in FACTORS.items():
            self.fields[f"{name}_weight"] = figure(_("%(factor)s: weight in per cent") % {"factor": label}, initial=25)
            for side, who in (("client", _("the client")), ("provider", _("the provider"))):
                self.fields[f"{name}_{side}"] = figure(
                    _("%(factor)s of %(who)s") % {"factor": label, "who": who}, most=10**12, initial=1
                )

    def divide(self, given: Mapping[str, Any]) -> Division:
        values = worths(given)
        weights = {name: Fraction(given[f"{name}_weight"]) / 100 for name in FACTORS if given[f"{name}_weight"]}
        factors = {name: {side: Fraction(given[f"{name}_{side}"]) for side in SIDES} for name in weights}
        return division(sharing.multi_factor(sharing.shapley(SIDES, values), factors, weights), values)


class RiskForm(ShapleyForm):
    """The same, corrected by the risk alone."""

    about = gettext_lazy(
        "The Shapley value, moved towards whoever bears more of the risk. Risk takes any figures: money, or points."
    )
    source = gettext_lazy("Shapley value corrected by risk")

    risk_client = figure(gettext_lazy("Risk of the client"), most=10**12, initial=1)
    risk_provider = figure(gettext_lazy("Risk of the provider"), most=10**12, initial=1)

    def divide(self, given: Mapping[str, Any]) -> Division:
        values = worths(given)
        risks = {side: Fraction(given[f"risk_{side}"]) for side in SIDES}
        return division(sharing.risk_modified(sharing.shapley(SIDES, values), risks), values)


class NashForm(ShapleyForm):
    """By what each would have alone, and the surplus by bargaining power."""

    about = gettext_lazy(
        "Each side keeps what it would have alone; what the cooperation adds is divided by bargaining power."
    )
    source = gettext_lazy("Asymmetric Nash bargaining solution")

    power_client = figure(gettext_lazy("The client's part of the surplus, in per cent"), initial=50)

    def divide(self, given: Mapping[str, Any]) -> Division:
        values = worths(given)
        power = Fraction(given["power_client"]) / 100
        alone = {side: values[frozenset({side})] for side in SIDES}
        powers = {"client": power, "provider": 1 - power}
        return division(sharing.asymmetric_nash(values[frozenset(SIDES)], alone, powers), values)


class RoyaltyForm(Calculator):
    """Entry fee and royalties year by year, in three scenarios."""

    about = gettext_lazy(
        "What an entry fee and royalties come to, if sales are half, as planned, or half as much again."
    )
    source = gettext_lazy("Civil Code, art. 846")

    entry_fee = amount(gettext_lazy("Entry fee"), initial=0)
    sales = forms.CharField(
        label=gettext_lazy("Net sales of each year"),
        help_text=gettext_lazy("One figure a line."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
    )
    rate = figure(gettext_lazy("Rate in the first year, in per cent"))
    step = forms.DecimalField(
        label=gettext_lazy("Change of the rate each year, in percentage points"),
        min_value=-100, max_value=100, decimal_places=4, initial=0, widget=forms.TextInput,
    )  # fmt: skip
    cap = amount(gettext_lazy("At most, in all"), required=False)
    floor = amount(gettext_lazy("At least, in all"), required=False)

    def clean_sales(self) -> list[Decimal]:
        """The figures, one a line."""
        field_of_one = amount("")
        lines = [line.strip() for line in self.cleaned_data["sales"].splitlines() if line.strip()]
        if not 1 <= len(lines) <= MOST_YEARS:
            raise forms.ValidationError(_("Between 1 and %(most)s years.") % {"most": MOST_YEARS})
        return [field_of_one.clean(line.replace(",", "")) for line in lines]

    def divide(self, given: Mapping[str, Any]) -> Division:
        rates = [max(given["rate"] + place * given["step"], Decimal(0)) for place in range(len(given["sales"]))]
        scenarios = tuple(
            (
                str(label),
                sharing.staged_royalty(
                    given["entry_fee"],
                    [sharing.cents(sold * share.numerator / share.denominator) for sold in given["sales"]],
                    rates,
                    cap=given["cap"],
                    floor=given["floor"],
                ),
            )
            for share, label in SCENARIOS
        )
        return Division(scenarios=scenarios, chart=royalty_chart([years for _label, years in scenarios]))


METHODS: Mapping[str, tuple[Any, type[Calculator]]] = {
    "shapley": (gettext_lazy("By contribution"), ShapleyForm),
    "factors": (gettext_lazy("By several factors"), FactorsForm),
    "risk": (gettext_lazy("By risk"), RiskForm),
    "nash": (gettext_lazy("By bargaining power"), NashForm),
    "royalty": (gettext_lazy("Royalty scenarios"), RoyaltyForm),
}


def worths(given: Mapping[str, Any]) -> dict[frozenset[str], Fraction]:
    """What each side achieves alone, and both together."""
    alone = {frozenset({side}): Fraction(given[side]) for side in SIDES}
    return {**alone, frozenset(SIDES): Fraction(given["together"])}


def division(shares: sharing.Shares, values: Mapping[frozenset[str], Fraction]) -> Division:
    """The shares in money and per cent, with a warning for a side that would do better alone."""
    names = {"client": _("client"), "provider": _("provider")}
    warnings = tuple(
        _("The %(side)s would get less than alone, and so has no reason to take part.") % {"side": names[side]}
        for side in sharing.worse_off(shares, values)
    )
    if any(share < 0 for share in shares.values()):
        raise SharingFault(_("One side would have to pay in. Check what each achieves alone and both together."))
    return Division(sharing.rounded(shares), sharing.per_cent(shares), warnings)
