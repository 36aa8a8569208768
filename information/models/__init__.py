"""What the floor of information release keeps."""

from information.models.achievement import Achievement
from information.models.catalogue import FacetTerm, KnownWord, Listing, ListingQuerySet, ListingWords
from information.models.grant import Grant
from information.models.imports import Import, ImportRow
from information.models.need import Need
from information.models.post import Post, PostQuerySet, RejectReason, ReturnReason, WithdrawReason

__all__ = [
    "Achievement",
    "FacetTerm",
    "Grant",
    "Import",
    "ImportRow",
    "KnownWord",
    "Listing",
    "ListingQuerySet",
    "ListingWords",
    "Need",
    "Post",
    "PostQuerySet",
    "RejectReason",
    "ReturnReason",
    "WithdrawReason",
]
