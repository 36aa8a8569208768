"""Contracts: their lifecycle, their clauses under negotiation, the frozen versions, signing, and execution."""

from contracts.models.clause import Clause, Comment, Proposal, Side
from contracts.models.contract import Contract, ContractQuerySet
from contracts.models.events import Dispute, ProjectNotice, Settlement
from contracts.models.library import LibraryClause, LibraryQuerySet
from contracts.models.milestone import Deliverable, Milestone
from contracts.models.payment import Payment, RoyaltyReport
from contracts.models.project import Project
from contracts.models.reasons import ReopenReason, SigningRefusal, WithdrawReason
from contracts.models.signing import ContractFile, Level, PreparedSignature, Role, Signature, Signing
from contracts.models.version import ContractVersion

__all__ = [
    "Clause",
    "Comment",
    "Contract",
    "ContractFile",
    "ContractQuerySet",
    "ContractVersion",
    "Deliverable",
    "Dispute",
    "Level",
    "LibraryClause",
    "LibraryQuerySet",
    "Milestone",
    "Payment",
    "PreparedSignature",
    "Project",
    "ProjectNotice",
    "Proposal",
    "ReopenReason",
    "Role",
    "RoyaltyReport",
    "Settlement",
    "Side",
    "Signature",
    "Signing",
    "SigningRefusal",
    "WithdrawReason",
]
