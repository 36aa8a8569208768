"""Pages of docking rooms. Every form stands in a part of the page that is answered alone where htmx asks for it."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeAlias

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from journal.errors import BadInput, DomainError
from matching.docking import meetings, rooms, sheet, talks
from matching.docking.forms import (
    AnswerForm,
    InspectForm,
    MeetingForm,
    MessageForm,
    QuestionForm,
    SignForm,
    TermForm,
    form_for,
)
from matching.docking.lists import listed, overview
from matching.docking.page import FEED, said, with_match
from matching.models import Meeting, Question, Room
from matching.terms import TERMS
from policy import allowed, policy, visible
from web.actions import Tried
from web.paging import paginate
from web.requests import UserRequest
from web.responses import wants_fragment

Do: TypeAlias = Callable[[dict[str, Any]], object]
"""What a form asks for, given what was filled in."""
CALENDAR = "text/calendar; charset=utf-8"
PARTS: Mapping[str, str] = {
    "nda": "matching/room_nda.html",
    "talk": "matching/room_talk.html",
    "meetings": "matching/room_meetings.html",
    "term": "matching/room_term_answer.html",
}
"""The parts of the page that htmx puts in place."""


def find(request: UserRequest, pk: int) -> Room:
    """The room, if this reader may know of it."""
    return get_object_or_404(with_match(Room.objects.visible_to(request.user)), pk=pk)


def inside(request: UserRequest, pk: int) -> Room:
    """The room, if this reader may read what is said in it."""
    room = find(request, pk)
    if not allowed(request.user, "room.read", room):
        raise Http404
    return room


def show(request: UserRequest, subject: Room, *, tried: Tried | None = None) -> HttpResponse:
    """The page of a room, with the form that was refused if there was one."""
    context = overview(subject, request.user) | {"tried": tried}
    return render(request, "matching/room.html", context, status=tried.status if tried else HTTPStatus.OK)


@policy("room.view")
@require_safe
def room_list(request: UserRequest) -> HttpResponse:
    """The rooms that concern the reader, those where something happened last first."""
    page = paginate(with_match(Room.objects.visible_to(request.user)), request, by="active_at")
    return render(request, "matching/rooms.html", {"page": page, "lines": listed(page.items, request.user)})


@policy("room.view")
@require_safe
def room(request: UserRequest, pk: int) -> HttpResponse:
    """What is agreed, what is open, whose turn is it?"""
    return show(request, find(request, pk))


def attempt(
    request: UserRequest,
    subject: Room,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    part: str,
    name: str,
) -> HttpResponse:
    """Do what a form asks for; a refusal comes back in that form, with what was typed and the room as it is now."""
    status = HTTPStatus.BAD_REQUEST
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except DomainError as fault:
            refuse(form, fault)
            status = HTTPStatus(fault.status)
        else:
            return answer(request, subject, part, name)
    return draw(request, find(request, subject.pk), part, name, {name: form}, status)


def refuse(form: forms.Form, fault: DomainError) -> None:
    """Put what the domain said beside the fields that it speaks of, else above the form."""
    for name, faults in fault.fields.items():
        for message in faults:
            form.add_error(name if name in form.fields else None, message)
    if not fault.fields:
        form.add_error(None, fault.message)


def answer(request: UserRequest, before: Room, part: str, name: str) -> HttpResponse:
    """What follows when it was done: the part anew; the whole page where the room's state has changed with it."""
    place = f"{before.get_absolute_url()}#{f'term-{name}' if part == 'term' else part}"
    if not wants_fragment(request):
        return redirect(place)
    now = find(request, before.pk)
    if now.status != before.status:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
    return draw(request, now, part, name, {}, HTTPStatus.OK)


def draw(
    request: UserRequest, subject: Room, part: str, name: str, given: Mapping[str, Any], status: HTTPStatus
) -> HttpResponse:
    """The part, or the whole page for a browser without htmx."""
    context = overview(subject, request.user, given)
    if not wants_fragment(request):
        return render(request, "matching/room.html", context, status=status)
    context["row"] = next((row for row in context.get("rows", []) if row.term.name == name), None)
    return render(request, PARTS[part], context | {"answered": True}, status=status)


@policy("room.sign")
@require_POST
def sign(request: UserRequest, pk: int) -> HttpResponse:
    """Sign the non-disclosure agreement for one's side."""
    subject, form = find(request, pk), SignForm(request.POST)
    return attempt(
        request, subject, form, lambda data: rooms.sign(subject, by=request.user, **data), part="nda", name="sign"
    )


@policy("room.speak")
@require_POST
def say(request: UserRequest, pk: int) -> HttpResponse:
    """Send a message."""
    subject, form = inside(request, pk), MessageForm(request.POST, auto_id="message_%s")
    return attempt(
        request, subject, form, lambda data: talks.say(subject, by=request.user, **data), part="talk", name="message"
    )


