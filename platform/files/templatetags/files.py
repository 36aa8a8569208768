"""`{% load files %}{% attachments thing %}`: the files of a thing, with the form that adds some."""

from typing import Any

from django import template
from django.db import models
from django.template import Context

from files.forms import AttachForm
from files.queries import shelf

register = template.Library()


@register.inclusion_tag("files/attachments.html", takes_context=True)
def attachments(context: Context, thing: models.Model, heading: str = "", hint: str = "", quiet: bool = False) -> Any:
    """A section with heading, list and form; nothing for a reader who may not see the thing's files.

    `hint` is a sentence under the heading; with `quiet` nothing is shown either where there are no files and the
    reader may not attach any.
    """
    found = shelf(thing, context["request"].user)
    shown = bool(found) and not (quiet and not found["rows"] and not found["add_url"])
    return {
        "shelf": found if shown else {},
        "heading": heading,
        "hint": hint,
        "form": AttachForm(),
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }


@register.filter
def bytes_in_words(size: int) -> str:
    """A size as people say it: "812 KB", "3.4 MB"."""
    if size < 1000 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 2**20:.1f} MB"
