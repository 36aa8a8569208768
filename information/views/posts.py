"""Pages of needs and achievements; each function gives the view of one kind, marked with that kind's policy."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeAlias

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from information import queries, readings, services
from information.forms import Editor
from information.models import Post
from information.queries import Kind
from information.sheet import sheet
from journal.errors import BadInput, NotAllowed, StaleVersion
from policy import decide, policy
from web.actions import Tried
from web.requests import UserRequest
from web.responses import expected_version

View: TypeAlias = Callable[..., HttpResponse]


def detail(kind: Kind) -> View:
    """The page of one post."""

    find = finding(kind)

    @policy(f"{kind.NOUN}.view")
    @require_safe
    def post(request: UserRequest, public_id: str) -> HttpResponse:
        found = find(request, public_id)
        readings.note(found, request.user)
        return show(request, found)

    return post


def finding(kind: Kind) -> Callable[[UserRequest, str], Post]:
    """What finds a post of one kind for its page, if the reader may know of it."""

    def find(request: UserRequest, public_id: str) -> Post:
        post: Post = get_object_or_404(queries.in_full(kind, request.user), public_id=public_id)
        return post

    return find


def show(request: UserRequest, subject: Post, *, tried: Tried | None = None) -> HttpResponse:
    """The page of a post, with the form that was refused if there was one."""
    context = sheet(request, subject) | {"tried": tried}
    return render(request, "information/post.html", context, status=tried.status if tried else HTTPStatus.OK)


def new(kind: Kind) -> View:
    """The form of a new post; it becomes a draft."""

    @policy(f"{kind.NOUN}.create")
    @require_http_methods(["GET", "HEAD", "POST"])
    def new_post(request: UserRequest) -> HttpResponse:
        organizations = queries.posting_organizations(kind, request.user)
        editor = Editor(kind(), organizations, request.POST if request.method == "POST" else None)
        if request.method != "POST" or editor.asks_for_row:
            return form_page(request, editor)
        return keep(request, editor, lambda: services.draft(kind, editor.fields, owner=editor.owner, by=request.user))

    return new_post


def edit(kind: Kind) -> View:
    """The form of a draft or a returned post."""

    @policy(f"{kind.NOUN}.edit")
    @require_http_methods(["GET", "HEAD", "POST"])
    def edit_post(request: UserRequest, public_id: str) -> HttpResponse:
        post = get_object_or_404(kind.objects.visible_to(request.user), public_id=public_id)
        if not (decision := decide(request.user, f"{kind.NOUN}.edit", post)):
            raise NotAllowed(decision.reason)
        editor = Editor(post, [], request.POST if request.method == "POST" else None)
        if request.method != "POST" or editor.asks_for_row:
            return form_page(request, editor)
        version = expected_version(request)
        return keep(request, editor, lambda: services.edit(post, editor.fields, by=request.user, version=version))

    return edit_post


def form_page(request: UserRequest, editor: Editor, status: int = HTTPStatus.OK) -> HttpResponse:
    """The form, with the version that will be expected when it is sent."""
    post = editor.post
    # What the person has seen: the version of the form sent, not the one that the database holds by now.
    version = request.POST.get("version", "")
    cancel = post.get_absolute_url() if post.pk else reverse(f"information:{post.NOUN}s")
    context = {"editor": editor, "post": post, "noun": post.NOUN, "version": version or post.version, "cancel": cancel}
    return render(request, "information/post_form.html", context, status=status)


def keep(request: UserRequest, editor: Editor, save: Callable[[], Post]) -> HttpResponse:
    """Save and go to the post's page; what the domain refuses comes back in the form with what was typed."""
    if not editor.is_valid():
        return form_page(request, editor, HTTPStatus.BAD_REQUEST)
    try:
        post = save()
    except (BadInput, StaleVersion) as fault:
        editor.refuse(fault)
        return form_page(request, editor, fault.status)
    messages.success(request, _("Saved. Nobody outside your organization sees it before it is verified."))
    return redirect(post)
