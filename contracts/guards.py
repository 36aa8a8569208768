"""What must hold before a contract goes on; asked of the locked contract."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contracts.checks import Case, Finding, Text, findings
from contracts.composing import Written, written
from contracts.particulars import PARTICULARS
from policy import Actor
from web.wording import series

if TYPE_CHECKING:
    from contracts.models import Contract


def pre_check(contract: "Contract") -> list[Finding]:
    """The findings on the contract as its clauses read now. Two queries, besides the parties."""
    clauses = contract.clauses.select_related("library").order_by("position")
    return findings(case_of(contract, written(contract, clauses)))


def case_of(contract: "Contract", clauses: list[Written]) -> Case:
    """The contract as the pre-check looks at it."""
    parties = {"client": contract.client, "provider": contract.provider}
    return Case(
        kind=contract.kind,
        title_zh=contract.title_zh,
        title_en=contract.title_en,
        clauses=[text_of(each) for each in clauses],
        particulars=contract.particulars,
        parties_named={role: bool(party.name_zh and party.uscc) for role, party in parties.items()},
        government_joined=contract.government_joined_at is not None,
    )


def text_of(each: Written) -> Text:
    """One clause; a particular that is missing in both languages is missing, in one of them is half there."""
    zh, en = (
        {label_of(key) for key in keys if key in PARTICULARS} for keys in (each.missing["zh"], each.missing["en"])
    )
    title = each.clause.title_zh
    return Text(each.clause.key, each.number, title, each.zh, each.en, tuple(sorted(zh & en)), tuple(sorted(zh ^ en)))


def label_of(key: str) -> str:
    """What a particular is called in the reader's language."""
    return str(PARTICULARS[key].label)


def settled_and_whole(contract: "Contract", actor: Actor) -> Mapping[str, list[str]]:
    """Both sides have accepted every clause, and the pre-check finds nothing that blocks but a missing third party."""
    open_clauses = [each for each in contract.clauses.prefetch_related("proposals") if not each.settled]
    problems = blocking(contract, but="no-government")
    if not contract.clauses.exists():
        problems.insert(0, _("The contract has no clauses yet."))
    if open_clauses:
        numbers = series(str(each.position) for each in open_clauses)
        problems.insert(0, _("Not yet accepted by both sides: clause %(numbers)s.") % {"numbers": numbers})
    return {"": problems} if problems else {}


def whole(contract: "Contract", actor: Actor) -> Mapping[str, list[str]]:
    """The pre-check finds nothing that blocks, and the government has joined."""
    problems = blocking(contract)
    return {"": problems} if problems else {}


def blocking(contract: "Contract", *, but: str = "") -> list[str]:
    """What blocks, as sentences with the number of the clause before them."""
    numbers = dict(contract.clauses.values_list("key", "position"))
    found = [each for each in pre_check(contract) if each.blocking and each.code != but]
    return [f"{numbers[each.clause]}: {each.what}" if each.clause in numbers else str(each.what) for each in found]


def decided(contract: "Contract", actor: Actor) -> Mapping[str, list[str]]:
    """The project has its names, and the questions on which the choice of clauses depends are answered."""
    problems: dict[str, list[str]] = {}
    for language in ("zh", "en"):
        if not getattr(contract, f"title_{language}"):
            problems[f"title_{language}"] = [_("Give the project a name in both languages.")]
    for key in selectors(contract.kind):
        if not contract.particulars.get(key):
            problems[key] = [_("Decide: %(label)s.") % {"label": PARTICULARS[key].label}]
    return problems


def selectors(kind: str) -> list[str]:
    """The particulars by which the clauses of this kind of contract are chosen."""
    development = kind in ("commissioned", "cooperative")
    return [key for key, each in PARTICULARS.items() if each.selects and (key != "ip_option" or development)]
