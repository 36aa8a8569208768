"""The pre-check: everything in a contract that is missing, contradictory, or would be refused at registration."""

from contracts.checks.case import Case, Finding, Severity, Text
from contracts.checks.contradictions import contradictions
from contracts.checks.missing import missing
from contracts.checks.registration import registration

__all__ = ["Case", "Finding", "Severity", "Text", "findings"]


def findings(case: Case) -> list[Finding]:
    """Everything found, what blocks first, in the order of the clauses."""
    order = {clause.key: place for place, clause in enumerate(case.clauses)}
    found = [*missing(case), *contradictions(case), *registration(case)]
    return sorted(found, key=lambda each: (not each.blocking, order.get(each.clause, -1)))
