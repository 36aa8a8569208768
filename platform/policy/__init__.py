"""Who may do what: the mechanism of one default-deny table.

The rows stand in `config/policy/`; this package knows neither them nor the models they speak of.
"""

from policy.decisions import Decision, allowed, decide, grants_on, visible
from policy.marks import policy
from policy.relations import (
    ANYONE,
    Alongside,
    ByMandate,
    Created,
    Filled,
    Granted,
    Having,
    InScope,
    Lacking,
    Relation,
    Represents,
    Supervises,
    Uninvolved,
    WorksFor,
)
from policy.standing import PLATFORM, VISITOR, Actor, Platform, Scope, Standing, standing_of
from policy.table import Rule, Table, allow, install, table

__all__ = [
    "ANYONE",
    "PLATFORM",
    "VISITOR",
    "Actor",
    "Alongside",
    "ByMandate",
    "Created",
    "Decision",
    "Filled",
    "Granted",
    "Having",
    "InScope",
    "Lacking",
    "Platform",
    "Relation",
    "Represents",
    "Rule",
    "Scope",
    "Standing",
    "Supervises",
    "Table",
    "Uninvolved",
    "WorksFor",
    "allow",
    "allowed",
    "decide",
    "grants_on",
    "install",
    "policy",
    "standing_of",
    "table",
    "visible",
]
