"""The frozen contract as data: what is hashed, printed and signed. Functions of their arguments only."""

from contracts.document.canonical import build, canonical, composed, digest, parse, plain
from contracts.document.faults import DocumentFault
from contracts.document.shape import (
    LEVELS,
    ORDER,
    SCHEMA,
    Annex,
    Bilingual,
    Clause,
    Document,
    Level,
    Party,
    Role,
    Signing,
)

__all__ = [
    "LEVELS",
    "ORDER",
    "SCHEMA",
    "Annex",
    "Bilingual",
    "Clause",
    "Document",
    "DocumentFault",
    "Level",
    "Party",
    "Role",
    "Signing",
    "build",
    "canonical",
    "composed",
    "digest",
    "parse",
    "plain",
]
