"""What a frozen contract consists of."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["client", "provider", "government"]
Level: TypeAlias = Literal["platform", "certificate", "external"]

SCHEMA: Literal["tenon.contract/1"] = "tenon.contract/1"
ORDER: tuple[Role, ...] = ("client", "provider", "government")
"""Who signs, in this order: enterprise, university, government."""
LEVELS: tuple[Level, ...] = ("platform", "certificate", "external")
"""The levels of sole control over a signing key, the weakest first: the platform holds it; the signer hands it over for
the moment of signing; it never leaves the signer."""


@dataclass(frozen=True)
class Bilingual:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Party:
    """One of the three who sign; the English name, the address and the representative may be left empty."""

    role: Role
    name_zh: str
    name_en: str
    uscc: str
    address: str
    representative: str


@dataclass(frozen=True)
class Clause:
    """One clause; `key` names what it is about ("price"), `number` is what stands before it ("7" or "7.2")."""

    key: str
    number: str
    title: Bilingual
    body: Bilingual


@dataclass(frozen=True)
class Annex:
    """A file that belongs to the contract, by its hash and its length in bytes."""

    name: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Signing:
    """Who signs in which order, and the weakest level of sole control over a key that this contract admits."""

    order: tuple[Role, ...]
    level: Level


@dataclass(frozen=True)
class Document:
    """A version of a contract as it was frozen."""

    schema: Literal["tenon.contract/1"]
    contract: str
    number: str
    version: int
    type: str
    language: Literal["zh", "en"]
    title: Bilingual
    parties: tuple[Party, ...]
    clauses: tuple[Clause, ...]
    annexes: tuple[Annex, ...]
    signing: Signing

    def party(self, role: str) -> Party:
        """The party in this role; raises KeyError if nobody is."""
        return {str(each.role): each for each in self.parties}[role]
