"""Matches: one achievement before one need, and its lifecycle up to the administrator's word."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.query import ModelIterable
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from information.models import Achievement, Need
from journal.lifecycle import Lifecycle, Move
from matching import clocks
from matching.disclosure import withhold
from policy import Actor, visible


class DeclineReason(models.TextChoices):
    FIGURES = "figures", _("The figures do not reach what is needed")
    FIELD = "field", _("It is another technical field or material")
    MATURITY = "maturity", _("It is not mature enough")
    PRICE = "price", _("Price or form of cooperation does not fit")
    CAPACITY = "capacity", _("No capacity at present")
    SOLVED = "solved", _("Solved or licensed elsewhere")
    OTHER = "other", _("Another reason")


class RefuseReason(models.TextChoices):
    CONFLICT = "conflict", _("The parties are not independent of each other")
    RIGHTS = "rights", _("The rights to the achievement are disputed")
    UNFIT = "unfit", _("Need and achievement do not belong together")
    POLICY = "policy", _("It breaks a rule of the platform or the law")


def both_posts_open(match: "Match", actor: Actor) -> Mapping[str, list[str]]:
    """Nobody can be brought together over a post that is no longer open."""
    closed = [post for post in (match.need, match.achievement) if not post.is_open]
    return {"": [_now("“%(post)s” is no longer open.") % {"post": post} for post in closed]} if closed else {}


SPOKEN = ("need_interested_at", "achievement_interested_at")


def nobody() -> None:
    """A match suggested again starts anew: what a side said before it lapsed no longer counts."""


def never() -> None:
    """No clock runs, and nothing has been announced."""


def unknown() -> str:
    """It has not lapsed."""
    return ""


# What a new clock of the sides sets beside itself; from mutual interest on an administrator is to answer.
ANSWER: Mapping[str, Callable[[], Any]] = {"answer_by": clocks.answer_due, "announced_at": never}
DECISION: Mapping[str, Callable[[], Any]] = {"answer_by": never, "announced_at": never}
ANEW: Mapping[str, Callable[[], Any]] = {
    **dict.fromkeys(SPOKEN, nobody),
    "answer_by": clocks.suggestion_due,
    "announced_at": never,
    "lapse_cause": unknown,
}


class Screened(ModelIterable):  # type: ignore[type-arg]
    """Matches on their way out of the database, without what the reader may not read of their posts."""

    def __iter__(self) -> Iterator[Any]:
        for match in super().__iter__():
            withhold(match, need=not match.need_readable, achievement=not match.achievement_readable)
            yield match


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, actor: Actor) -> "MatchQuerySet":
        """Matches that the actor may see; of posts not open to the actor they hold the cards (see `disclosure`)."""
        needs, achievements = Need.objects.readable_by(actor), Achievement.objects.readable_by(actor)
        seen: Any = visible(self, actor, "match.view").annotate(
            need_readable=Exists(needs.filter(pk=OuterRef("need_id"))),
            achievement_readable=Exists(achievements.filter(pk=OuterRef("achievement_id"))),
        )
        seen._iterable_class = Screened
        return cast("MatchQuerySet", seen)

    def ranked(self) -> "MatchQuerySet":
        """Best first; equal scores keep their order."""
        return self.order_by("-score", "pk")

    def alive(self) -> "MatchQuerySet":
        """Matches that still wait for somebody's word."""
        return self.filter(status__in=Match.ALIVE)


