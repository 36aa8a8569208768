"""How the journal's entries about matches read on a timeline."""

from django.utils.translation import gettext_lazy as _

from web.timeline import Words, words_for

words_for(
    {
        "matching.match.suggested": Words(_("suggested this match"), icon="sparkles"),
        "matching.match.suggested_again": Words(_("suggested this match again"), icon="sparkles"),
        "matching.match.interest_expressed": Words(_("expressed interest"), "wait", "hand-raised"),
        "matching.match.became_mutual": Words(_("expressed interest too: it is mutual"), "good", "hand-raised"),
        "matching.match.declined": Words(_("declined the match"), "closed", "hand-thumb-down"),
        "matching.match.approved": Words(_("approved the match"), "good", "check-circle"),
        "matching.match.refused": Words(_("refused the match"), "fault", "x-circle"),
        "matching.match.lapse_announced": Words(_("announced that it lapses unless somebody answers"), "wait", "clock"),
        "matching.match.lapsed": Words(_("let the match lapse"), "closed", "minus-circle"),
        "matching.rankerversion.trained": Words(_("learned these weights"), icon="academic-cap"),
        "matching.rankerversion.promoted": Words(_("let them serve"), "good", "check-circle"),
        "matching.rankerversion.rejected": Words(_("found them not surely better"), "closed", "minus-circle"),
        "matching.rankerversion.retired": Words(_("retired them"), "closed", "minus-circle"),
        "matching.rankerversion.restored": Words(_("rolled back to them"), "good", "arrow-uturn-left"),
        "matching.rule.drafted": Words(_("wrote the rule"), icon="pencil"),
        "matching.rule.edited": Words(_("changed the rule"), icon="pencil"),
        "matching.rule.trialled": Words(_("tried the rule on past data"), "wait", "beaker"),
        "matching.rule.enacted": Words(_("put the rule into force"), "good", "check-circle"),
        "matching.rule.retired": Words(_("retired the rule"), "closed", "minus-circle"),
    }
)
