"""Lifecycles declared as data, and the one function that changes a status.

A model that inherits `Lifecycle` declares `MOVES`: from each state, the states that can follow and what each move
asks. Enforcement, buttons, API actions, tests and docs/lifecycles.md come from that declaration.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.errors import BadInput, DomainError, GuardFailed, IllegalMove, NotAllowed, StaleVersion
from journal.recording import record, record_all
from policy import Actor, decide
from policy.standing import PLATFORM
from texts.plain import validate_plain

NOTE_LENGTH = 2000

Guard = Callable[[Any, Actor], Mapping[str, list[str]]]
"""Asks the locked object and the actor; gives the problems by field ("" for the whole), {} if there are none."""


@dataclass(frozen=True)
class Move:
    """One arrow of a lifecycle.

    `action` is the verb of the policy table's row; `news` the last word of the journal entry's name; `reasons` the
    structured reasons of which one must be given; `note` whether a free text is asked for.
    """

    action: str
    news: str
    label: Promise
    guard: Guard | None = None
    reasons: type[models.TextChoices] | None = None
    note: Literal["", "optional", "required"] = ""
    tone: Literal["primary", "plain", "danger"] = "plain"
    sets: Mapping[str, Callable[[], Any]] = field(default_factory=dict)


class Lifecycle(models.Model):
    """A model whose `status` changes only along its declared moves, by `move_to`."""

    NOUN: ClassVar[str]
    MOVES: ClassVar[Mapping[str, Mapping[str, Move]]]
    ASKED_OF: ClassVar[Sequence[str]] = ()
    """Relations that policy and guards look at: fetched at once where many are moved."""

    status: Any
    version = models.PositiveIntegerField(gettext_lazy("version"), default=1, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def arrows(cls) -> Iterator[tuple[str, str, Move]]:
        """Every declared move as (from, to, move)."""
        for source, targets in cls.MOVES.items():
            for target, move in targets.items():
                yield str(source), str(target), move

    @classmethod
    def locked(cls, pk: Any, *, version: int | None = None) -> Self:
        """The row under lock until the transaction ends; raises StaleVersion if it is no longer at `version`."""
        # FOR NO KEY UPDATE: rows that merely refer to this one can still be written beside it.
        current = cls._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if version is not None and current.version != version:
            raise StaleVersion(_("It was changed while you were looking at it. Reload the page and decide again."))
        return current

    def moves(self, actor: Actor) -> list[tuple[str, Move]]:
        """The moves that the present state has and the policy grants this actor: the buttons of a page."""
        arrows = self.MOVES.get(self.status, {})
        return [(str(to), move) for to, move in arrows.items() if decide(actor, f"{self.NOUN}.{move.action}", self)]

    def target_of(self, action: str) -> str:
        """The state to which an action leads from the present one; raises IllegalMove if it has no arrow here."""
        for to, move in self.MOVES.get(self.status, {}).items():
            if move.action == action:
                return str(to)
        raise IllegalMove(no_arrow(self))

    @transaction.atomic
    def move_to(
        self,
        to: str,
        *,
        by: Actor,
        expected: int | None = None,
        reason: str = "",
        note: str = "",
        sets: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Self:
        """Move to another state: lock, version, arrow, policy, answers, guard, journal entry, in one transaction.

        `expected` is the version that the actor saw (only the platform itself may leave it out); `sets` are field
        values saved with the move, `data` goes into the journal entry. Returns the locked row; this instance follows.

        Raises StaleVersion, IllegalMove, NotAllowed, BadInput (reason or note), GuardFailed.
        """
        if expected is None and by is not PLATFORM:
            raise BadInput(_("The request does not say which version it is about. Reload the page and try again."))
        current = type(self).locked(self.pk, version=expected)
        move = current.permitted(to, by=by, reason=reason, note=note)
        origin, changes = str(current.status), {**{name: now() for name, now in move.sets.items()}, **(sets or {})}
        current.apply({"status": to, "version": current.version + 1, **changes})
        record(
            current,
            move.news,
            by=by,
            data={"from": origin, "to": str(to), "version": current.version}
            | ({"reason": reason} if reason else {})
            | ({"note": note} if note else {})
            | dict(data or {}),
        )
        for name in ("status", "version", *attnames(self, changes)):
            setattr(self, name, getattr(current, name))
        return current

    @classmethod
    @transaction.atomic
    def move_all(
        cls, seen: Sequence[Self], to: str, *, by: Actor, data: Mapping[str, Any] | None = None
    ) -> dict[Any, DomainError]:
        """The same move of many at once, each at the version that the actor saw, in a bounded number of queries.

        For moves that ask for no answers. Asks of each what `move_to` asks; those refused stay as they are and come
        back by primary key with the refusal, the others follow in `seen`. Locks in the order of keys.
        """
        rows = cls._default_manager.filter(pk__in=[one.pk for one in seen]).order_by("pk")
        rows = rows.prefetch_related(*cls.ASKED_OF)
        held = {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}
        refused: dict[Any, DomainError] = {}
        moved: dict[str, tuple[Move, list[Self]]] = {}
        for one in seen:
            try:
                if one.pk not in held or held[one.pk].version != one.version:
                    raise StaleVersion(_("It was changed while you were looking at it. Decide again."))
                move = held[one.pk].permitted(to, by=by)
                moved.setdefault(move.news, (move, []))[1].append(one)
            except DomainError as fault:
                refused[one.pk] = fault
        for move, ones in moved.values():
            cls.move_alike(ones, to, move, by, data or {})
        return refused

    @classmethod
    def move_alike(cls, ones: Sequence[Self], to: str, move: Move, by: Actor, data: Mapping[str, Any]) -> None:
        """Carry one permitted move out on many rows; the caller holds their locks."""
        changes = {"status": to, **{name: now() for name, now in move.sets.items()}}
        rows = cls._default_manager.filter(pk__in=[one.pk for one in ones])
        rows.update(version=models.F("version") + 1, **changes)
        entries = [(one, {"from": str(one.status), "to": str(to), "version": one.version + 1, **data}) for one in ones]
        record_all(entries, move.news, by=by)
        for one in ones:
            for name, value in {**changes, "version": one.version + 1}.items():
                setattr(one, name, value)

    def permitted(self, to: str, *, by: Actor, reason: str = "", note: str = "") -> Move:
        """The move to that state, if arrow, policy, answers and guard allow it; the caller holds the row's lock.

        Raises IllegalMove, NotAllowed, BadInput (reason or note), GuardFailed.
        """
        move = self.MOVES.get(self.status, {}).get(to)
        if move is None:
            raise IllegalMove(no_arrow(self))
        if not (decision := decide(by, f"{self.NOUN}.{move.action}", self)):
            raise NotAllowed(decision.reason)
        check_answers(move, reason, note)
        if move.guard and (problems := move.guard(self, by)):
            raise GuardFailed(sentences(problems), fields=problems)
        return move

    def apply(self, changes: Mapping[str, Any]) -> None:
        """Set and save the fields; the caller holds the row's lock."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=list(changes))