class Match(Lifecycle):
    """One achievement put before one need, with the score that put it there and the reasons for it."""

    NOUN = "match"

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        ONE_SIDED = "one_sided", _("One side interested")
        MUTUAL = "mutual", _("Mutual interest")
        DECLINED = "declined", _("Declined")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        LAPSED = "lapsed", _("Lapsed")

    class LapseCause(models.TextChoices):
        POST_CLOSED = "post_closed", _("A post is no longer open")
        OUTRANKED = "outranked", _("Others fit better")
        UNANSWERED = "unanswered", _("Nobody answered in time")

    INTEREST: ClassVar = {"action": "express_interest", "label": _("Express interest"), "tone": "primary"}
    DECLINE = Move("decline", "declined", _("Decline"), reasons=DeclineReason, note="optional")
    LAPSE = Move("lapse", "lapsed", _("Let lapse"))
    MOVES: ClassVar = {
        Status.SUGGESTED: {
            Status.ONE_SIDED: Move(**INTEREST, news="interest_expressed", guard=both_posts_open, sets=ANSWER),  # type: ignore[arg-type]
            Status.DECLINED: DECLINE,
            Status.LAPSED: LAPSE,
        },
        Status.ONE_SIDED: {
            Status.MUTUAL: Move(**INTEREST, news="became_mutual", guard=both_posts_open, sets=DECISION),  # type: ignore[arg-type]
            Status.DECLINED: DECLINE,
            Status.LAPSED: LAPSE,
        },
        Status.MUTUAL: {
            Status.APPROVED: Move(
                "approve", "approved", _("Approve"), guard=both_posts_open, note="optional", tone="primary"
            ),
            Status.REFUSED: Move(
                "refuse", "refused", _("Refuse"), reasons=RefuseReason, note="required", tone="danger"
            ),
            Status.DECLINED: DECLINE,
            Status.LAPSED: LAPSE,
        },
        Status.LAPSED: {Status.SUGGESTED: Move("suggest", "suggested_again", _("Suggest again"), sets=ANEW)},
    }
    ALIVE = (Status.SUGGESTED, Status.ONE_SIDED, Status.MUTUAL)

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="matches", verbose_name=_("need"))
    achievement = models.ForeignKey(
        Achievement, on_delete=models.PROTECT, related_name="matches", verbose_name=_("achievement")
    )
    status = models.CharField(
        _("state"), max_length=12, choices=Status.choices, default=Status.SUGGESTED, editable=False
    )
    score = models.FloatField(_("score"))
    sub_scores = models.JSONField(_("parts of the score"), default=dict)
    features = models.JSONField(_("signals"), default=dict)
    matched_terms = models.JSONField(_("matched terms"), default=list)
    requirements = models.JSONField(_("requirements"), default=list)
    reasons = models.JSONField(_("reasons"), default=list)
    passages = models.JSONField(_("passages"), default=list)
    rules = models.JSONField(_("rules that moved it"), default=list)
    engine_version = models.CharField(_("engine"), max_length=80)
    need_revision = models.PositiveIntegerField(_("revision of the need"))
    achievement_revision = models.PositiveIntegerField(_("revision of the achievement"))
    need_hash = models.CharField(_("hash of the need"), max_length=64, blank=True)
    achievement_hash = models.CharField(_("hash of the achievement"), max_length=64, blank=True)
    need_interested_at = models.DateTimeField(_("need's side interested"), null=True)
    achievement_interested_at = models.DateTimeField(_("achievement's side interested"), null=True)
    answer_by = models.DateTimeField(_("lapses if nobody answers by"), null=True)
    announced_at = models.DateTimeField(_("lapse announced"), null=True)
    lapse_cause = models.CharField(_("why it lapsed"), max_length=12, choices=LapseCause.choices, blank=True)
    created_at = models.DateTimeField(_("suggested"), auto_now_add=True)
    scored_at = models.DateTimeField(_("scored"))

    objects = MatchQuerySet.as_manager()
    withheld = False
    """Whether this instance lacks what its reader may not read."""

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "achievement"], name="match_once_per_pair"),
            models.CheckConstraint(
                condition=~Q(status__in=["mutual", "approved"])
                | Q(need_interested_at__isnull=False, achievement_interested_at__isnull=False),
                name="match_mutual_means_both",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="match_score_from_0_to_1"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["need", "-score", "id"], name="match_ranked_for_need"),
            models.Index(fields=["achievement", "-score", "id"], name="match_ranked_for_achievement"),
            models.Index(fields=["status", "id"], name="match_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.need} ⋈ {self.achievement}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.withheld:
            raise TypeError("a match of which something was withheld from its reader cannot be saved")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("matching:match", args=[self.pk])
