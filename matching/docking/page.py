"""What the page of one room shows: what is agreed, what is open, whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from matching.docking import sheet
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
from matching.docking.parties import sides_of
from matching.docking.wording import lines
from matching.models import Handover, Match, Meeting, Message, Proposal, Question, Room, RoomQuerySet, Side
from matching.onward import steps_after
from matching.terms import TERMS, Term
from policy import allowed
from web.timeline import timeline
from web.wording import relative

FEED = "matching.room.feed"
"""The salt of the signed address of a person's calendar."""
LATEST = 20
"""Messages on the page of the room; the earlier ones have a page of their own."""
EARLIER = 10
"""Earlier proposals that are shown of one field."""


def with_match(rooms: QuerySet[Room]) -> RoomQuerySet:
    """The match with both posts and their organizations, in one query."""
    return rooms.select_related("match__need__owner__region", "match__achievement__owner__region")  # type: ignore[return-value]


@dataclass(frozen=True)
class Turn:
    """One thing that somebody owes, in words."""

    handover: Handover
    organization: Organization
    mine: bool


@dataclass(frozen=True)
class Mark:
    """Whether one side has accepted what stands in a field, and who did."""

    side: str
    organization: Organization
    accepted: bool
    by: str


@dataclass(frozen=True)
class Row:
    """One field of the term sheet: what stands there, who has accepted it, and what the reader can do."""

    term: Term
    standing: Proposal | None
    said: list[str]
    author: str
    marks: list[Mark]
    state: str
    can_accept: bool
    earlier: list[tuple[Proposal, list[str]]]
    form: TermForm | None
    open: bool

    @property
    def number(self) -> int:
        return self.standing.number if self.standing else 0


