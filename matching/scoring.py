"""Scoring needs: the queue, one run for one need, and how its suggestions are kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Count, F, FloatField, Min, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from information.models import Achievement, Need
from journal.doorbell import ring
from journal.recording import record, record_all
from matching import rules, vectors
from matching.clocks import suggestion_due
from matching.documents import achievement_document, fingerprint, need_document, need_documents, with_terms
from matching.engine import FLOOR, VERSION, Suggestion
from matching.engine.embedding import EmbeddingError
from matching.engine.ranker import Ranker
from matching.engine.rules import Applied, highest_before
from matching.engine.rules import Rule as Steering
from matching.keeping import is_left_alone, kept_fields, kept_names
from matching.learning.features import ENGINE, Signals
from matching.learning.serving import judge, serving, version_with
from matching.live_index import live_index
from matching.models import Match, Rule, Scoring
from matching.passages import passages_of
from policy import PLATFORM

SUGGEST = "matching.tasks.suggest"
LIMIT = 20
"""Suggestions kept for one need."""
DEEP = 200
"""So many are looked at where rules may leave some out or move them."""
OWN_SCORE = Coalesce(Cast(KeyTextTransform(ENGINE, "features"), FloatField()), F("score"))
"""The engine's own score of a match: newcomers are compared by it, whatever has moved the match since."""
PATIENCE = timedelta(seconds=10)
"""How long a due scoring waits for its doorbell before the sweep rings again."""


@transaction.atomic
def request(need_ids: Iterable[int], *, quietly: bool = False) -> None:
    """Ask for a scoring of these needs; asking again while one is due costs nothing more.

    `quietly` rings for nobody: the caller scores them himself, and the sweep rings should he fail to.
    """
    wanted = sorted(set(need_ids))
    due = set(Scoring.objects.due().filter(pk__in=wanted).values_list("pk", flat=True))
    now = timezone.now()
    Scoring.objects.bulk_create(
        [Scoring(need_id=pk, requested_at=now) for pk in wanted],
        update_conflicts=True,
        unique_fields=["need"],
        update_fields=["requested_at"],
    )
    for need_id in wanted:
        if need_id not in due and not quietly:
            transaction.on_commit(partial(ring, SUGGEST, need_id))


def sweep(limit: int = 200) -> int:
    """Ring for scorings that have been due for a while; gives their number."""
    waiting = Scoring.objects.due().filter(requested_at__lte=timezone.now() - PATIENCE).order_by("requested_at")
    due = list(waiting.values_list("pk", flat=True)[:limit])
    for need_id in due:
        ring(SUGGEST, need_id)
    return len(due)


def retry_silent(limit: int = 200) -> int:
    """Ask again for needs that were matched without semantic signal, if the model answers; gives their number."""
    silent = list(Scoring.objects.exclude(silence="").order_by("scored_at").values_list("pk", flat=True)[:limit])
    try:
        # What is embedded here is kept, so the worker that scores next finds it.
        vectors.attached(need_documents(Need.objects.open().filter(pk__in=silent)))
    except EmbeddingError as error:
        vectors.said(error)
        return 0
    request(silent)
    return len(silent)


@dataclass(frozen=True)
class Ranked:
    """What the engine found for a need, for which of its revisions, what is to be made of it, and when it looked."""

    revision: int
    found: list[Suggestion]
    ranker: Ranker | None
    steering: Sequence[Steering]
    at: datetime


def suggest_many(need_ids: Sequence[int], *, after_each: Callable[[], object] = lambda: None) -> int:
    """Score the due among these needs, ranked in one go and kept one by one; gives their number.

    Each need is a transaction of its own, so a worker that dies loses those that it had not yet kept, and the sweep
    or the next attempt finds them due.
    """
    due = list(Scoring.objects.due().filter(pk__in=need_ids).order_by("pk").values_list("pk", flat=True))
    at, steering, ranker = timezone.now(), rules.in_force(), serving()
    revisions = dict(Need.objects.open().filter(pk__in=due).order_by("pk").values_list("pk", "revision"))
    lists = ranked_many(list(revisions), limit=DEEP if steering or ranker else LIMIT)
    for need_id in due:
        found = lists.get(need_id)
        known = None if found is None else Ranked(revisions[need_id], found, ranker, steering, at)
        suggest(need_id, known=known)
        after_each()
    return len(due)


