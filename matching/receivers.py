"""What matching does when something happens on the floor below."""

from journal.models import Entry
from journal.subscriptions import on
from matching import scoring, services, steps, telling
from matching.docking import notices
from matching.learning import examples
from matching.models import Match, Rule
from policy import PLATFORM


@on("information.need.published", unless="batch")
def score_need(entry: Entry) -> None:
    scoring.request([entry.subject_id])


@on("information.achievement.published", unless="batch")
def score_needs_for_achievement(entry: Entry) -> None:
    scoring.request_for_achievement(entry.subject_id)


@on("information.import.published")
def rematch_after_batch(entry: Entry) -> None:
    steps.rematch(by=entry.actor or PLATFORM)


@on("information.need.withdrawn")
def lapse_matches_of_need(entry: Entry) -> None:
    services.lapse_all(Match.objects.filter(need=entry.subject_id))


@on("information.achievement.withdrawn")
def lapse_matches_of_achievement(entry: Entry) -> None:
    services.lapse_all(Match.objects.filter(achievement=entry.subject_id))


@on(
    "matching.match.suggested_again",
    "matching.match.interest_expressed",
    "matching.match.became_mutual",
    "matching.match.declined",
    "matching.match.approved",
    "matching.match.refused",
)
def learn_from_word(entry: Entry) -> None:
    examples.rebuild(entry.subject_id)


@on("matching.rule.enacted", "matching.rule.retired")
def score_needs_of_rule(entry: Entry) -> None:
    scoring.request_for_rule(Rule.objects.get(pk=entry.subject_id), was=entry.data["from"])


@on("matching.outcome.noted")
def learn_from_outcome(entry: Entry) -> None:
    examples.rebuild(entry.data["match"])


@on("matching.rankerversion.promoted", "matching.rankerversion.restored")
@on("matching.rankerversion.retired", unless="replaced")
def rematch_in_new_order(entry: Entry) -> None:
    steps.rematch(by=entry.actor or PLATFORM)


@on("matching.scoring.scored")
def tell_of_suggestions(entry: Entry) -> None:
    telling.of_suggestions(entry)


@on("matching.match.interest_expressed")
def tell_of_interest(entry: Entry) -> None:
    telling.of_interest(entry)


@on("matching.match.became_mutual")
def tell_of_mutual_interest(entry: Entry) -> None:
    telling.of_word(entry, "match.mutual")
    telling.of_due_decision(entry)


@on("matching.match.approved")
def tell_of_approval(entry: Entry) -> None:
    telling.of_word(entry, "match.approved")


@on("matching.match.refused")
def tell_of_refusal(entry: Entry) -> None:
    telling.of_word(entry, "match.refused")


@on("matching.match.declined")
def tell_of_decline(entry: Entry) -> None:
    telling.of_word(entry, "match.declined")


@on("matching.match.lapse_announced")
def tell_of_coming_lapse(entry: Entry) -> None:
    telling.of_coming_lapse(entry)


@on("matching.match.lapsed")
def tell_of_lapse(entry: Entry) -> None:
    telling.of_lapse(entry)


@on("matching.room.question_asked", "matching.room.meeting_proposed")
def tell_of_turn(entry: Entry) -> None:
    notices.of_turn(entry, "room.turn")


@on("matching.room.term_proposed", unless="waiting")
def tell_of_terms(entry: Entry) -> None:
    notices.of_turn(entry, "room.turn")


@on("matching.room.message_sent")
def tell_of_message(entry: Entry) -> None:
    notices.of_turn(entry, "room.message")


@on("matching.room.overdue")
def tell_of_lateness(entry: Entry) -> None:
    notices.of_lateness(entry)


@on("matching.room.disclosed")
def tell_of_disclosure(entry: Entry) -> None:
    notices.of_stage(entry, "room.disclosed")


@on("matching.room.agreed")
def tell_of_agreement(entry: Entry) -> None:
    notices.of_stage(entry, "room.agreed")


@on("matching.room.broken_off", "matching.room.lapsed")
def tell_of_end(entry: Entry) -> None:
    notices.of_stage(entry, "room.ended")
