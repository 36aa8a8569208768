"""Made-up things for the living style page: every component in each of its states."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.lifecycle import Move
from web.paging import Page
from web.timeline import Happening
from web.tones import TONE_ICONS

SWATCHES = {
    "paper": "paper surface sunken line line-strong",
    "ink": "ink ink-soft ink-faint accent accent-ink",
    "need": "timber timber-ink timber-wash",
    "achievement": "jade jade-ink jade-wash",
    "resource": "slate slate-ink slate-wash",
    "state": "wait-ink wait-wash fault-ink fault-wash",
    "official": "seal seal-ink seal-wash",
}


class Reason(TextChoices):
    """Reasons for the sample of a move that asks for one."""

    FIGURES = "figures", _("The figures do not reach what is needed")
    FIELD = "field", _("It is another technical field or material")


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), help_text=_("What you cannot do yet, in one line, with a figure."))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("dev", _("Development")), ("licence", _("Licence"))])
    text = forms.CharField(label=_("Description"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    deadline = forms.DateField(
        label=_("Needed by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    who = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[("public", _("Everybody")), ("members", _("Members only"))],
        widget=forms.RadioSelect,
        initial="public",
    )
    agreed = forms.BooleanField(label=_("Nothing confidential is in it"), required=False)
    file = forms.FileField(label=_("File"), required=False)


def samples() -> dict[str, Any]:
    """The context of the style page."""
    panes = [
        {"scheme": scheme, "form": SampleForm(auto_id=f"{scheme}_%s"), "faulty": faulty_form(scheme)}
        for scheme in ("light", "dark")
    ]
    return {
        "panes": panes,
        "swatches": {group: names.split() for group, names in SWATCHES.items()},
        "tones": list(TONE_ICONS),
        "kinds": ["need", "achievement", "match", "resource"],
        "notices": ["info", "success", "warning", "error", "seal"],
        "bands": [("strong", 0.86), ("good", 0.64), ("possible", 0.37)],
        **posts(),
        **matching(),
        **lifecycle(),
    }


def faulty_form(scheme: str) -> SampleForm:
    """The form as it comes back with faults."""
    form = SampleForm({"title": "", "kind": "dev", "deadline": "yesterday"}, auto_id=f"faulty_{scheme}_%s")
    form.is_valid()
    return form


def posts() -> dict[str, Any]:
    """A need, an achievement, and one that exists in the other language only."""
    return {
        "need": {
            "title_zh": "数控转台蜗轮副回程误差降到 5 角秒以内",
            "title_en": "Backlash of a rotary table's worm gear pair below 5 arcsec",
        },
        "achievement": {
            "title_zh": "双导程蜗杆分段刮研工艺，回程误差 3.2 角秒",
            "title_en": "Segment scraping of dual-lead worms, backlash 3.2 arcsec",
        },
        "foreign": {"title_zh": "", "title_en": "Thermal drift compensation for spindle housings, 0.8 μm per hour"},
        "chinese": {"title_zh": "主轴箱热漂移补偿，每小时 0.8 μm", "title_en": ""},
        "tags": [_("Rotary tables"), _("Gear cutting")],
        "terms": ["worm", "蜗轮副", "蜗杆", "回程误差", "backlash"],
        "facts": [
            {"label": _("Budget"), "value": "80 万元"},
            {"label": _("Maturity"), "value": "TRL 4 → 7"},
            {"label": _("Needed by"), "value": (timezone.localdate() + timedelta(days=120)).isoformat()},
        ],
        "hour_ago": timezone.now() - timedelta(hours=1),
    }


def matching() -> dict[str, Any]:
    """The parts of a score and the requirements of a need."""
    return {
        "parts": [
            {"label": _("Text"), "share": 0.91},
            {"label": _("Figures"), "share": 0.66},
            {"label": _("Maturity"), "share": 0.5},
            {"label": _("Price"), "share": None},
        ],
        "rows": [
            {"label": _("Backlash"), "target": "≤ 5″", "found": "3.2″", "verdict": "met", "note": ""},
            {"label": _("Service life"), "target": "≥ 8000 h", "found": "6500 h", "verdict": "missed", "note": "−19 %"},
            {"label": _("Noise"), "target": "≤ 65 dB", "found": "", "verdict": "unknown", "note": ""},
        ],
    }


def lifecycle() -> dict[str, Any]:
    """Steps, happenings, moves and work in progress."""
    now = timezone.now()
    return {
        "steps": [
            {"label": _("Post"), "state": "done", "url": "#"},
            {"label": _("Match"), "state": "current"},
            {"label": _("Contract"), "state": "coming"},
        ],
        "happenings": [
            Happening("Tenon", _("suggested it"), now - timedelta(days=3)),
            Happening("林静", _("expressed interest"), now - timedelta(hours=5), tone="good", icon="check"),
            Happening("Zhou Ming", _("returned it"), now - timedelta(minutes=3), _("Figures are missing"), "≤ 5″?"),
        ],
        "moves": [
            Move("approve", "approved", _("Approve"), tone="primary"),
            Move("return", "returned", _("Return for changes"), reasons=Reason, note="required"),
            Move("refuse", "refused", _("Refuse"), reasons=Reason, note="optional", tone="danger"),
        ],
        "jobs": [
            {"label": _("Importing"), "done": 1240, "total": 6714, "running": True},
            {"label": _("Matching"), "done": 0, "total": 0, "running": True},
            {
                "label": _("Importing"),
                "done": 200,
                "total": 200,
                "running": False,
                "note": _("198 kept, 2 rows with errors."),
            },
            {
                "label": _("Importing"),
                "done": 17,
                "total": 200,
                "running": False,
                "failure": _("The file is not UTF-8."),
            },
        ],
        "middle": Page(items=[], next="after", previous="before"),
        "tabs": [
            SimpleNamespace(label=_("Waiting"), url="#", current=True, count=3),
            SimpleNamespace(label=_("Decided"), url="#", current=False, count=None),
        ],
        "columns": [{"label": _("Line"), "figure": True}, {"label": _("Field")}, {"label": _("Error")}],
        "cells": [[12, "trl", _("A whole number from 1 to 9 is expected.")], [40, "title", _("Give it a title.")]],
    }
