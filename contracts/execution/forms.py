"""The forms of a project: what a step asks besides the button."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models import Notice
from texts.plain import validate_plain


def prose(label: Any, **more: Any) -> forms.CharField:
    """A few paragraphs of plain text."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, widget=widget, validators=[validate_plain], **{"max_length": 2000, **more})


def day(label: Any) -> forms.DateField:
    """A day of the calendar, today unless told otherwise."""
    return forms.DateField(label=label, initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"}))


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

    period_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    period_through = forms.DateField(label=_("Through"), widget=forms.DateInput(attrs={"type": "date"}))
    base = money(_("Net sales in the period"))


class CorrectionForm(Versioned):
    """The figure of a contested period once more."""

    base = money(_("Net sales in the period"))
    note = prose(_("What was corrected"), required=False)


class NoticeForm(forms.Form):
    """What the other side must know in time."""

    kind = forms.ChoiceField(label=_("About"), choices=Notice.Kind.choices)
    text = prose(_("What the other side must know"), max_length=4000)
    measure = prose(_("What you do to limit the loss"), required=False)


class OutcomeForm(Versioned):
    """How a dispute might end."""

    outcome = prose(_("How the dispute is to end"), max_length=4000)


class SettlementForm(Versioned):
    """How a termination is to be wound up."""

    terms = prose(_("What each party does, hands over and keeps"), max_length=4000)
    amount = money(_("Amount the client still pays"))


TITLES = {
    "project.give_notice": _("Give notice"),
    "project.report_royalty": _("Report a period"),
    "project.propose_settlement": _("Propose a settlement"),
    "milestone.accept_in_part": _("Accept in part"),
    "payment.record": _("Record the payment"),
    "royalty_report.correct": _("Report again"),
    "dispute.propose": _("Propose an outcome"),
}
"""What each step that has a form is called."""
