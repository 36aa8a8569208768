"""The page side of a lifecycle's actions: one view for each, all alike."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journal.errors import BadInput, GuardFailed
from policy import policy
from web.requests import UserRequest
from web.responses import expected_version


class Show(Protocol):
    """Draws an object's page, with what was wrong about the last form if there was one."""

    def __call__(
        self, request: UserRequest, subject: Any, *, fault: BadInput | GuardFailed | None = None
    ) -> HttpResponse: ...


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
    """The view of one action: find, do, and go to the object's page."""

    @policy(f"{noun}.{action}")
    @require_POST
    def act(request: UserRequest, **key: Any) -> HttpResponse:
        subject = find(request, **key)
        answers = {name: request.POST.get(name, "") for name in ("reason", "note")}
        try:
            done = use_case(subject, by=request.user, version=expected_version(request), **answers)
        except (BadInput, GuardFailed) as fault:
            return show(request, subject, fault=fault)
        state = done.get_status_display()
        messages.success(request, _("Recorded. It is now: %(state)s.") % {"state": state})
        return redirect(done)

    return act
