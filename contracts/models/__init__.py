"""Contracts: their lifecycle, the versions in which they were frozen, and their execution."""

from contracts.models.contract import Contract, ContractQuerySet
from contracts.models.events import Dispute, ProjectNotice, Settlement
from contracts.models.milestone import Deliverable, Milestone
from contracts.models.payment import Payment, RoyaltyReport
from contracts.models.project import Project
from contracts.models.reasons import ReopenReason, SigningRefusal, WithdrawReason
from contracts.models.signing import ContractFile, Level, PreparedSignature, Role, Signature, Signing
from contracts.models.version import ContractVersion

__all__ = [
    "Contract",
    "ContractFile",
    "ContractQuerySet",
    "ContractVersion",
    "Deliverable",
    "Dispute",
    "Level",
    "Milestone",
    "Payment",
    "PreparedSignature",
    "Project",
    "ProjectNotice",
    "ReopenReason",
    "Role",
    "RoyaltyReport",
    "Settlement",
    "Signature",
    "Signing",
    "SigningRefusal",
    "WithdrawReason",
]
