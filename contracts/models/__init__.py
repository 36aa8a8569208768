"""Contracts: their lifecycle, and the versions in which they were frozen."""

from contracts.models.contract import Contract, ContractQuerySet
from contracts.models.reasons import ReopenReason, SigningRefusal, WithdrawReason
from contracts.models.version import ContractVersion

__all__ = [
    "Contract",
    "ContractQuerySet",
    "ContractVersion",
    "ReopenReason",
    "SigningRefusal",
    "WithdrawReason",
]
