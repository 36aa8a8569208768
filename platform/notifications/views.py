"""Pages of notifications: inbox, settings, and the way out of a kind of mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications import queries, services, unsubscribing
from notifications.kinds import Channel, every_kind
from notifications.lines import lines
from notifications.models import Notice
from policy import policy
from web.paging import paginate
from web.requests import UserRequest
from web.responses import respond


@policy("notice.view")
@require_safe
def inbox(request: UserRequest) -> HttpResponse:
    """What happened that concerns the reader, newest first."""
    only_new = request.GET.get("unread") == "1"
    page = paginate(queries.inbox(request.user, unread=only_new), request, by="pk")
    context = {"page": page, "lines": lines(page.items, request.user), "only_new": only_new, "tabs": tabs(only_new)}
    return render(request, "notifications/inbox.html", context)


def tabs(only_new: bool) -> list[dict[str, object]]:
    """All of it, or what is new."""
    return [
        {"label": _("All"), "url": "?", "current": not only_new},
        {"label": _("Unread"), "url": "?unread=1", "current": only_new},
    ]


@policy("notice.read")
@require_safe
def open_notice(request: UserRequest, pk: int) -> HttpResponse:
    """Go to what a notice is about; from then on it counts as read."""
    notice = services.mark_read(get_object_or_404(queries.inbox(request.user), pk=pk))
    (line,) = lines([notice], request.user)
    return redirect(line.url or "notifications:inbox")


@policy("notice.read")
@require_POST
def mark_read(request: UserRequest, pk: int) -> HttpResponse:
    """Put a notice aside as read."""
    notice = services.mark_read(get_object_or_404(Notice.objects.visible_to(request.user), pk=pk))
    (line,) = lines([notice], request.user)
    return respond(request, "notifications/line.html", {"line": line}, otherwise="notifications:inbox")


@policy("notice.read")
@require_POST
def mark_all_read(request: UserRequest) -> HttpResponse:
    """Put everything aside as read."""
    services.mark_all_read(request.user)
    return redirect("notifications:inbox")


@policy("notice.settings")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: UserRequest) -> HttpResponse:
    """How each kind of notice is mailed."""
    if request.method == "POST":
        sent = {kind.name: request.POST[kind.name] for kind in every_kind() if kind.name in request.POST}
        services.choose(request.user, sent)
        messages.success(request, _("Saved."))
        return redirect("notifications:settings")
    context = {"groups": queries.settings_of(request.user), "channels": Channel.choices}
    return render(request, "notifications/settings.html", context)


@policy("notice.unsubscribe")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a kind of mail: one press on the page, or one request by a mail program (RFC 8058).

    The signed address is the permission, so no login and no form's secret is asked.
    """
    user, kinds = unsubscribing.read(token)
    done = request.method == "POST"
    if done:
        unsubscribing.leave(token)
    return render(request, "notifications/unsubscribe.html", {"kinds": kinds, "person": user, "done": done})
