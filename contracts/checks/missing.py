"""What a contract of its kind must say and does not."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contracts.checks.case import Case, Finding, advice, blocking
from contracts.kinds import CLAUSES, KINDS
from contracts.paper import unprintable
from web.wording import running, series


def missing(case: Case) -> Iterator[Finding]:
    """Names, required clauses, and placeholders that nothing fills."""
    yield from names(case)
    yield from clauses(case)
    yield from placeholders(case)
    yield from rows(case)
    yield from characters(case)


def names(case: Case) -> Iterator[Finding]:
    """The project and the three parties are named."""
    if not case.title_zh or not case.title_en:
        yield blocking(
            "no-title", "", "845",
            _("The project has no name in one of the two languages."),
            _("Go back to the draft and give it a name in Chinese and in English."),
        )  # fmt: skip
    if not (case.parties_named.get("client") and case.parties_named.get("provider")):
        yield blocking(
            "no-party", "", "845",
            _("A party lacks its legal name or its unified social credit code."),
            _("Complete the data of the organization."),
        )  # fmt: skip
    if not case.government_joined:
        yield blocking(
            "no-government", "government", "844",
            _("No supervisor has joined as the third party yet."),
            _("Ask the supervisor in charge to join; the page of the contract shows who was asked."),
        )  # fmt: skip


def clauses(case: Case) -> Iterator[Finding]:
    """The clauses that the Civil Code asks of this kind of contract."""
    for key, article in KINDS[case.kind].required.items():
        if case.clause(key) is None:
            yield blocking(
                "no-clause", key, article,
                running([_("The clause “%(name)s” is missing.") % {"name": CLAUSES[key]}, *default(case.kind, key)]),
                _("Withdraw this draft and begin again, or ask an administrator about the clause library."),
            )  # fmt: skip


def default(kind: str, key: str) -> list[str]:
    """What the law says where a clause is silent, as a sentence, if it says anything."""
    said = next((each.text for each in KINDS[kind].silences if each.clause == key), None)
    return [_("Where the contract is silent, the law says: %(text)s") % {"text": said}] if said else []


def placeholders(case: Case) -> Iterator[Finding]:
    """Particulars without which a clause has a hole in it, or has one in one language."""
    for clause in case.clauses:
        article = KINDS[case.kind].required.get(clause.key, "845")
        if clause.key == "risk" and clause.missing:
            yield blocking(
                "no-failure-split", "risk", "858",
                _("Nobody has said who bears the loss if the research fails."),
                _("Agree on a share for each side; the law's default, a reasonable division, leads to disputes."),
            )  # fmt: skip
        elif clause.missing:
            yield blocking(
                "empty-placeholder", clause.key, article,
                _("Still to be filled in: %(labels)s.") % {"labels": series(clause.missing)},
                _("Open the clause and propose what is to stand there."),
            )  # fmt: skip
        if clause.half:
            yield blocking(
                "one-language", clause.key, "466",
                _("There in one language only: %(labels)s.") % {"labels": series(clause.half)},
                _("Write it in the other language too: both texts are signed."),
            )  # fmt: skip
    if case.kind in ("commissioned", "cooperative", "transfer", "licence") and case.clause("inventors") is None:
        yield advice(
            "no-reward", "", "847, 849",
            _("Nothing is said about the persons who made the technology."),
            _("Add what they receive; the law sets a minimum where nothing is agreed."),
        )  # fmt: skip


def rows(case: Case) -> Iterator[Finding]:
    """Instalments say in both languages what they are paid for, and by which day the plan expects that."""
    if case.said("price_form") != "instalments":
        return
    for place, row in enumerate(case.said("instalments") or [], start=1):
        if not row["zh"] or not row["en"]:
            yield blocking(
                "instalment-one-language", "price", "466",
                _("Instalment %(number)s says in one language only what it is paid for.") % {"number": place},
                _("Write it in the other language too: both texts are signed."),
            )  # fmt: skip
        if not row["due"]:
            yield blocking(
                "instalment-without-day", "price", "846",
                _("Instalment %(number)s has no day.") % {"number": place},
                _("Say by which day its condition is expected to be met; reminders and the plan follow it."),
            )  # fmt: skip


def characters(case: Case) -> Iterator[Finding]:
    """Characters that no font of the formal contract has: they would be missing on paper."""
    for clause in case.clauses:
        if strange := unprintable(clause.zh + clause.en):
            yield blocking(
                "unprintable", clause.key, "845",
                _("These characters cannot be printed: %(characters)s.") % {"characters": strange[:20]},
                _("Write the name or the sign in another way."),
            )  # fmt: skip
