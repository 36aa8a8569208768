"""Needs and achievements in few words: the facts on their cards and pages, for the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from information.models import Achievement, Need, Post
from web.bilingual import reading
from web.wording import grouped, money, series

TAGS = 2
"""How many chain nodes a card names: more would break its line."""
OPERATORS: Mapping[str, str] = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "=": "="}
IP_KINDS: Mapping[str, Promise] = {
    "invention_patent": gettext_lazy("Invention patent"),
    "utility_model": gettext_lazy("Utility model"),
    "software_copyright": gettext_lazy("Software copyright"),
    "know_how": gettext_lazy("Know-how"),
}
IP_STATUSES: Mapping[str, Promise] = {
    "granted": gettext_lazy("granted"),
    "pending": gettext_lazy("pending"),
    "secret": gettext_lazy("kept secret"),
}


class Fact(NamedTuple):
    """A term and its value; an empty value is not shown."""

    label: str | Promise
    value: str
    url: str = ""


@dataclass(frozen=True)
class Card:
    """A post as lists show it.

    `tags` are chain nodes, `label` is the state, "" in lists of published posts only, `snippet` the passage in which
    searched words were found.
    """

    post: Post
    kind: str
    url: str
    place: str
    tags: list[str]
    facts: list[Fact]
    label: str | Promise = ""
    snippet: str = ""


def card(post: Post, *, with_state: bool = False, snippet: str = "") -> Card:
    """The card of a post: whose it is, where it stands, and the three facts that matter."""
    facts = facts_of(post)
    label = Post.Status(post.status).label if with_state else ""
    tags = [node.label for node in post.chain_nodes.all()][:TAGS]
    said = [fact for fact in facts if fact.value]
    return Card(post, post.NOUN, post.get_absolute_url(), place(post), tags, said, label, snippet)


def facts_of(post: Post) -> list[Fact]:
    """The three facts that matter; of a post that is not open to the reader, when it will be."""
    if post.withheld:
        return [Fact(_("Full text"), opens(post))]
    return need_facts(post) if isinstance(post, Need) else achievement_facts(post)


def opens(post: Post) -> str:
    """When the full text of a post opens to members who see its card."""
    return _("opens after an NDA") if post.visibility == Post.Visibility.NDA else _("opens after mutual interest")


def place(post: Post) -> str:
    """The organization and the region, in one line."""
    return f"{post.owner.name} · {(post.region or post.owner.region).label}"


def need_facts(need: Need) -> list[Fact]:
    """What an answer must reach, what it may cost, and by when."""
    target = [Fact(reading(row, "parameter").text, target_figure(row)) for row in need.targets[:1]]
    when = Fact(_("Needed by"), day(need.deadline)) if need.deadline else Fact(_("Maturity"), maturity(need))
    return [*target, Fact(_("Budget"), budget(need)), when]


def achievement_facts(achievement: Any) -> list[Fact]:
    """What it measurably brings, how mature it is, and whose right it is."""
    benefit = [Fact(reading(row, "metric").text, benefit_figure(row)) for row in achievement.benefits[:1]]
    right = Fact(_("Intellectual property"), rights(achievement.ip[:1]))
    return [*benefit, Fact(_("Maturity"), trl(achievement.trl)), right]


def figure(value: Any, unit: str = "") -> str:
    """A figure with its unit; "27 × 10⁶ r" where the unit begins with a power of ten."""
    power = "× " if unit.startswith("10") else ""
    return f"{grouped(Decimal(str(value)))} {power}{unit}".strip()


def target_figure(row: Mapping[str, Any]) -> str:
    """What a performance target asks, for example "≤ 5 μm"."""
    return f"{OPERATORS.get(row['operator'], row['operator'])} {figure(row['value'], row.get('unit', ''))}"


def benefit_figure(row: Mapping[str, Any]) -> str:
    """What a benefit amounts to, with the figure before it where that is known: "40 → 22 K"."""
    reached = figure(row["value"], row.get("unit", ""))
    return reached if row.get("baseline") is None else f"{figure(row['baseline'])} → {reached}"


def before(row: Mapping[str, Any]) -> str:
    """The figure before the achievement was used; a dash if it is not known."""
    return "–" if row.get("baseline") is None else figure(row["baseline"], row.get("unit", ""))


def budget(need: Need) -> str:
    """The range of the budget in words; "" if nothing is said."""
    return price_range(need.budget_min, need.budget_max, need.currency)


def price_range(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    """What lies between two sums, of which either may be open, in words; "" if both are."""
    if low is not None and high is not None and low != high:
        return span(money(low, currency), money(high, currency))
    if high is not None:
        return money(high, currency) if low == high else _("up to %(sum)s") % {"sum": money(high, currency)}
    return _("from %(sum)s") % {"sum": money(low, currency)} if low is not None else ""


def span(low: str, high: str) -> str:
    """Two sums as one range, with what they share said once: "40–120 万元", "CNY 400,000–1,200,000"."""
    (low_head, low_tail), (high_head, high_tail) = low.split(" ", 1), high.split(" ", 1)
    if low_tail == high_tail:
        return f"{low_head}–{high}"
    return f"{low}–{high_tail}" if low_head == high_head else f"{low} – {high}"


def maturity(need: Need) -> str:
    """From which readiness level to which, for example "TRL 3 → 7"."""
    if need.trl_current and need.trl_required:
        return f"TRL {need.trl_current} → {need.trl_required}"
    return trl(need.trl_required or need.trl_current)


def trl(level: int | None) -> str:
    """A technology readiness level."""
    return f"TRL {level}" if level else ""


def rights(rows: list[Any]) -> str:
    """Rights and their standing in one line."""
    return series(
        _("%(kind)s (%(status)s)")
        % {"kind": IP_KINDS.get(row["kind"], row["kind"]), "status": IP_STATUSES.get(row["status"], "")}
        for row in rows
    )


def day(date: Any) -> str:
    """A date in the reader's manner."""
    return formats.date_format(date, "DATE_FORMAT") if date else ""