@transaction.atomic
def suggest(need_id: int, *, force: bool = False, known: Ranked | None = None) -> bool:
    """Score one need against all achievements and keep the best as suggestions; False if nothing was due.

    Idempotent: the same posts give the same suggestions. Takes the lock of the scoring, then of the need (the lock
    that approvals and withdrawals share); a need that another worker is scoring is left to that worker. What is
    `known` of the engine already is used if the need is still the one that was ranked.
    """
    scoring = Scoring.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=need_id).first()
    if scoring is None or not (force or scoring.scored_at is None or scoring.scored_at < scoring.requested_at):
        return False
    started = known.at if known is not None else timezone.now()
    need = Need.objects.open().select_for_update(of=("self",), no_key=True).filter(pk=need_id).first()
    if need is not None:
        if known is None or known.revision != need.revision:
            known = rank_now(need, at=started)
        keep(need, *listed(need, known), at=started, version=version_with(known.ranker))
    # What was asked for while this ran stays due, because its time is later than this run's beginning.
    scoring.scored_at = max(started, scoring.requested_at)
    scoring.engine_version = version_with(known.ranker) if known else VERSION
    scoring.silence = live_index.silence(need_id)
    scoring.save(update_fields=["scored_at", "engine_version", "silence"])
    return True


def rank_now(need: Need, *, at: datetime, deep: bool = False) -> Ranked:
    """What the engine finds for an open need now, with the ranker that serves and the rules in force."""
    steering, ranker = rules.in_force(), serving()
    found = ranked(need.pk, limit=DEEP if deep or steering or ranker else LIMIT)
    return Ranked(need.revision, found, ranker, steering, at)


def listed(need: Need, known: Ranked) -> tuple[list[Applied], dict[int, Signals]]:
    """The suggestions of a need after all three: the engine, what it has learned, the rules; and their signals."""
    judged = judge(known.found, known.ranker)
    found = rules.apply(need, [each.suggestion for each in judged], known.steering)
    return best(found), {each.suggestion.achievement: each.signals for each in judged}


def ranked(need_id: int, *, limit: int) -> list[Suggestion]:
    """The engine's list for an open need, before the rules of the administrators."""
    with live_index.lock:
        return live_index.current().rank(need_id, limit=limit)


def ranked_many(need_ids: Sequence[int], *, limit: int) -> dict[int, list[Suggestion]]:
    """The engine's lists for open needs, by need, those left out that it does not hold (any more)."""
    with live_index.lock:
        index = live_index.current()
        held = [need_id for need_id in need_ids if index.holds("needs", need_id)]
        return dict(zip(held, index.rank_many(held, limit=limit), strict=True))


def best(found: Iterable[Applied]) -> list[Applied]:
    """What is kept of a list after the rules: nothing that they moved below the floor, and so many at most."""
    return [each for each in found if each.suggestion.score >= FLOOR][:LIMIT]


