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


class SuspendReason(models.TextChoices):
    SUPPLY = "supply", _("Materials, data or access are missing")
    TECHNICAL = "technical", _("A technical difficulty has to be examined first")
    FUNDS = "funds", _("Funds are late")
    FORCE = "force", _("An event that nobody could prevent")
    OTHER = "other", _("Another reason")


class DisputeReason(models.TextChoices):
    QUALITY = "quality", _("The result is not as agreed")
    DELAY = "delay", _("Something owed is late")
    PAYMENT = "payment", _("A payment is contested")
    OWNERSHIP = "ownership", _("Rights to results are contested")
    SECRECY = "secrecy", _("Confidentiality was broken")
    OTHER = "other", _("Another reason")


class TerminateReason(models.TextChoices):
    FAILURE = "failure", _("Technical failure that cannot be overcome")
    PUBLIC = "public", _("The technology has become public")
    BREACH = "breach", _("A serious breach of the contract")
    PLANS = "plans", _("Both parties have changed their plans")
    OTHER = "other", _("Another reason")


class ReturnReason(models.TextChoices):
    INCOMPLETE = "incomplete", _("A deliverable is missing")
    FIGURES = "figures", _("A figure does not reach the target")
    EVIDENCE = "evidence", _("The test or its record does not show it")
    DEFECT = "defect", _("A deliverable has a defect")
    OTHER = "other", _("Another reason")


class ContestReason(models.TextChoices):
    MISSING = "missing", _("The money has not arrived")
    AMOUNT = "amount", _("The amount is different")
    OTHER = "other", _("Another reason")