def particulars(post: Post) -> list[Fact]:
    """The facts beside the text on the post's own page."""
    own = need_particulars(post) if isinstance(post, Need) else achievement_particulars(post)
    placed = [
        Fact(_("Chain nodes"), labels(post.chain_nodes.all())),
        Fact(_("Industries"), labels(post.industries.all())),
        Fact(_("Region"), (post.region or post.owner.region).label),
        Fact(_("Keywords"), reading(post, "keywords").text),
        Fact(_("Open to"), str(Post.Visibility(post.visibility).label)),
        Fact(_("Valid through"), day(post.valid_through)),
    ]
    return [*own, *placed]


def need_particulars(need: Need) -> list[Fact]:
    """What frames the cooperation that a need asks for."""
    return [
        Fact(_("Cooperation"), need.type.label),
        Fact(_("Budget"), budget(need)),
        Fact(_("Needed by"), day(need.deadline)),
        Fact(_("Maturity"), maturity(need)),
    ]


def achievement_particulars(achievement: Any) -> list[Fact]:
    """In what form an achievement is to be had."""
    modes = series(Achievement.OfferMode(mode).label for mode in achievement.offer_modes)
    price = achievement.price_expectation
    return [
        Fact(_("Kind"), str(Achievement.Type(achievement.type).label)),
        Fact(_("Maturity"), trl(achievement.trl)),
        Fact(_("Stage"), achievement.stage.label if achievement.stage else ""),
        Fact(_("Intellectual property"), rights(achievement.ip)),
        Fact(_("Offered as"), modes),
        Fact(_("Price expected"), money(price, "CNY") if price is not None else ""),
    ]


def labels(terms: Any) -> str:
    """Terms of a classification in one line."""
    return series(term.label for term in terms)
