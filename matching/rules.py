"""Use cases of rules: write, try on past data, put into force, retire; and the rules as the engine takes them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from information.models import Achievement, Need
from jobs import services as jobs
from jobs.models import Job
from journal.errors import BadInput, IllegalMove, NotAllowed
from journal.lifecycle import no_arrow
from journal.recording import record
from matching.documents import achievement_document, need_document, with_terms
from matching.engine import Suggestion
from matching.engine import rules as engine
from matching.models import Rule
from policy import decide
from taxonomy.models import Chain

TRIAL = "matching.rule_trial"


def permitted(by: User, action: str, rule: Rule | None = None) -> None:
    if not (decision := decide(by, f"rule.{action}", rule)):
        if rule is not None and decide(by, f"rule.{action}"):
            raise IllegalMove(no_arrow(rule))
        raise NotAllowed(decision.reason)


@transaction.atomic
def draft(fields: Mapping[str, Any], *, by: User) -> Rule:
    """Write a rule; it does nothing until it was tried and put into force. Raises NotAllowed, BadInput."""
    permitted(by, "create")
    rule = Rule(created_by=by)
    write(rule, fields)
    record(rule, "drafted", by=by, data=rule.definition)
    return rule


@transaction.atomic
def edit(rule: Rule, fields: Mapping[str, Any], *, by: User, version: int) -> Rule:
    """Change a rule that is not in force; what a trial showed of the earlier wording no longer counts."""
    current = Rule.locked(rule.pk, version=version)
    permitted(by, "edit", current)
    before = (current.title, current.definition)
    differs = any(getattr(current, name) != value for name, value in fields.items())
    if differs and current.status == Rule.Status.TRIALLED:
        current.move_to(Rule.Status.DRAFT, by=by, expected=version)
        current.refresh_from_db()
    write(current, fields)
    if (current.title, current.definition) != before and current.version == version:
        current.version += 1
        current.save(update_fields=["version"])
        record(current, "edited", by=by, data=current.definition)
    return current


def write(rule: Rule, fields: Mapping[str, Any]) -> None:
    """Set, check and save; raises BadInput with the faults by field, and then nothing is saved."""
    for name, value in fields.items():
        setattr(rule, name, value)
    try:
        rule.full_clean(exclude={"created_by", "trial_job", "trial"})
    except ValidationError as fault:
        faults = {"" if name == NON_FIELD_ERRORS else name: said for name, said in fault.message_dict.items()}
        raise BadInput(_("Some fields need another look."), fields=faults) from fault
    rule.save()


@transaction.atomic
def start_trial(rule: Rule, *, by: User, version: int) -> Job:
    """Have the rule tried on every open need and on past decisions; the job shows how far it is."""
    current = Rule.locked(rule.pk, version=version)
    permitted(by, "try", current)
    if current.trial_job and current.trial_job.running:
        return current.trial_job
    job = jobs.start(TRIAL, by=by, subject_id=current.pk, cursor={"definition": current.definition})
    current.trial_job = job
    current.save(update_fields=["trial_job"])
    return job


def enact(rule: Rule, *, by: User, version: int, reason: str = "", note: str = "") -> Rule:
    """Put a tried rule into force; the needs that it concerns are scored again."""
    return rule.move_to(Rule.Status.IN_FORCE, by=by, expected=version, reason=reason, note=note)


def retire(rule: Rule, *, by: User, version: int, reason: str = "", note: str = "") -> Rule:
    """Take a rule out of force, or give up a draft; it stays readable."""
    return rule.move_to(Rule.Status.RETIRED, by=by, expected=version, reason=reason, note=note)


ACTIONS: Mapping[str, Callable[..., Rule]] = {"enact": enact, "retire": retire}


def in_force() -> list[engine.Rule]:
    """The rules that the engine follows now, in the order in which they came into force."""
    return [as_rule(rule) for rule in Rule.objects.in_force().select_related("chain").order_by("enacted_at", "pk")]


def as_rule(rule: Rule) -> engine.Rule:
    """A record as the engine takes it; a region stands for all places within it."""
    value = rule.value
    if rule.field == "region":
        while value.endswith("00"):
            value = value[:-2]
    return engine.Rule(
        rule.pk,
        rule.chain.code if rule.chain else "",
        rule.field,
        rule.operator,  # type: ignore[arg-type]
        value,
        rule.effect,  # type: ignore[arg-type]
        rule.strength,
    )


def chains_of(need: Need) -> frozenset[str]:
    """The chains on which a need stands."""
    return frozenset(Chain.objects.filter(nodes__needs=need).values_list("code", flat=True))


def apply(need: Need, found: Sequence[Suggestion], rules: Sequence[engine.Rule]) -> list[engine.Applied]:
    """What the rules make of a ranked list for this need, in a bounded number of queries."""
    chains = chains_of(need)
    mine = [rule for rule in rules if not rule.chain or rule.chain in chains]
    if not mine:
        return [engine.Applied(suggestion, suggestion.score, ()) for suggestion in found]
    document = need_document(with_terms(Need.objects.filter(pk=need.pk)).get())
    candidates = candidates_of([suggestion.achievement for suggestion in found])
    known = [(each, candidates[each.achievement]) for each in found if each.achievement in candidates]
    return engine.apply(mine, document, chains, known)


def candidates_of(achievements: Iterable[int]) -> dict[int, engine.Candidate]:
    """Achievements as rules see them, by key."""
    posts = with_terms(Achievement.objects.filter(pk__in=list(achievements))).select_related("stage")
    return {
        post.pk: engine.Candidate(
            achievement_document(post),
            {
                "owner_kind": frozenset([post.owner.kind]),
                "type": frozenset([post.type]),
                "stage": frozenset([post.stage.code] if post.stage else ()),
            },
        )
        for post in posts
    }


def stated(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What a match keeps of the rules that moved it, by key: enough to explain it after the rule is gone."""
    moving = Rule.objects.filter(pk__in=set(ids)).select_related("chain")
    return {rule.pk: {"rule": rule.pk, **rule.definition} for rule in moving}


def strongest_promotion() -> float:
    """How far the rules in force may move a suggestion up; 0 if none does."""
    # Several promotions add up as the parts of the way that they leave.
    left = 1.0
    for strength in Rule.objects.in_force().filter(effect=Rule.Effect.PROMOTE).values_list("strength", flat=True):
        left *= 1.0 - strength
    return 1.0 - left
