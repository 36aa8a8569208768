"""The engine's reasons in the reader's language; no sentence says more than its reason does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from information.facts import figure, target_figure
from information.models import Achievement
from matching.conditions import Values, condition, values_of
from matching.models import Match
from taxonomy.models import Chain, ChainNode, Region
from web.bilingual import reading
from web.wording import in_chinese, money, running, series

Side = Literal["for", "against"]


@dataclass(frozen=True)
class Sentence:
    """One reason in words, and whether it speaks for the match or against it."""

    text: str
    side: Side


@dataclass(frozen=True)
class Labels:
    """The words for the codes that reasons name."""

    nodes: Mapping[str, str]
    regions: Mapping[str, str]
    chains: Mapping[str, str]
    values: Values


def labels_for(matches: Sequence[Match]) -> Labels:
    """The words for every code in these matches' reasons, in two queries."""
    params = [reason["params"] for match in matches for reason in match.reasons]
    nodes = {str(value) for each in params for name, value in each.items() if name in {"node", "other"}}
    regions = {str(each["region"]) for each in params if "region" in each}
    return Labels(
        nodes={node.code: node.label for node in ChainNode.objects.filter(code__in=nodes)},
        chains=chains_of(matches),
        values=values_of(rule for match in matches for rule in match.rules),
        regions={region.code: region.label for region in Region.objects.filter(code__in=regions)},
    )


def chains_of(matches: Iterable[Match]) -> dict[str, str]:
    """The words for the chains whose rules moved these matches; no query where there are none."""
    codes = {rule["chain"] for match in matches for rule in match.rules if rule["chain"]}
    return {chain.code: chain.label for chain in Chain.objects.filter(code__in=codes)} if codes else {}


def sentences(match: Match, labels: Labels) -> list[Sentence]:
    """Every reason of the match in words, the weightiest first."""
    said = [
        Sentence(text, SIDES.get(reason["code"], "for"))
        for reason in match.reasons
        if (text := WORDS[reason["code"]](match, reason["params"], labels))
    ]
    return said + [by_rule(rule, labels) for rule in match.rules]


def by_rule(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    """That a rule of the administrators moved the match, and by what condition."""
    up, chain = rule["effect"] == "promote", labels.chains.get(rule["chain"], rule["chain"])
    words = {"condition": condition(rule, labels.values), "chain": chain}
    if chain and up:
        text = _("Moved up by a rule of the chain “%(chain)s”: %(condition)s.") % words
    elif chain:
        text = _("Moved down by a rule of the chain “%(chain)s”: %(condition)s.") % words
    elif up:
        text = _("Moved up by a rule of the platform: %(condition)s.") % words
    else:
        text = _("Moved down by a rule of the platform: %(condition)s.") % words
    return Sentence(text, "for" if up else "against")


def why(match: Match, labels: Labels) -> str:
    """Why it is here: what speaks for it, in one or two sentences."""
    return running([sentence.text for sentence in sentences(match, labels) if sentence.side == "for"][:2])


def changes(match: Match) -> str:
    """What would have to change for a better fit, in one or two sentences; "" where nothing known is in the way."""
    said = [CHANGES[reason["code"]](match, reason["params"]) for reason in match.reasons if reason["code"] in CHANGES]
    return running(said[:2])


def figure_would_have_to_move(match: Match, params: Mapping[str, Any]) -> str:
    target, benefit = match.need.targets[params["target"]], match.achievement.benefits[params["benefit"]]
    return _("%(parameter)s would have to go from %(shown)s to %(asked)s.") % {
        "parameter": reading(target, "parameter").text,
        "asked": target_figure(target),
        "shown": figure(benefit["value"], benefit.get("unit", "")),
    }


def maturity_would_have_to_grow(match: Match, params: Mapping[str, Any]) -> str:
    return _("It would have to mature from TRL %(has)s to %(needs)s.") % params


def price_and_budget_would_have_to_meet(match: Match, params: Mapping[str, Any]) -> str:
    return _("Price and budget would have to meet: %(price)s expected, at most %(budget)s available.") % {
        "price": money(Decimal(str(params["price"])), "CNY"),
        "budget": money(Decimal(str(params["budget"])), "CNY"),
    }


CHANGES: Mapping[str, Callable[[Match, Mapping[str, Any]], str]] = {
    "requirement_missed": figure_would_have_to_move,
    "trl_gap": maturity_would_have_to_grow,
    "price_over_budget": price_and_budget_would_have_to_meet,
}
"""For every reason that speaks against a match, what would have to change."""


def shared_terms(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    terms = params.get("zh" if in_chinese() else "en") or params["terms"]
    return _("Both speak of %(terms)s.") % {"terms": series(str(terms).split(", "))}


def requirements_met(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    if params["met"] == 0:
        return ""
    return ngettext(
        "The achievement's figures meet %(met)s of %(of)s requirement.",
        "The achievement's figures meet %(met)s of %(of)s requirements.",
        params["of"],
    ) % {"met": params["met"], "of": params["of"]}


def requirement_missed(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    target, benefit = match.need.targets[params["target"]], match.achievement.benefits[params["benefit"]]
    return _("%(parameter)s: asked %(asked)s, shown %(shown)s.") % {
        "parameter": reading(target, "parameter").text,
        "asked": target_figure(target),
        "shown": figure(benefit["value"], benefit.get("unit", "")),
    }


def same_node(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    return _("Both stand at “%(node)s” on the industrial chain.") % {
        "node": labels.nodes.get(params["node"], params["node"])
    }


def near_node(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    return ngettext(
        "On the industrial chain “%(node)s” and “%(other)s” are %(hops)s step apart.",
        "On the industrial chain “%(node)s” and “%(other)s” are %(hops)s steps apart.",
        params["hops"],
    ) % {
        "node": labels.nodes.get(params["node"], params["node"]),
        "other": labels.nodes.get(params["other"], params["other"]),
        "hops": params["hops"],
    }


def trl_reached(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    return _("Its maturity suffices: TRL %(has)s, asked %(needs)s.") % params


def trl_gap(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    return _("It would have to mature from TRL %(has)s to %(needs)s.") % params


def price_within_budget(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    return _("The price expected lies within the budget.")


def price_over_budget(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    return _("The price expected lies above the budget.")


def offered_as_sought(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    return _("It is offered in a form that the need seeks: %(mode)s.") % {
        "mode": Achievement.OfferMode(params["mode"]).label
    }


def same_place(match: Match, params: Mapping[str, Any], labels: Labels) -> str:
    return _("Both are in %(region)s.") % {"region": labels.regions.get(params["region"], params["region"])}


WORDS: Mapping[str, Callable[[Match, Mapping[str, Any], Labels], str]] = {
    "shared_terms": shared_terms,
    "requirements_met": requirements_met,
    "requirement_missed": requirement_missed,
    "same_node": same_node,
    "near_node": near_node,
    "trl_reached": trl_reached,
    "trl_gap": trl_gap,
    "price_within_budget": price_within_budget,
    "price_over_budget": price_over_budget,
    "offered_as_sought": offered_as_sought,
    "same_city": same_place,
    "same_province": same_place,
}
SIDES: Mapping[str, Side] = {"requirement_missed": "against", "trl_gap": "against", "price_over_budget": "against"}
