"""The forms of a project: what a step asks besides the button."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import ProjectNotice
from journal.lifecycle import Lifecycle
from policy import allowed
from texts.plain import validate_plain


def prose(label: Any, **more: Any) -> forms.CharField:
    """A few paragraphs of plain text."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, widget=widget, validators=[validate_plain], **{"max_length": 2000, **more})


def day(label: Any) -> forms.DateField:
    """A day of the calendar; browsers fill a date field only with the one form that every language shares."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=widget)


def money(label: Any, least: int = 0) -> forms.DecimalField:
    """An amount to the cent."""
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, min_value=least)


class Versioned(forms.Form):
    """A form about the object as the person saw it."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class PartForm(Versioned):
    """How much of a milestone is accepted, and what is missing."""

    percent = forms.IntegerField(label=_("Accepted so far, in per cent of the whole"), min_value=1, max_value=99)
    note = prose(_("What is missing"))


class RecordForm(Versioned):
    """What was paid, when, and under which reference."""

    amount = money(_("Amount paid"))
    paid_on = day(_("Paid on"))
    reference = forms.CharField(
        label=_("Payment reference"), max_length=80, required=False, validators=[validate_plain]
    )


class RoyaltyForm(forms.Form):
    """What was sold in a period that is over."""

    period_from = day(_("From"))
    period_through = day(_("Through"))
    base = money(_("Net sales in the period"))


class CorrectionForm(Versioned):
    """The figure of a contested period once more."""

    base = money(_("Net sales in the period"))
    note = prose(_("What was corrected"), required=False)


class NoticeForm(forms.Form):
    """What the other side must know in time."""

    kind = forms.ChoiceField(label=_("About"), choices=ProjectNotice.Kind.choices)
    text = prose(_("What the other side must know"), max_length=4000)
    measure = prose(_("What you do to limit the loss"), required=False)


class OutcomeForm(Versioned):
    """How a dispute might end."""

    outcome = prose(_("How the dispute is to end"), max_length=4000)


class SettlementForm(Versioned):
    """How a termination is to be wound up."""

    terms = prose(_("What each party does, hands over and keeps"), max_length=4000)
    amount = money(_("Amount the client still pays"))


@dataclass(frozen=True)
class Ask:
    """A step that asks for more than a reason and a note: what it is called, and its form."""

    title: Promise
    form: type[forms.Form]


ASKS: Mapping[str, Ask] = {
    "project.give_notice": Ask(_("Give notice"), NoticeForm),
    "project.report_royalty": Ask(_("Report a period"), RoyaltyForm),
    "project.propose_settlement": Ask(_("Propose a settlement"), SettlementForm),
    "milestone.accept_in_part": Ask(_("Accept in part"), PartForm),
    "payment.record": Ask(_("Record the payment"), RecordForm),
    "royalty_report.correct": Ask(_("Report again"), CorrectionForm),
    "dispute.propose": Ask(_("Propose an outcome"), OutcomeForm),
}
"""By the action of the policy table."""


@dataclass(frozen=True)
class Sheet:
    """An empty form for one subject, as the page opens it; its fields' ids occur once on the page."""

    title: Promise
    form: forms.Form
    url: str
    key: str


def sheets(subject: Lifecycle, user: Any) -> list[Sheet]:
    """The forms that this reader may fill in for the subject now."""
    return [
        Sheet(
            ask.title,
            blank(ask.form, subject, key),
            reverse(f"contracts:{key}", args=[subject.pk]),
            f"{key}-{subject.pk}",
        )
        for action, ask in ASKS.items()
        if action.split(".")[0] == subject.NOUN and allowed(user, action, subject)
        for key in [action.replace(".", "-")]
    ]


def blank(form: type[forms.Form], subject: Lifecycle, key: str) -> forms.Form:
    """The form with what is known already: the version seen, today, and for a payment the amount that is due."""
    known = {
        "version": subject.version,
        "paid_on": timezone.localdate(),
        "amount": getattr(subject, "amount", None),
        "base": getattr(subject, "base", None),
    }
    return form(auto_id=f"{key}-{subject.pk}-%s", initial=known)