def attnames(instance: models.Model, names: Mapping[str, Any]) -> Iterator[str]:
    """The instance attributes in which the named fields keep their values ("owner" → "owner_id")."""
    for name in names:
        if isinstance(kept := instance._meta.get_field(name), models.Field):
            yield kept.attname


def no_arrow(subject: Lifecycle) -> str:
    """The sentence for a move that the present state does not have."""
    return _("It is now “%(state)s”; from there this step does not exist. Reload the page to see what is possible.") % {
        "state": subject.get_status_display()  # type: ignore[attr-defined]
    }


def sentences(problems: Mapping[str, list[str]]) -> str:
    """The problems of all fields in one line."""
    return " ".join(message for messages in problems.values() for message in messages)


def check_answers(move: Move, reason: str, note: str) -> None:
    """Raise BadInput unless the reason is one of the declared ones and the note is as the move asks."""
    problems: dict[str, list[str]] = {}
    if move.reasons and reason not in move.reasons.values:
        problems["reason"] = [_("Choose one of the reasons.")]
    if not move.reasons and reason:
        problems["reason"] = [_("This step takes no reason.")]
    if move.note == "required" and not note.strip():
        problems["note"] = [_("Write what the other side should know or do next.")]
    if len(note) > NOTE_LENGTH:
        problems["note"] = [_("At most %(length)s characters.") % {"length": NOTE_LENGTH}]
    try:
        validate_plain(note)
    except ValidationError as fault:
        problems["note"] = fault.messages
    if problems:
        raise BadInput(sentences(problems), fields=problems)
