"""Contracts: their lifecycle, their clauses under negotiation, and the versions in which they were frozen."""

from contracts.models.clause import Clause, Comment, Proposal, Side
from contracts.models.contract import Contract, ContractQuerySet
from contracts.models.library import LibraryClause, LibraryQuerySet
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
    "Level",
    "LibraryClause",
    "LibraryQuerySet",
    "PreparedSignature",
    "Proposal",
    "ReopenReason",
    "Role",
    "Side",
    "Signature",
    "Signing",
    "SigningRefusal",
    "WithdrawReason",
]
