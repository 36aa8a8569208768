"""A contract's text: which clauses of the library it takes, and how each reads once its placeholders are filled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contracts.kinds import ORDER
from contracts.particulars import PARTICULARS, Particular, Tongue, filled, in_words, placeholders

if TYPE_CHECKING:
    from contracts.models import Clause, Contract, LibraryClause

LANGUAGE_NAMES: Mapping[str, tuple[str, str]] = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}


@dataclass(frozen=True)
class Written:
    """One clause as it reads now: its number, both texts with the placeholders filled, and what is still missing.

    `missing` holds, by language, the keys of the placeholders that nothing fills.
    """

    clause: "Clause"
    number: str
    zh: str
    en: str
    missing: Mapping[Tongue, tuple[str, ...]]

    @property
    def gaps(self) -> list[str]:
        """The placeholders that are empty in either language, each once."""
        return list(dict.fromkeys([*self.missing["zh"], *self.missing["en"]]))


def chosen(library: Iterable["LibraryClause"], kind: str, particulars: Mapping[str, Any]) -> list["LibraryClause"]:
    """The clauses of a contract of this kind, in order; of a clause with variants the one that the particulars choose.

    While nothing is chosen yet, a clause with variants is left out.
    """
    fitting = [each for each in library if kind in each.kinds and fits(each, particulars)]
    return sorted(fitting, key=lambda each: ORDER.index(each.key))


def fits(clause: "LibraryClause", particulars: Mapping[str, Any]) -> bool:
    """Whether the particulars choose this variant."""
    return all(particulars.get(key) in values for key, values in clause.when.items())


def undecided(library: Iterable["LibraryClause"], kind: str, particulars: Mapping[str, Any]) -> list[Particular]:
    """The particulars that choose between variants for this kind of contract and are not said yet."""
    asked = {key for each in library if kind in each.kinds for key in each.when}
    return [each for key, each in PARTICULARS.items() if key in asked and not particulars.get(key)]


def words_of(contract: "Contract", language: Tongue, particulars: Mapping[str, Any] | None = None) -> dict[str, str]:
    """What fills the placeholders in this language: the particulars, the names of the parties, the project's name."""
    said = contract.particulars if particulars is None else particulars
    parties = {"client": contract.client, "provider": contract.provider, "government": contract.government}
    names = {role: party_name(party, language) for role, party in parties.items()}
    place = 0 if language == "zh" else 1
    return {
        **in_words(said, contract.currency, language),
        **names,
        "title": str(getattr(contract, f"title_{language}")),
        "language": LANGUAGE_NAMES[contract.governing_language][place],
    }


def party_name(party: Any, language: Tongue) -> str:
    """The name of an organization in the language of the text, as far as it has one."""
    if party is None:
        return ""
    return str((party.name_en if language == "en" else "") or party.name_zh)


def written(contract: "Contract", clauses: Iterable["Clause"]) -> list[Written]:
    """Every clause as it reads now, in the contract's order."""
    zh, en = words_of(contract, "zh"), words_of(contract, "en")
    return [
        Written(
            clause,
            str(clause.position),
            filled(clause.body_zh, zh, "zh"),
            filled(clause.body_en, en, "en"),
            {"zh": empty(clause.body_zh, zh), "en": empty(clause.body_en, en)},
        )
        for clause in clauses
    ]


def empty(body: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The placeholders of the text for which there are no words."""
    return tuple(key for key in placeholders(body) if not words.get(key))


def asked_in(body: str) -> list[Particular]:
    """The particulars that a text asks for, in the order in which they are declared."""
    held = set(placeholders(body))
    return [each for key, each in PARTICULARS.items() if key in held]
