"""What needs and achievements have in common, above all their lifecycle."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self, cast

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.query import ModelIterable
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from information.records import Rows
from journal.lifecycle import Lifecycle, Move
from policy import Actor, standing_of, visible
from taxonomy.models import ChainNode, Industry, Region
from texts.fields import LineField, ProseField

moved_together = Signal()
"""Sent with `posts` in the transaction in which many were moved by one statement, which sends no `post_save`."""
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_public_id() -> str:
    """A short random name for addresses, without characters that are easily confused."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


class ReturnReason(models.TextChoices):
    UNCLEAR = "unclear", _("The text is unclear")
    NO_FIGURES = "no_figures", _("Figures, units or test methods are missing")
    RIGHTS = "rights", _("Ownership or confidentiality is unsettled")
    OTHER = "other", _("Something else")


class RejectReason(models.TextChoices):
    OFF_TOPIC = "off_topic", _("It is not a technical need or achievement")
    UNTRUE = "untrue", _("Its statements cannot be true")
    ILLEGAL = "illegal", _("It breaks a law or a right of others")
    DUPLICATE = "duplicate", _("It is published already")


class WithdrawReason(models.TextChoices):
    SOLVED = "solved", _("Solved elsewhere")
    CHANGED = "changed", _("Plans have changed")
    MISTAKE = "mistake", _("Published by mistake")


def ready_to_submit(post: "Post", actor: Actor) -> Mapping[str, list[str]]:
    """What an administrator needs to be able to judge a post at all."""
    return post.gaps()


class Screened(ModelIterable):  # type: ignore[type-arg]
    """Posts on their way out of the database, the ones that the reader may not read without their full text."""

    def __iter__(self) -> Iterator[Any]:
        for post in super().__iter__():
            if not post.readable:
                post.withhold()
            yield post


class PostQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Published and, by the clock, still valid: what is listed, searched and matched."""
        today = timezone.localdate()
        return self.filter(Q(valid_through=None) | Q(valid_through__gte=today), status=Post.Status.PUBLISHED)

    def visible_to(self, actor: Actor) -> Self:
        """Posts of which the actor may see at least the card; of those not open to the actor nothing else is loaded.

        Such a post comes with `withheld` set and every field empty that is not on its card, whoever asks for it and
        for what: a page, the API, a list, an export. Filters on fields that are not on the card go through `within`.
        """
        seen: Any = visible(self, actor, f"{self.model.NOUN}.view").annotate(
            readable=Exists(self.model.objects.readable_by(actor).filter(pk=OuterRef("pk")))
        )
        seen._iterable_class = Screened
        return cast("Self", seen)

    def readable_by(self, actor: Actor) -> Self:
        """Posts that are open to the actor in full."""
        return visible(self, actor, f"{self.model.NOUN}.read")  # type: ignore[return-value]

    def within(self, condition: Q) -> Q:
        """A condition on fields that are not on the card, as one that posts withheld from the reader never meet.

        Otherwise whether a post is found, or counted, would tell what it says.
        """
        return condition & Q(readable=True) if "readable" in self.query.annotations else condition

    def belonging_to(self, actor: Actor) -> Self:
        """Posts of the organizations for which the actor works."""
        return self.filter(owner_id__in=standing_of(actor).works_for)

    def mentioning(self, words: str) -> Self:
        """Posts in whose title, summary or keywords each of the words occurs, in either language."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title_zh__icontains=word)
                | Q(title_en__icontains=word)
                | Q(summary_zh__icontains=word)
                | Q(summary_en__icontains=word)
                | self.within(Q(keywords_zh__icontains=word) | Q(keywords_en__icontains=word))
            )
        return found

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")


