"""The page side of a lifecycle's actions: one view for each, all alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journal.errors import BadInput, DomainError, GuardFailed
from journal.lifecycle import Lifecycle, Move
from policy import policy
from web.requests import UserRequest
from web.responses import expected_version


@dataclass(frozen=True)
class Tried:
    """An action that was refused: its form stands on the page again, with what was said and the faults beside it."""

    move: Move
    url: str
    version: int
    status: int
    message: str
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    reason: str = ""
    note: str = ""


class Show(Protocol):
    """Draws an object's page, with the form that was refused if there was one; its status is then that of the fault."""

    def __call__(self, request: UserRequest, subject: Any, *, tried: Tried | None = None) -> HttpResponse: ...


def action_paths(
    route: str,
    use_cases: Mapping[str, Callable[..., Any]],
    *,
    noun: str,
    find: Callable[..., Any],
    show: Show,
) -> list[URLPattern]:
    """One address for each action, `<route><action>/`, named `<noun>-<action>`, with a policy key of its own.

    `find(request, **key)` gives the object or raises Http404; `show` draws its page again beside a fault of the form.
    """
    return [
        path(f"{route}{action}/", acting(action, use_case, noun=noun, find=find, show=show), name=f"{noun}-{action}")
        for action, use_case in use_cases.items()
    ]


def acting(
    action: str, use_case: Callable[..., Any], *, noun: str, find: Callable[..., Any], show: Show
) -> Callable[..., HttpResponse]:
    """The view of one action: find, do, and go to the object's page.

    Looking at its address does nothing but lead there too: it stands in the browser while a refused form is shown.
    """

    @policy(f"{noun}.{action}")
    @require_http_methods(["GET", "HEAD", "POST"])
    def act(request: UserRequest, **key: Any) -> HttpResponse:
        subject = find(request, **key)
        if request.method != "POST":
            return redirect(subject)
        version = expected_version(request)
        said = {name: request.POST.get(name, "") for name in ("reason", "note")}
        try:
            done = use_case(subject, by=request.user, version=version, **said)
        except (BadInput, GuardFailed) as fault:
            return show(request, subject, tried=tried(request, subject, action, version, fault))
        messages.success(request, _("Done. It is now “%(state)s”.") % {"state": done.get_status_display()})
        return redirect(done)

    return act


def tried(request: UserRequest, subject: Lifecycle, action: str, version: int, fault: DomainError) -> Tried:
    """The refused action as a form; raises the fault again if the reader has no such button on this page."""
    move = next((move for _to, move in subject.moves(request.user) if move.action == action), None)
    if move is None:
        raise fault
    said = request.POST
    return Tried(
        move=move,
        url=request.path,
        version=version,
        status=fault.status,
        message=fault.message,
        fields=fault.fields,
        reason=said.get("reason", ""),
        note=said.get("note", ""),
    )
