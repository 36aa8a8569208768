"""Pages of files: those of one thing, the form that adds some, and a file's content."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from files import services
from files.forms import AttachForm
from files.models import Attachment
from files.queries import shelf
from files.serving import served
from files.subjects import named
from journal.errors import BadInput, TooLarge
from policy import policy
from web.actions import Tried
from web.requests import UserRequest
from web.responses import wants_fragment


def find_thing(request: UserRequest, noun: str, key: str) -> Any:
    """The thing whose files are asked for, if the reader may see them; raises Http404."""
    kind = named(noun)
    thing = kind.find(key)
    return get_object_or_404(kind.open_to(request.user, "see"), pk=thing.pk)


@policy("attachment.view")
@require_safe
def attachments(request: UserRequest, noun: str, key: str) -> HttpResponse:
    """The files of one thing; htmx asks for the list alone while some are still being checked."""
    return show_thing(request, find_thing(request, noun, key))


@policy("attachment.create")
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: UserRequest, noun: str, key: str) -> HttpResponse:
    """Attach what the form carries; what is refused leaves nothing behind and stands beside the field."""
    thing = find_thing(request, noun, key)
    if request.method != "POST":
        return redirect("files:attachments", noun, key)
    form = AttachForm(request.POST, request.FILES)
    try:
        made = services.attach(form.sent, to=thing, by=request.user)
    except (BadInput, TooLarge) as fault:
        form.errors.clear()
        form.add_error("file", fault.fields.get("file", [fault.message]))
        return show_thing(request, thing, form=form, status=fault.status)
    messages.success(request, received(len(made)))
    return redirect(made[0])


def received(number: int) -> str:
    """What to tell the person who attached that many files."""
    return ngettext(
        "The file is here. It can be opened as soon as it has been checked.",
        "%(number)s files are here. They can be opened as soon as they have been checked.",
        number,
    ) % {"number": number}


def show_thing(
    request: UserRequest, thing: models.Model, *, form: AttachForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page with the files of one thing, with a form that was refused if there was one."""
    found = shelf(thing, request.user)
    if wants_fragment(request):
        return render(request, "files/shelf.html", found, status=status)
    context = {"shelf": found, "thing": thing, "form": form or AttachForm()}
    return render(request, "files/attachments_page.html", context, status=status)


@policy("attachment.read")
@require_safe
def content(request: UserRequest, public_id: str) -> HttpResponseBase:
    """The content of a file that was found clean, as a download and as nothing else."""
    return served(find_readable(request, public_id))


def find_readable(request: UserRequest, public_id: str) -> Attachment:
    """A checked file that the reader may open; raises Http404."""
    return get_object_or_404(Attachment.objects.readable_by(request.user), public_id=public_id)


def find(request: UserRequest, public_id: str) -> Attachment:
    """A file that the reader may know of; raises Http404."""
    return get_object_or_404(Attachment.objects.visible_to(request.user), public_id=public_id)


def show(request: UserRequest, subject: Attachment, *, tried: Tried | None = None) -> HttpResponse:
    """The page beside which a refused step of a file is told."""
    if subject.thing is None:
        raise Http404
    return show_thing(request, subject.thing, status=tried.status if tried else HTTPStatus.OK)
