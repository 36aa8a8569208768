"""Clauses under negotiation: the text in force between the sides, who has accepted it, proposals and comments."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts.models.contract import Contract
from contracts.models.library import LibraryClause
from texts.fields import LineField, ProseField


class Side(models.TextChoices):
    """The two who negotiate; the government cannot even be written down as one of them."""

    CLIENT = "client", _("Client")
    PROVIDER = "provider", _("Provider")

    @property
    def other(self) -> "Side":
        return Side.PROVIDER if self is Side.CLIENT else Side.CLIENT


class Clause(models.Model):
    """One clause of a contract; its texts hold placeholders that the contract's particulars fill.

    Each side accepts a revision; a change makes a new one, so that what was accepted before no longer counts. `version`
    counts every change of text, acceptance or proposal, so that two people cannot decide on different things.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="clauses", verbose_name=_("contract"))
    key = models.CharField(_("clause"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"))
    library = models.ForeignKey(
        LibraryClause, on_delete=models.PROTECT, related_name="uses", verbose_name=_("clause of the library")
    )
    title_zh = LineField(_("title in Chinese"), max_length=60)
    title_en = LineField(_("title in English"), max_length=120)
    body_zh = ProseField(_("text in Chinese"))
    body_en = ProseField(_("text in English"), max_length=16000)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    client_accepted = models.PositiveIntegerField(_("revision that the client accepted"), default=0)
    provider_accepted = models.PositiveIntegerField(_("revision that the provider accepted"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering: ClassVar = ["contract", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "key"], name="contracts_clause_once_per_contract"),
            models.CheckConstraint(
                condition=Q(client_accepted__lte=F("revision"), provider_accepted__lte=F("revision")),
                name="contracts_clause_accepts_what_there_is",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of contract {self.contract_id}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:clause", args=[self.contract_id, self.key])

    @classmethod
    def locked(cls, contract: Contract, key: str) -> "Clause":
        """The row under lock until the transaction ends."""
        return cls.objects.select_for_update(of=("self",), no_key=True).get(contract=contract, key=key)

    def accepted_by(self, side: str) -> bool:
        """Whether this side has accepted the text as it is now."""
        accepted: int = getattr(self, f"{side}_accepted")
        return accepted == self.revision

    @property
    def settled(self) -> bool:
        """Whether both sides have accepted the text as it is now and nothing else is proposed."""
        return self.accepted_by(Side.CLIENT) and self.accepted_by(Side.PROVIDER) and self.open_proposal is None

    @property
    def open_proposal(self) -> "Proposal | None":
        """The proposal that waits for an answer; from memory where `proposals` was fetched beforehand."""
        return next((each for each in self.proposals.all() if not each.outcome), None)

    def waiting_for(self) -> list[Side]:
        """The sides whose turn it is: to answer a proposal, or to accept the text."""
        if proposal := self.open_proposal:
            return [Side(proposal.side).other]
        return [side for side in Side if not self.accepted_by(side)]


class Proposal(models.Model):
    """What one side wants a clause to say, until the other answers; at most one is open for each clause."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        COUNTERED = "countered", _("answered by a counter-proposal")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("clause"))
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    revision = models.PositiveIntegerField(_("revision that it starts from"))
    library = models.ForeignKey(
        LibraryClause, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("clause of the library")
    )
    before_zh = ProseField(_("text before, in Chinese"))
    before_en = ProseField(_("text before, in English"), max_length=16000)
    body_zh = ProseField(_("text in Chinese"))
    body_en = ProseField(_("text in English"), max_length=16000)
    particulars: Any = models.JSONField(_("particulars"), default=dict)
    particulars_before: Any = models.JSONField(_("particulars before"), default=dict)
    note = ProseField(_("why"), max_length=1000, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    created_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    closed_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clause"], condition=Q(outcome=""), name="contracts_proposal_one_open"),
            models.CheckConstraint(
                condition=Q(side__in=["client", "provider"]), name="contracts_proposal_by_one_of_two_sides"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None) | ~Q(outcome="") & Q(closed_at__isnull=False),
                name="contracts_proposal_answered_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal of the {self.side} for {self.clause_id}"


class Comment(models.Model):
    """A remark on a clause that changes nothing in it."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="comments", verbose_name=_("clause"))
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    text = ProseField(_("comment"), max_length=2000)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"comment on {self.clause_id}"