class Post(Lifecycle):
    """Something published in Chinese, English or both: a need or an achievement."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned for changes")
        REJECTED = "rejected", _("Rejected")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everybody")
        MEMBERS = "members", _("Members only")
        INTEREST = "interest", _("Members see the card; the full text opens after mutual interest")
        NDA = "nda", _("Members see the card; the full text opens after both sides signed an NDA")

    class Origin(models.TextChoices):
        HUMAN = "human", _("Written by a person")
        MACHINE = "machine", _("Translated by machine")
        STALE = "stale", _("Translation older than the original")

    SUBMIT = Move(
        "submit",
        "submitted",
        _("Submit for verification"),
        guard=ready_to_submit,
        tone="primary",
        # Nothing can be edited while it waits, so the queue's order is that of the submissions.
        sets={"edited_at": timezone.now},
    )
    ASKED_OF: ClassVar = ("owner",)
    MOVES: ClassVar = {
        Status.DRAFT: {Status.SUBMITTED: SUBMIT},
        Status.SUBMITTED: {
            Status.PUBLISHED: Move(
                "publish",
                "published",
                _("Publish"),
                guard=ready_to_submit,
                tone="primary",
                sets={"published_at": timezone.now},
            ),
            Status.RETURNED: Move("return", "returned", _("Return for changes"), reasons=ReturnReason, note="required"),
            Status.REJECTED: Move(
                "reject", "rejected", _("Reject"), reasons=RejectReason, note="optional", tone="danger"
            ),
        },
        Status.RETURNED: {Status.SUBMITTED: SUBMIT},
        Status.PUBLISHED: {
            Status.WITHDRAWN: Move(
                "withdraw", "withdrawn", _("Withdraw"), reasons=WithdrawReason, note="optional", tone="danger"
            ),
        },
    }

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("organization")
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    external_id = LineField(_("external id"), max_length=80, blank=True)
    title_zh = LineField(_("title in Chinese"), max_length=120, blank=True)
    title_en = LineField(_("title in English"), max_length=240, blank=True)
    summary_zh = ProseField(_("summary in Chinese"), max_length=600, blank=True)
    summary_en = ProseField(_("summary in English"), max_length=1200, blank=True)
    keywords_zh = ArrayField(
        LineField(max_length=40), size=12, default=list, blank=True, verbose_name=_("keywords in Chinese")
    )
    keywords_en = ArrayField(
        LineField(max_length=60), size=12, default=list, blank=True, verbose_name=_("keywords in English")
    )
    origin_zh = models.CharField(
        _("origin of the Chinese text"), max_length=8, choices=Origin.choices, default=Origin.HUMAN
    )
    origin_en = models.CharField(
        _("origin of the English text"), max_length=8, choices=Origin.choices, default=Origin.HUMAN
    )
    chain_nodes = models.ManyToManyField(
        ChainNode, blank=True, related_name="%(class)ss", verbose_name=_("chain nodes")
    )
    industries = models.ManyToManyField(Industry, blank=True, related_name="%(class)ss", verbose_name=_("industries"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    visibility = models.CharField(
        _("who may read it"), max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    valid_through = models.DateField(_("valid through"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    edited_at = models.DateTimeField(_("last edited"), auto_now=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    evidence_files: int
    """How many checked files it has; only where a query counted them."""
    TEXT: ClassVar[str]
    """The stem of the field that holds the main text."""
    ON_THE_CARD: ClassVar = frozenset(
        {
            "id", "public_id", "owner_id", "created_by_id", "type", "type_id", "title_zh", "title_en", "summary_zh",
            "summary_en", "origin_zh", "origin_en", "region_id", "visibility", "valid_through", "revision", "version",
            "status", "created_at", "edited_at", "published_at",
        }
    )  # fmt: skip
    """Fields that a reader sees to whom the post is not open; with chain nodes and industries, that is all."""
    withheld = False
    """Whether this instance holds no more than what is on the card."""

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "external_id"],
                condition=~Q(external_id=""),
                name="%(app_label)s_%(class)s_once_per_external_id",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-published_at", "-id"], name="%(app_label).4s_%(class)s_news", condition=Q(status="published")
            ),
            models.Index(fields=["status", "edited_at"], name="%(app_label).4s_%(class)s_queue"),
        ]

    def __str__(self) -> str:
        return self.title_zh or self.title_en or self.public_id

    @property
    def is_open(self) -> bool:
        """Published and still valid by the clock, as `PostQuerySet.open` selects."""
        valid = self.valid_through is None or self.valid_through >= timezone.localdate()
        return self.status == Post.Status.PUBLISHED and valid

    def get_absolute_url(self) -> str:
        """The post's page."""
        return reverse(f"information:{self.NOUN}", args=[self.public_id])

    def withhold(self) -> None:
        """Empty every field that is not on the card. Such an instance can be shown but not saved."""
        for field in self._meta.concrete_fields:
            if field.attname not in self.ON_THE_CARD:
                setattr(self, field.attname, None if field.null else field.get_default())
        self.withheld = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.withheld:
            raise TypeError("a post whose text was withheld from its reader cannot be saved")
        super().save(*args, **kwargs)

    @classmethod
    def move_alike(cls, ones: Sequence[Self], to: str, move: Move, by: Actor, data: Mapping[str, Any]) -> None:
        super().move_alike(ones, to, move, by, data)
        moved_together.send(sender=cls, posts=ones)

    def gaps(self) -> dict[str, list[str]]:
        """What is still missing for a submission, by field."""
        gaps: dict[str, list[str]] = {}
        if not (self.title_zh.strip() or self.title_en.strip()):
            gaps["title_zh"] = [_now("Give it a title, in Chinese or English.")]
        if not any(getattr(self, f"{self.TEXT}_{language}").strip() for language in ("zh", "en")):
            gaps[f"{self.TEXT}_zh"] = [_now("Describe it, in Chinese or English.")]
        return gaps

    def clean(self) -> None:
        super().clean()
        self.check_rows()
        if self.valid_through and self.pk is None and self.valid_through < timezone.localdate():
            raise ValidationError({"valid_through": _("This day has passed.")})

    def check_rows(self) -> None:
        """Hold empty values of the structured fields to their validators too, which Django passes over."""
        for field in self._meta.fields:
            for check in field.validators:
                if isinstance(check, Rows):
                    try:
                        check(getattr(self, field.name))
                    except ValidationError as fault:
                        raise ValidationError({field.name: fault.messages}) from fault