def keep(
    need: Need, found: list[Applied], signals: Mapping[int, Signals], *, at: datetime, version: str = VERSION
) -> None:
    """Bring the need's matches in line with what the engine found; people's words are never overwritten."""
    # Under lock until the end: an achievement withdrawn since the index was read must not be suggested, and one
    # withdrawn from now on finds its new match to let lapse. Locks go need, achievements, matches, each by key.
    still_open = Achievement.objects.open().filter(pk__in=[each.suggestion.achievement for each in found])
    revisions = dict(
        still_open.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", "revision")
    )
    matches = Match.objects.filter(need=need).order_by("pk").select_for_update(of=("self",), no_key=True)
    held = {match.achievement_id: match for match in matches}
    fresh, rescored = [], []
    wanted = with_terms(Need.objects.filter(pk=need.pk)).get()
    offered = {post.pk: post for post in with_terms(Achievement.objects.filter(pk__in=revisions))}
    need_hash = fingerprint(need_document(wanted))
    stated = rules.stated(rule for each in found for rule in each.rules)
    for each in found:
        suggestion = each.suggestion
        if suggestion.achievement not in revisions:
            continue
        fields = kept_fields(suggestion, need.revision, revisions[suggestion.achievement], at)
        fields |= {"engine_version": version, "features": signals[suggestion.achievement]}
        fields["rules"] = [{**stated[rule], "before": each.before} for rule in each.rules]
        fields |= {
            "need_hash": need_hash,
            "achievement_hash": fingerprint(achievement_document(offered[suggestion.achievement])),
            "passages": passages_of(wanted, offered[suggestion.achievement], suggestion),
        }
        match = held.pop(suggestion.achievement, None)
        if match is None:
            fresh.append(Match(need=need, achievement_id=suggestion.achievement, answer_by=suggestion_due(), **fields))
        elif match.status in (Match.Status.SUGGESTED, Match.Status.LAPSED) and not is_left_alone(match, fields):
            for name, value in fields.items():
                setattr(match, name, value)
            rescored.append(match)
    created = Match.objects.bulk_create(fresh)
    record_all([(match, {"score": match.score, "engine": version}) for match in created], "suggested", by=PLATFORM)
    Match.objects.bulk_update(rescored, [*kept_names])
    for match in rescored:
        if match.status == Match.Status.LAPSED:
            match.move_to(Match.Status.SUGGESTED, by=PLATFORM)
    lapsed = [match for match in held.values() if match.status == Match.Status.SUGGESTED]
    for match in sorted(lapsed, key=lambda match: match.pk):
        cause = Match.LapseCause.OUTRANKED
        match.move_to(Match.Status.LAPSED, by=PLATFORM, data={"cause": cause}, sets={"lapse_cause": cause})
    record(
        Scoring(pk=need.pk),
        "scored",
        by=PLATFORM,
        data={"engine": version, "found": len(found), "new": len(created), "lapsed": len(lapsed)}
        | {"matches": [match.pk for match in created]},
    )


def request_for_achievement(achievement_id: int) -> None:
    """A new achievement: ask for a scoring of the needs among whose best it would be."""
    with live_index.lock:
        affected = live_index.current().affected(achievement_id, thresholds())
    # Outside the thread's lock: `suggest` takes the queue's rows first and that lock second.
    request(affected)


def request_for_rule(rule: Rule, *, was: str) -> None:
    """A rule came into force or left it: the needs that it concerns are due; a draft given up concerns none."""
    if Rule.Status.IN_FORCE in (rule.status, was):
        needs = Need.objects.open()
        chosen = needs.filter(chain_nodes__chain=rule.chain_id) if rule.chain_id else needs
        request(chosen.values_list("pk", flat=True))


def thresholds() -> Mapping[int, float]:
    """The score that a newcomer must beat for each open need: that of its last suggestion, 0 while there is room."""
    full = (
        Match.objects.filter(need__status="published")
        .exclude(status=Match.Status.LAPSED)
        .values("need_id")
        .annotate(held=Count("pk"), last=Min(OWN_SCORE, filter=Q(status=Match.Status.SUGGESTED)))
        .filter(held__gte=LIMIT)
        .values_list("need_id", "last")
    )
    # A newcomer is compared before the rules: one that they promote may reach further than its own score.
    strength = rules.strongest_promotion()
    return {need_id: highest_before(last or 0.0, strength) for need_id, last in full}
