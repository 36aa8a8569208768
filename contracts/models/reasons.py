"""The structured reasons of a contract's moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WithdrawReason(models.TextChoices):
    TERMS = "terms", _("No agreement on the terms")
    PLANS = "plans", _("Plans have changed")
    TRUST = "trust", _("Doubts about the other side")
    OTHER = "other", _("Another reason")


class ReopenReason(models.TextChoices):
    TERMS = "terms", _("A term has to be negotiated again")
    ERROR = "error", _("There is a mistake in the text")
    PARTY = "party", _("Data of a party have changed")
    OTHER = "other", _("Another reason")


class SigningRefusal(models.TextChoices):
    TEXT = "text", _("The text is not what was agreed")
    AUTHORITY = "authority", _("An approval inside the organization is missing")
    PLANS = "plans", _("Plans have changed")
    OTHER = "other", _("Another reason")
