"""Contracts: their lifecycle, and the versions in which they were frozen."""

from contracts.models.contract import Contract, ContractQuerySet
from contracts.models.reasons import ReopenReason, SigningRefusal, WithdrawReason
from contracts.models.signing import ContractFile, Level, PreparedSignature, Role, Signature, Signing
from contracts.models.version import ContractVersion

__all__ = [
    "Contract",
    "ContractFile",
    "ContractQuerySet",
    "ContractVersion",
    "Level",
    "PreparedSignature",
    "ReopenReason",
    "Role",
    "Signature",
    "Signing",
    "SigningRefusal",
    "WithdrawReason",
]
