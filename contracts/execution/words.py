"""How the journal's entries about projects read on a timeline."""

from django.utils.translation import gettext_lazy as _

from web.timeline import Words, words_for

words_for(
    {
        "contracts.project.started": Words(_("began with the contract in force"), "seal", "rocket-launch"),
        "contracts.project.accepted": Words(_("accepted the whole"), "good", "check-badge"),
        "contracts.project.closed": Words(_("closed the project"), "good", "archive-box"),
        "contracts.project.suspended": Words(_("suspended the work"), "wait", "pause-circle"),
        "contracts.project.resumed": Words(_("resumed the work"), "good", "play-circle"),
        "contracts.project.disputed": Words(_("opened a dispute"), "fault", "scale"),
        "contracts.project.carried_on": Words(_("carried on after the dispute"), "good", "play-circle"),
        "contracts.project.termination_started": Words(_("wants to terminate"), "fault", "x-circle"),
        "contracts.project.kept": Words(_("called the termination off"), "good", "arrow-uturn-left"),
        "contracts.project.terminated": Words(_("concluded the termination"), "seal", "no-symbol"),
        "contracts.milestone.submitted": Words(_("handed in a milestone"), "wait", "paper-airplane"),
        "contracts.milestone.accepted": Words(_("accepted a milestone"), "good", "check-circle"),
        "contracts.milestone.partially_met": Words(_("accepted a milestone in part"), "wait", "chart-pie"),
        "contracts.milestone.returned": Words(_("returned a milestone"), "wait", "arrow-uturn-left"),
        "contracts.milestone.due_soon": Words(_("reminded of a milestone that is due soon"), icon="bell"),
        "contracts.milestone.overdue": Words(_("noted that a milestone is overdue"), "fault", "bell-alert"),
        "contracts.payment.fell_due": Words(_("let a payment fall due"), icon="banknotes"),
        "contracts.payment.recorded": Words(_("recorded a payment"), "wait", "banknotes"),
        "contracts.payment.confirmed": Words(_("confirmed a payment"), "good", "banknotes"),
        "contracts.payment.contested": Words(_("has not received a payment"), "fault", "banknotes"),
        "contracts.payment.waived": Words(_("dropped a payment"), "closed", "banknotes"),
    }
)
