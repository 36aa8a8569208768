"""What the page of one post shows: what it is, what happened, and what the reader can do about it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from information import queries
from information.facts import before, figure, particulars, target_figure
from information.models import Need, Post
from information.panels import panels_for
from policy import allowed
from web.bilingual import reading
from web.requests import UserRequest
from web.timeline import Happening, timeline
from web.wording import relative


def sheet(request: UserRequest, post: Post) -> dict[str, Any]:
    """The context of the page of one post."""
    user = request.user
    moves = [move for _, move in post.moves(user)]
    editable = allowed(user, f"{post.NOUN}.edit", post)
    happenings = timeline(post) if allowed(user, f"{post.NOUN}.history", post) else []
    return {
        "post": post,
        "noun": post.NOUN,
        "moves": [(move, reverse(f"information:{post.NOUN}-{move.action}", args=[post.public_id])) for move in moves],
        "foremost": any(move.tone == "primary" for move in moves),
        "edit_url": reverse(f"information:{post.NOUN}-edit", args=[post.public_id]) if editable else "",
        "gaps": post.gaps() if editable else {},
        "steps": steps(post),
        "state": Post.Status(post.status).label,
        "clock": clock(post),
        "withheld": withheld(post),
        "facts": particulars(post),
        **tables(post),
        "happenings": happenings,
        "verdict": verdict(post, happenings),
        "panels": panels_for(request, post),
        "following": following(request, post),
    }


def verdict(post: Post, happenings: list[Happening]) -> Happening | None:
    """Why the post was returned or rejected, as long as that is how it stands."""
    if post.status not in (Post.Status.RETURNED, Post.Status.REJECTED):
        return None
    return next((each for each in happenings if each.reason), None)


def steps(post: Post) -> list[dict[str, Any]]:
    """Where the post stands on the way from its draft to a contract."""
    way = [
        (_("Draft"), {"draft", "returned"}),
        (_("Verification"), {"submitted", "rejected"}),
        (_("Published"), {"published", "withdrawn"}),
        (_("Match"), set()),
        (_("Contract"), set()),
    ]
    here = next(place for place, (_label, states) in enumerate(way) if post.status in states)
    return [
        {"label": label, "state": "done" if place < here else "current" if place == here else "coming"}
        for place, (label, _states) in enumerate(way)
    ]


def clock(post: Post) -> str:
    """Who owes whom what, and since when; "" where nobody owes anything."""
    if post.status == Post.Status.SUBMITTED:
        return _("Waits for an administrator's decision; submitted %(when)s") % {"when": relative(post.edited_at)}
    if post.status == Post.Status.RETURNED:
        return _("Waits for %(organization)s to change it") % {"organization": post.owner.name}
    if post.status == Post.Status.PUBLISHED and post.valid_through:
        return _("Open until %(day)s") % {"day": relative(post.valid_through)}
    return ""


def withheld(post: Post) -> str:
    """What the reader would have to do to read on, for a post of which only the card is open; "" for others."""
    if not post.withheld:
        return ""
    if post.visibility == Post.Visibility.NDA:
        return _(
            "You see the card. Text, figures and files open in the docking room, once both sides are interested,"
            " an administrator has approved the match and both have signed the non-disclosure agreement."
        )
    return _("You see the card. Text, figures and files open as soon as both sides of a match are interested.")


def tables(post: Post) -> dict[str, Any]:
    """The figures of a post as the table component takes them."""
    if isinstance(post, Need):
        return {
            "figures_caption": _("What an answer must reach"),
            "columns": [{"label": _("Parameter")}, {"label": _("Target"), "figure": True}, {"label": _("Tested by")}],
            "rows": [
                [reading(row, "parameter").text, target_figure(row), reading(row, "method").text or "–"]
                for row in post.targets
            ],
        }
    baseline = {"label": _("Before"), "figure": True}
    return {
        "figures_caption": _("What it measurably brings"),
        "columns": [{"label": _("Metric")}, baseline, {"label": _("After"), "figure": True}],
        "rows": [
            [reading(row, "metric").text, before(row), figure(row["value"], row.get("unit", ""))]
            for row in getattr(post, "benefits", [])
        ],
    }


def following(request: UserRequest, post: Post) -> Post | None:
    """The post that an administrator judges next, once this one is decided."""
    if not allowed(request.user, "review.view") or post.status == Post.Status.SUBMITTED:
        return None
    return next(iter(queries.queue(request.user, most=1)), None)
