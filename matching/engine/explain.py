"""Why a pair was suggested, as data: shared terms, requirements, and what the structured fields show."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from matching.engine.analysis import LANGUAGES
from matching.engine.documents import Reason, Requirement
from matching.engine.evidence import SharedTerm
from matching.engine.reading import Profile
from matching.engine.structure import Graph, nearest

MOST_TERMS: Final = 12
_TERMS_IN_REASON: Final = 5


def presentable(shared: Sequence[SharedTerm]) -> list[SharedTerm]:
    """Without Chinese words that lie inside a longer one of the terms: they mark the same passages. O(terms²)."""
    chinese = [term.term for term in shared if term.language == "zh"]
    inside = {a for a in chinese for b in chinese if a in b and a != b}
    return [term for term in shared if term.term not in inside]


def matched_terms(shared: Sequence[SharedTerm]) -> tuple[str, ...]:
    """Spellings from both texts, the most telling first, each once, at most 12."""
    found: dict[str, None] = {}
    for term in shared:
        found.setdefault(term.in_need)
        found.setdefault(term.in_achievement)
    return tuple(found)[:MOST_TERMS]


def passages(text: str, terms: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the terms stand in a text, as [start, end) offsets, in order and merged where they touch or overlap.

    Latin terms are found as whole words only. O(text · terms).
    """
    places = sorted(place for term in set(terms) if term for place in _occurrences(text, term))
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def reasons(
    need: Profile,
    achievement: Profile,
    shared: Sequence[SharedTerm],
    requirements: Sequence[Requirement],
    graph: Graph,
) -> tuple[Reason, ...]:
    """Everything the data shows for or against the pair, the weightiest first."""
    return (
        *_text_reasons(shared),
        *_requirement_reasons(requirements),
        *_node_reasons(need, achievement, graph),
        *_trl_reasons(need, achievement),
        *_price_reasons(need, achievement),
        *_form_reasons(need, achievement),
        *_region_reasons(need, achievement),
    )


def _occurrences(text: str, term: str) -> Iterator[tuple[int, int]]:
    edge = r"(?<![A-Za-z]){}(?![A-Za-z])" if term.isascii() else "{}"
    for match in re.finditer(edge.format(re.escape(term)), text):
        yield match.span()


def _text_reasons(shared: Sequence[SharedTerm]) -> Iterator[Reason]:
    """`terms` as the need spells them, in the language that says most; `zh` and `en` where either has any."""
    if shared:
        params = {la: _listed([s for s in shared if s.language == la]) for la in LANGUAGES}
        yield Reason("shared_terms", {"terms": params[shared[0].language], **{k: v for k, v in params.items() if v}})


def _listed(terms: Sequence[SharedTerm]) -> str:
    return ", ".join(list(dict.fromkeys(term.in_need for term in terms))[:_TERMS_IN_REASON])


def _requirement_reasons(requirements: Sequence[Requirement]) -> Iterator[Reason]:
    """Counts first, then every missed target by its index, with the benefit that misses it and by how much."""
    met = sum(r.verdict == "met" for r in requirements)
    if any(r.verdict != "unknown" for r in requirements):
        yield Reason("requirements_met", {"met": met, "of": len(requirements)})
    for r in requirements:
        if r.verdict == "missed" and r.benefit_index is not None:
            gap = {} if r.gap is None else {"gap": r.gap}
            yield Reason("requirement_missed", {"target": r.target_index, "benefit": r.benefit_index, **gap})


def _node_reasons(need: Profile, achievement: Profile, graph: Graph) -> Iterator[Reason]:
    found = nearest(need.nodes, achievement.nodes, graph)
    if found is None:
        return
    hops, wanted, offered = found
    if hops == 0:
        yield Reason("same_node", {"node": wanted})
    else:
        yield Reason("near_node", {"node": wanted, "other": offered, "hops": hops})


def _trl_reasons(need: Profile, achievement: Profile) -> Iterator[Reason]:
    if math.isnan(need.trl + achievement.trl):
        return
    code = "trl_reached" if achievement.trl >= need.trl else "trl_gap"
    yield Reason(code, {"has": int(achievement.trl), "needs": int(need.trl)})


def _price_reasons(need: Profile, achievement: Profile) -> Iterator[Reason]:
    if math.isnan(need.money + achievement.money):
        return
    code = "price_over_budget" if achievement.money > need.money else "price_within_budget"
    yield Reason(code, {"price": achievement.money, "budget": need.money})


def _form_reasons(need: Profile, achievement: Profile) -> Iterator[Reason]:
    if common := sorted(need.modes & achievement.modes):
        yield Reason("offered_as_sought", {"mode": common[0]})


def _region_reasons(need: Profile, achievement: Profile) -> Iterator[Reason]:
    if math.isnan(need.region + achievement.region) or need.region // 10_000 != achievement.region // 10_000:
        return
    if need.region == achievement.region and need.region % 10_000 != 0:
        yield Reason("same_city", {"region": f"{need.region:06.0f}"})
    else:
        yield Reason("same_province", {"region": f"{need.region // 10_000 * 10_000:06.0f}"})