@policy("room.speak")
@require_POST
def ask(request: UserRequest, pk: int) -> HttpResponse:
    """Ask the other side something."""
    subject, form = inside(request, pk), QuestionForm(request.POST, auto_id="question_%s")
    return attempt(
        request, subject, form, lambda data: talks.ask(subject, by=request.user, **data), part="talk", name="question"
    )


@policy("room.speak")
@require_POST
def answer_question(request: UserRequest, pk: int, question: int) -> HttpResponse:
    """Answer a question."""
    subject, form = inside(request, pk), AnswerForm(request.POST, auto_id=f"answer_{question}_%s")
    found = get_object_or_404(Question.objects.filter(room=subject), pk=question)
    return attempt(
        request,
        subject,
        form,
        lambda data: talks.answer(found, by=request.user, **data),
        part="talk",
        name=f"answer-{question}",
    )


@policy("room.speak")
@require_POST
def propose_meeting(request: UserRequest, pk: int) -> HttpResponse:
    """Propose times to meet."""
    subject, form = inside(request, pk), MeetingForm(request.POST, auto_id="meeting_%s")
    return attempt(
        request,
        subject,
        form,
        lambda _data: meetings.propose(subject, by=request.user, **form.proposal),
        part="meetings",
        name="meeting",
    )


@policy("room.speak")
@require_POST
def choose_time(request: UserRequest, pk: int, meeting: int) -> HttpResponse:
    """Choose one of the times that were proposed."""
    subject = inside(request, pk)
    found = get_object_or_404(Meeting.objects.filter(room=subject), pk=meeting)
    given = request.POST.get("slot", "")
    slot = int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else 0
    meetings.choose(found, slot, by=request.user)
    return answer(request, subject, "meetings", "")


@policy("room.speak")
@require_POST
def call_off_meeting(request: UserRequest, pk: int, meeting: int) -> HttpResponse:
    """Call a proposal or an appointment off."""
    subject = inside(request, pk)
    found = get_object_or_404(Meeting.objects.filter(room=subject), pk=meeting)
    meetings.call_off(found, by=request.user)
    return answer(request, subject, "meetings", "")


@policy("room.propose")
@require_POST
def put_term(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Propose a value for a field of the term sheet."""
    subject, form = inside(request, pk), term_form(name, request)
    return attempt(
        request,
        subject,
        form,
        lambda _data: sheet.put(subject, name, form.value, by=request.user, number=number_seen(request)),
        part="term",
        name=name,
    )


@policy("room.accept")
@require_POST
def accept_term(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Accept what stands in a field of the term sheet."""
    subject = inside(request, pk)
    term_form(name, request)
    sheet.accept(subject, name, by=request.user, number=number_seen(request))
    return answer(request, subject, "term", name)


def term_form(name: str, request: UserRequest) -> TermForm:
    """The form of a field as it was sent; 404 for a field that there is not."""
    if name not in TERMS:
        raise Http404
    return form_for(name, request.POST)


def number_seen(request: UserRequest) -> int:
    """The proposal that the person was looking at; raises BadInput."""
    given = request.POST.get("number", "")
    if given.isascii() and given.isdigit() and len(given) <= 9:
        return int(given)
    raise BadInput(_("The form does not say which proposal it is about. Reload the page and try again."))


@policy("room.read")
@require_safe
def all_messages(request: UserRequest, pk: int) -> HttpResponse:
    """Everything that was said, page by page, the latest first."""
    subject = inside(request, pk)
    page = paginate(subject.messages.select_related("author"), request, by="at")
    spoken = [said(subject, each) for each in page.items]
    return render(request, "matching/room_messages.html", {"room": subject, "page": page, "messages_said": spoken})


@policy("room.read")
@require_safe
def calendar(request: UserRequest, pk: int) -> HttpResponse:
    """The appointments of a room as a file for one's calendar."""
    return HttpResponse(meetings.calendar(inside(request, pk).meetings.all()), content_type=CALENDAR)


@policy("room.calendar")
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The appointments of all rooms of a person, for a calendar that comes by itself: the address is the key."""
    del request
    try:
        user = User.objects.get(pk=signing.Signer(salt=FEED).unsign_object(token), is_active=True)
    except (signing.BadSignature, User.DoesNotExist) as fault:
        raise Http404 from fault
    mine = visible(Room.objects.all(), user, "room.read")
    return HttpResponse(meetings.calendar(Meeting.objects.filter(room__in=mine)), content_type=CALENDAR)


@policy("room.inspect")
@require_POST
def inspect(request: UserRequest, pk: int) -> HttpResponse:
    """Read what is said in a room without being a party: with a reason, and on record."""
    subject, form = find(request, pk), InspectForm(request.POST)
    if form.is_valid():
        try:
            rooms.inspect(subject, by=request.user, note=form.cleaned_data["note"])
        except BadInput as fault:
            refuse(form, fault)
        else:
            return render(request, "matching/room.html", overview(subject, request.user, on_record=True))
    context = overview(subject, request.user, {"inspect": form})
    return render(request, "matching/room.html", context, status=HTTPStatus.BAD_REQUEST)
