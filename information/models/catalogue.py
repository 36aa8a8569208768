"""What the catalogue keeps of each published post, so that finding and counting stay fast."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization

FAR_OFF = date(9999, 12, 31)
"""Stands for "no such day", so that every order has a value for every post."""


class FacetTerm(models.Model):
    """A value by which posts are counted, under a small number: facet "node", code "cnc.bearings" is number 17."""

    id = models.SmallAutoField(primary_key=True)
    facet = models.CharField(max_length=16)
    code = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("facet value")
        verbose_name_plural = _("facet values")
        constraints: ClassVar = [models.UniqueConstraint(fields=["facet", "code"], name="information_facet_term_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.code}"


class ListingQuerySet(models.QuerySet[Any]):
    def valid(self) -> "ListingQuerySet":
        """Those that are still valid by the clock; what is not published has no listing at all."""
        return self.filter(valid_through__gte=timezone.localdate())


class Listing(models.Model):
    """A published post as the catalogue sees it: narrow, because counting reads all rows of it.

    Carries the columns of which the policy's rows speak (`owner`, `status`, `visibility`), so that the rows decide
    here as they do on the posts.
    """

    kind = models.CharField(max_length=12)
    post_id = models.BigIntegerField()
    owner = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=12)
    visibility = models.CharField(max_length=8)
    valid_through = models.DateField(default=FAR_OFF)
    published_at = models.DateTimeField()
    deadline = models.DateField(default=FAR_OFF)
    budget = models.BigIntegerField(default=0)
    trl = models.PositiveSmallIntegerField(default=0)
    terms = ArrayField(models.IntegerField(), default=list)
    packed = models.BinaryField(default=b"")
    noted = models.BooleanField(default=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "post_id"], name="information_listing_once_per_post")
        ]
        indexes: ClassVar = [
            GinIndex(fields=["terms"], name="information_listing_terms"),
            *(
                models.Index(fields=["kind", *order], name=f"information_listing_{name}")
                for name, order in {
                    "news": ("-published_at", "-id"),
                    "due": ("deadline", "id"),
                    "budget": ("-budget", "-id"),
                    "trl": ("-trl", "-id"),
                }.items()
            ),
            models.Index(fields=["-published_at", "-id"], name="information_listing_all_news"),
            models.Index(fields=["id"], condition=Q(noted=False), name="information_listing_not_noted"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.post_id}"


class ListingWords(models.Model):
    """The words of a listing, apart from it because they are wide.

    Title A, keywords B, summary and terms C, full text D, the last only where it is open to all who see the post.
    Words of title and keywords stand there a second time with "=" before them: whether a word is one of those can
    then be told from the index alone.
    """

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, primary_key=True, related_name="text")
    vector = SearchVectorField()

    class Meta:
        verbose_name = _("words of a listing")
        verbose_name_plural = _("words of listings")
        indexes: ClassVar = [GinIndex(fields=["vector"], name="information_listing_words", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.listing_id)


class KnownWord(models.Model):
    """A word that some post has used: what typing errors are compared with, and what is offered while typing.

    Never shown as it is: a suggestion is made only if it finds something that its reader may see.
    """

    text = models.CharField(max_length=80, unique=True)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        indexes: ClassVar = [GinIndex(OpClass("text", name="gin_trgm_ops"), name="information_known_word_alike")]

    def __str__(self) -> str:
        return self.text
