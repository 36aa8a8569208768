"""Contracts: so far the draft that an approved match opens."""

from contracts.models.contract import Contract

__all__ = ["Contract"]
