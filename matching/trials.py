"""Trying a rule before it is switched on: what it would change for open needs, and what past decisions say to it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from information.models import Need
from jobs import services as jobs
from jobs.models import Job
from matching import rules, scoring
from matching.documents import need_document, with_terms
from matching.engine import rules as engine
from matching.models import Example, Rule
from policy import PLATFORM

NEEDS_A_STEP = 5
MOST_NEEDS = 500
MOST_EXAMPLES = 2000
MOST_SAMPLES = 30
COUNTED = ("needs", "appear", "disappear", "move", "unchanged")


@jobs.step(rules.TRIAL, label=_("Trying a rule on past data"))
def try_next(job: Job) -> bool:
    """A few needs a step, newest first; at the end past decisions, and the rule keeps what was found."""
    rule = Rule.objects.select_related("chain").get(trial_job=job)
    if rule.definition != job.cursor["definition"]:
        job.result = {"outdated": True}
        return False
    if job.total is None:
        job.total = min(concerned(rule).count(), MOST_NEEDS)
        job.result = dict.fromkeys(COUNTED, 0) | {"samples": []}
    waiting = concerned(rule).order_by("-pk").filter(pk__lt=job.cursor.get("below", 2**62))
    needs = list(waiting[: min(NEEDS_A_STEP, job.total - job.done)])
    for need in needs:
        count(job.result, need, *lists(need, rules.as_rule(rule)))
    job.done += len(needs)
    if needs and job.done < job.total:
        job.cursor = job.cursor | {"below": needs[-1].pk}
        return True
    job.total = job.done
    keep(rule, job)
    return False


def concerned(rule: Rule) -> Any:
    """The open needs to which the rule would apply."""
    needs = Need.objects.open()
    return needs.filter(chain_nodes__chain=rule.chain).distinct() if rule.chain_id else needs


def lists(need: Need, tried: engine.Rule) -> tuple[list[int], list[int]]:
    """The suggestions of a need by the rules in force, and with this one besides: achievements, best first."""
    known = scoring.rank_now(need, at=timezone.now(), deep=True)
    standing = [rule for rule in known.steering if rule.id != tried.id]
    before, after = (
        scoring.listed(need, replace(known, steering=steering))[0] for steering in (standing, [*standing, tried])
    )
    return shown(before), shown(after)


def shown(applied: Sequence[engine.Applied]) -> list[int]:
    return [each.suggestion.achievement for each in applied]


def count(result: dict[str, Any], need: Need, before: list[int], after: list[int]) -> None:
    """Add what changes for one need to the result."""
    places = {achievement: place for place, achievement in enumerate(before, start=1)}
    changes = {"appear": set(after) - set(before), "disappear": set(before) - set(after)}
    moving = [(a, place) for place, a in enumerate(after, start=1) if a in places and places[a] != place]
    result["needs"] += 1
    result["move"] += len(moving)
    result["unchanged"] += before == after
    for change, achievements in changes.items():
        result[change] += len(achievements)
    rows: list[tuple[int, int | None, int | None]]
    rows = [(a, places[a], place) for a, place in moving if min(places[a], place) <= 3]
    rows += [(a, places.get(a), after.index(a) + 1 if a in after else None) for each in changes.values() for a in each]
    for achievement, was, becomes in sorted(rows, key=lambda row: min(row[1] or 99, row[2] or 99)):
        if len(result["samples"]) < MOST_SAMPLES:
            sample = {"need": need.pk, "achievement": achievement, "was": was, "becomes": becomes}
            result["samples"].append(sample)


def keep(rule: Rule, job: Job) -> None:
    """Let the rule keep what the trial showed; it may then be put into force."""
    job.result = job.result | past_decisions(rule)
    held = Rule.locked(rule.pk)
    if held.status in (Rule.Status.DRAFT, Rule.Status.TRIALLED):
        trial = {"definition": rule.definition, **job.result}
        held.move_to(Rule.Status.TRIALLED, by=PLATFORM, sets={"trial": trial}, data={"job": job.pk})


def past_decisions(rule: Rule) -> dict[str, int]:
    """On how many pairs that people wanted, and did not want, the rule would have acted, of how many of each."""
    examples = Example.objects.select_related("match__need").order_by("-decided_at", "-pk")
    if rule.chain_id:
        examples = examples.filter(match__need__chain_nodes__chain=rule.chain).distinct()
    decided = list(examples[:MOST_EXAMPLES])
    candidates = rules.candidates_of({example.match.achievement_id for example in decided})
    needs = with_terms(Need.objects.filter(pk__in={example.match.need_id for example in decided}))
    documents = {need.pk: need_document(need) for need in needs}
    tried, found = rules.as_rule(rule), dict.fromkeys(("wanted", "wanted_of", "unwanted", "unwanted_of"), 0)
    for example in decided:
        kind = "wanted" if example.grade else "unwanted"
        meant = engine.holds(tried, documents[example.match.need_id], candidates[example.match.achievement_id])
        found[f"{kind}_of"] += 1
        found[kind] += meant != (rule.effect == Rule.Effect.MUST_HAVE)
    return found
