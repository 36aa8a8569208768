"""What files can be attached to. The floor that owns a thing says once who may see its files and who may add some."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from policy import visible
from web.timeline import Words, words_for

ADDED = "file_added"
REMOVED = "file_removed"


@dataclass(frozen=True)
class Subject:
    """A kind of thing that carries files.

    `see` is the action of the policy table that lets somebody read its files, `attach` the one that lets somebody add
    and remove some. `key` is the field by which addresses name one of them, `owner` the path to its organization.
    """

    noun: str
    model: type[models.Model]
    see: str
    attach: str
    owner: str
    key: str = "pk"

    @property
    def type(self) -> str:
        """The model's label, with which its streams in the journal begin."""
        return self.model._meta.label_lower

    def key_of(self, thing: models.Model) -> str:
        """How addresses name this one."""
        return str(getattr(thing, self.key))

    def action(self, use: str) -> str:
        """The action of the policy table behind "see" or "attach"."""
        return self.see if use == "see" else self.attach

    def open_to(self, actor: object, use: str) -> QuerySet[Any]:
        """The things of this kind whose files the actor may see, or to which the actor may attach some."""
        return visible(self.model._default_manager.all(), actor, self.action(use))

    def find(self, key: str) -> Any:
        """The thing of this key, whoever asks; raises Http404."""
        try:
            return self.model._default_manager.get(**{self.key: key})
        except (ObjectDoesNotExist, ValueError, OverflowError, ValidationError) as fault:
            raise Http404 from fault


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let things of this kind carry files; their timelines then tell of files that were added or removed."""
    _subjects[subject.noun] = subject
    words_for(
        {
            f"{subject.type}.{ADDED}": Words(_("attached a file"), icon="paper-clip"),
            f"{subject.type}.{REMOVED}": Words(_("removed a file"), icon="minus"),
        }
    )


def every_kind() -> list[Subject]:
    """The kinds of things that carry files."""
    return list(_subjects.values())


def named(noun: str) -> Subject:
    """The kind of this noun; raises Http404 if none is registered."""
    if noun not in _subjects:
        raise Http404
    return _subjects[noun]


def kind_of(thing: models.Model) -> Subject:
    """The kind of a thing; raises LookupError if its kind carries no files."""
    return of_type(thing._meta.label_lower)


def of_type(label: str) -> Subject:
    """The kind whose model has this label; raises LookupError if there is none."""
    for subject in _subjects.values():
        if subject.type == label:
            return subject
    raise LookupError(f"{label} carries no files: its floor has not registered it")