def room_page(room: Room, user: User, forms: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Everything on the page of one room; `forms` holds those that were refused, by their place."""
    reads, given = allowed(user, "room.read", room), dict(forms or {})
    return {
        "room": room,
        "sides": sides_of(user, room),
        "moves": [move for _to, move in room.moves(user)],
        "steps": steps(room, user),
        "turns": turns(room, user),
        "tally": tally(room),
        "reads": reads,
        "nda": nda(room, user, given),
        "inspect_form": given.get("inspect") or InspectForm() if allowed(user, "room.inspect", room) else None,
        "happenings": timeline(room) if allowed(user, "room.history", room) else None,
        **(inside(room, user, given) if reads else {}),
    }


def inside(room: Room, user: User, forms: Mapping[str, Any]) -> dict[str, Any]:
    """What only the two sides see, and whoever reads it on record."""
    return {"rows": rows(room, user, forms), **talk(room, user, forms), **meetings(room, user, forms)}


def steps(room: Room, user: User) -> list[Mapping[str, Any]]:
    """Where the room stands on the way from the posts to the contract."""
    match = room.match
    onward = [step for step in steps_after(match, user) if step["url"] != room.get_absolute_url()]
    over = room.status in (Room.Status.BROKEN_OFF, Room.Status.LAPSED)
    coming = [] if over or onward else [{"label": _("Contract"), "state": "coming"}]
    return [
        {"label": _("Need"), "state": "done", "url": match.need.get_absolute_url()},
        {"label": _("Achievement"), "state": "done", "url": match.achievement.get_absolute_url()},
        {"label": _("Match"), "state": "done", "url": match.get_absolute_url()},
        {"label": _("Docking room"), "state": "current", "note": room.get_status_display()},
        *onward,
        *coming,
    ]


def step_after(match: Match, user: User) -> dict[str, Any] | None:
    """The room that an approved match led to, as far as this reader may know of it."""
    room = Room.objects.visible_to(user).filter(match=match).first()
    if room is None:
        return None
    return {
        "label": _("Docking room"),
        "state": "open",
        "note": room.get_status_display(),
        "url": room.get_absolute_url(),
        "invitation": _("Enter the docking room") if sides_of(user, room) else _("Stage of the talks"),
    }


def turns(room: Room, user: User) -> list[Turn]:
    """Who owes what, the most urgent first."""
    mine = sides_of(user, room)
    return [
        Turn(handover, room.organization(handover.side), handover.side in mine) for handover in room.handovers.open()
    ]


def clock(room: Room, owed: list[Turn]) -> str:
    """Whose turn it is, in one line."""
    if not owed:
        return ""
    return _("%(organization)s is to act, until %(when)s") % {
        "organization": owed[0].organization.name,
        "when": relative(owed[0].handover.due_at),
    }


def tally(room: Room) -> dict[str, int]:
    """How many fields are agreed, waiting for somebody, and still empty; no words of them."""
    found = sheet.standing(room)
    agreed = sum(proposal.settled for proposal in found.values())
    return {
        "agreed": agreed,
        "waiting": len(found) - agreed,
        "empty": sum(term.required and name not in found for name, term in TERMS.items()),
        "of": len({name for name, term in TERMS.items() if term.required} | found.keys()),
    }


def nda(room: Room, user: User, forms: Mapping[str, Any]) -> dict[str, Any] | None:
    """The agreement and its signatures, for parties and whoever oversees them; None where none is asked for."""
    if not room.needs_nda or not allowed(user, "room.history", room):
        return None
    paper = room.nda
    form = None
    if allowed(user, "room.sign", room):
        form = forms.get("sign") or SignForm(initial={"sha256": paper.sha256})
    return {
        "paper": paper,
        "signatures": list(paper.signatures.select_related("organization", "signer")),
        "form": form,
    }


def rows(room: Room, user: User, forms: Mapping[str, Any]) -> list[Row]:
    """The term sheet, field by field, in two queries."""
    proposals: dict[str, list[Proposal]] = {}
    related = room.proposals.select_related("author", "need_accepted_by", "achievement_accepted_by")
    for proposal in related.order_by("name", "-number"):
        proposals.setdefault(proposal.name, []).append(proposal)
    writes, accepts = allowed(user, "room.propose", room), allowed(user, "room.accept", room)
    speaking = sides_of(user, room, speaking=True) if accepts else []
    return [
        row(room, term, proposals.get(name, []), speaking, writes=writes, form=forms.get(name))
        for name, term in TERMS.items()
    ]


def row(
    room: Room, term: Term, proposals: list[Proposal], speaking: list[Side], *, writes: bool, form: TermForm | None
) -> Row:
    """One field."""
    standing = proposals[0] if proposals else None
    marks = [mark(room, standing, side) for side in Side.values] if standing else []
    kept = form_for(term.name, value=standing.value if standing else None) if writes else None
    return Row(
        term=term,
        standing=standing,
        said=lines(term.name, standing.value) if standing else [],
        author=room.organization(standing.side).name if standing else "",
        marks=marks,
        state=state(term, standing),
        can_accept=standing is not None and any(not standing.accepted(side) for side in speaking),
        earlier=[(each, lines(term.name, each.value)) for each in proposals[1 : EARLIER + 1]],
        form=form or kept,
        open=form is not None,
    )


def state(term: Term, standing: Proposal | None) -> str:
    """A word for where a field stands."""
    if standing is None:
        return "empty" if term.required else "optional"
    return "agreed" if standing.settled else "waiting"


def mark(room: Room, standing: Proposal, side: str) -> Mark:
    """One side's word on what stands."""
    by = getattr(standing, f"{side}_accepted_by")
    return Mark(side, room.organization(side), standing.accepted(side), by.name if by else "")


def talk(room: Room, user: User, forms: Mapping[str, Any]) -> dict[str, Any]:
    """What was said: the latest messages, and the questions, open ones first."""
    latest = list(room.messages.select_related("author").order_by("-at", "-pk")[: LATEST + 1])
    speaks = allowed(user, "room.speak", room)
    mine = sides_of(user, room)
    questions = sorted(
        room.questions.select_related("author", "answered_by"), key=lambda each: (each.answered_at is not None, each.at)
    )
    return {
        "messages_said": [said(room, each) for each in reversed(latest[:LATEST])],
        "more_messages": len(latest) > LATEST,
        "message_form": forms.get("message") or MessageForm(auto_id="message_%s") if speaks else None,
        "question_form": forms.get("question") or QuestionForm(auto_id="question_%s") if speaks else None,
        "questions": [asked(room, each, mine if speaks else [], forms) for each in questions],
    }


def said(room: Room, message: Message) -> dict[str, Any]:
    """A message with the organization that it comes from."""
    return {"message": message, "organization": room.organization(message.side)}


def asked(room: Room, question: Question, mine: list[Side], forms: Mapping[str, Any]) -> dict[str, Any]:
    """A question with whom it comes from and goes to, and the form of its answer for the side that is asked."""
    answers = question.answered_at is None and question.addressee in mine
    form = forms.get(f"answer-{question.pk}") or AnswerForm(auto_id=f"answer_{question.pk}_%s")
    return {
        "question": question,
        "organization": room.organization(question.side),
        "addressee": room.organization(question.addressee),
        "form": form if answers else None,
    }


def meetings(room: Room, user: User, forms: Mapping[str, Any]) -> dict[str, Any]:
    """Proposals to meet and appointments, the latest first."""
    speaks, mine = allowed(user, "room.speak", room), sides_of(user, room)
    found = room.meetings.select_related("author", "chosen_by").prefetch_related("slots").order_by("-at", "-pk")
    return {
        "meetings": [met(room, each, mine, speaks=speaks) for each in found],
        "meeting_form": forms.get("meeting") or MeetingForm(auto_id="meeting_%s") if speaks else None,
        "feed": feed_address(user) if mine else "",
    }


def feed_address(user: User) -> str:
    """Where a calendar fetches the appointments of all rooms of a person; whoever has the address reads them."""
    return reverse("matching:room-feed", args=[signing.Signer(salt=FEED).sign_object(user.pk)])


def met(room: Room, meeting: Meeting, mine: list[Side], *, speaks: bool) -> dict[str, Any]:
    """A meeting, and whether the reader may choose a time or call it off."""
    return {
        "meeting": meeting,
        "organization": room.organization(meeting.side),
        "chooses": speaks and meeting.is_open and Side(meeting.side).other in mine,
        "calls_off": speaks and meeting.cancelled_at is None,
    }
