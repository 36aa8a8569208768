"""One person per role of the demonstration data, and how they log in."""

import json
from dataclasses import dataclass

from launch.project import ROOT

DEMO = ROOT / "seeds" / "demo"
# Loopback only: the demonstration listens on 127.0.0.1.
PASSWORD = "tenon-demo"
MEMBER_ROLES = ("enterprise", "university", "institute", "broker")
OFFICE_ROLES = ("supervisor", "administrator")


@dataclass(frozen=True)
class Login:
    """Somebody who can log in as `role`; `organization` is a code, empty for an administrator."""

    role: str
    email: str
    name: str
    organization: str = ""


def all_logins() -> list[Login]:
    """Everybody in seeds/demo/people.json, a member's role being the kind of the organization."""
    people = json.loads((DEMO / "people.json").read_text(encoding="utf-8"))
    organizations = json.loads((DEMO / "organizations.json").read_text(encoding="utf-8"))
    kinds = {organization["code"]: organization["kind"] for organization in organizations}
    # Managers first: a contributor may not do everything that the role may.
    members = sorted(people["members"], key=lambda person: person["role"] != "manager")
    return [
        Login(kinds[person["organization"]], person["email"], person["name"], person["organization"])
        for person in members
    ] + [
        Login(person["office"], person["email"], person["name"], person.get("organization", ""))
        for person in people["offices"]
    ]


def one_per_role() -> list[Login]:
    """The first login of each role, in the order in which a newcomer should try them."""
    first: dict[str, Login] = {}
    for login in all_logins():
        first.setdefault(login.role, login)
    return [first[role] for role in (*MEMBER_ROLES, *OFFICE_ROLES) if role in first]
