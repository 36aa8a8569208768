"""Pages of the rules."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journal.errors import BadInput
from matching import rules as use_cases
from matching.conditions import condition, values_of
from matching.console.forms import RuleForm, rule_values
from matching.console.shown import trial_shown
from matching.console.tabs import tabs
from matching.models import Rule
from policy import allowed, policy
from web.actions import Tried
from web.paging import paginate
from web.requests import UserRequest
from web.responses import expected_version
from web.timeline import timeline


@policy("rule.view")
@require_safe
def rules(request: UserRequest) -> HttpResponse:
    """All rules, the newest first."""
    page = paginate(Rule.objects.visible_to(request.user).select_related("chain"), request, by="created_at")
    values = values_of(rule.definition for rule in page.items)
    lines = [(rule, condition(rule.definition, values)) for rule in page.items]
    return render(request, "matching/console/rules.html", {"page": page, "lines": lines, "tabs": tabs(request)})


def find(request: UserRequest, pk: int) -> Rule:
    """The rule, if this reader may know of it."""
    return get_object_or_404(Rule.objects.visible_to(request.user).select_related("chain", "trial_job"), pk=pk)


def show(request: UserRequest, subject: Rule, *, tried: Tried | None = None) -> HttpResponse:
    """The page of a rule, with the form that was refused if there was one."""
    context = {
        "rule": subject,
        "condition": condition(subject.definition, values_of([subject.definition])),
        "trial": trial_shown(subject),
        "moves": [move for _to, move in subject.moves(request.user) if move.action in use_cases.ACTIONS],
        "may_edit": allowed(request.user, "rule.edit", subject),
        "may_try": allowed(request.user, "rule.try", subject),
        "happenings": timeline(subject),
        "tabs": tabs(request),
        "tried": tried,
    }
    return render(request, "matching/console/rule.html", context, status=tried.status if tried else 200)


@policy("rule.view")
@require_safe
def rule(request: UserRequest, pk: int) -> HttpResponse:
    """What a rule says, what its trial showed, what can be done with it."""
    return show(request, find(request, pk))


@policy("rule.create")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Write a rule."""
    form = RuleForm(request.POST if request.method == "POST" else None, instance=Rule(created_by=request.user))
    return written(request, form, {}, lambda fields: use_cases.draft(fields, by=request.user))


@policy("rule.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a rule that is not in force."""
    found = find(request, pk)
    form = RuleForm(request.POST if request.method == "POST" else None, instance=find(request, pk))

    def change(fields: dict[str, Any]) -> Rule:
        return use_cases.edit(found, fields, by=request.user, version=expected_version(request))

    return written(request, form, {"rule": found}, change)


def written(request: UserRequest, form: RuleForm, context: dict[str, Any], do: Any) -> HttpResponse:
    """Keep what a form says and show the rule, or draw the form again with its faults."""
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                return redirect(do(form.cleaned_data))
            except BadInput as fault:
                for field, said in (fault.fields or {"": [fault.message]}).items():
                    form.add_error(field if field in form.fields else None, said)
    shown = {"form": form, "values": rule_values(), "tabs": tabs(request), **context}
    return render(request, "matching/console/rule_form.html", shown, status=status)


@policy("rule.try")
@require_POST
def start_trial(request: UserRequest, pk: int) -> HttpResponse:
    """Have a rule tried on past data; its page shows how far that is."""
    found = find(request, pk)
    use_cases.start_trial(found, by=request.user, version=expected_version(request))
    return redirect(found)
