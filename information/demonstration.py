"""The demonstration's organizations, people and posts, brought in through the use cases that people have."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Office, Organization, User
from information import services
from information.importing.columns import MODELS, Terms, fields_of
from taxonomy.models import Chain, Region


class Demonstration:
    """The files of one folder. Each method brings in what is not there yet; a second run changes nothing."""

    def __init__(self, folder: Path, *, password: str) -> None:
        self.folder = folder
        self.password = password
        self.terms = Terms()
        self.created: Counter[str] = Counter()

    @property
    def codes(self) -> dict[str, str]:
        """The unified social credit code of each organization by the code that the files use."""
        return {row["code"]: row["uscc"] for row in self.read("organizations.json")}

    def load(self) -> None:
        """Organizations, people, published posts, and posts that wait for an administrator."""
        self.load_organizations()
        self.load_people()
        for kind in ("need", "achievement"):
            for row in self.lines(f"{kind}s-*.jsonl"):
                self.post(kind, row, publish=True)
        for row in self.lines("queue.jsonl"):
            self.post(row.pop("kind"), row, publish=False)

    @transaction.atomic
    def load_organizations(self) -> None:
        for row in self.read("organizations.json"):
            fields = {name: row[name] for name in ("kind", "name_zh", "name_en", "about_zh", "about_en")}
            fields["region"] = self.terms.get(Region, row["region"])
            fields["status"] = row.get("status", Organization.Status.VERIFIED.value)
            organization, created = Organization.objects.get_or_create(uscc=row["uscc"], defaults=fields)
            if created:
                organization.full_clean()
                self.created["organizations"] += 1

    @transaction.atomic
    def load_people(self) -> None:
        people, codes = self.read("people.json"), self.codes
        for row in people["members"]:
            organization = Organization.objects.get(uscc=codes[row["organization"]])
            Membership.objects.get_or_create(
                user=self.person(row), organization=organization, until=None, defaults={"role": row["role"]}
            )
        for row in people["offices"]:
            Office.objects.get_or_create(
                user=self.person(row),
                kind=row["office"],
                organization=Organization.objects.get(uscc=codes[row["organization"]])
                if "organization" in row
                else None,
                region=self.terms.get(Region, row["region"]) if "region" in row else None,
                chain=self.terms.get(Chain, row["chain"]) if "chain" in row else None,
                until=None,
            )

    def person(self, row: dict[str, Any]) -> User:
        """The user of this e-mail address."""
        user = User.objects.filter(email__iexact=row["email"]).first()
        if user is None:
            language = row.get("language", "zh-hans")
            user = User.objects.create_user(row["email"], self.password, name=row["name"], language=language)
            self.created["people"] += 1
        return user

    @transaction.atomic
    def post(self, kind: str, row: dict[str, Any], *, publish: bool) -> None:
        """Let the organization's manager write and submit a post, and an administrator publish it."""
        owner = Organization.objects.get(uscc=self.codes[row.pop("organization")])
        if MODELS[kind]._default_manager.filter(owner=owner, external_id=row["external_id"]).exists():
            return
        if days := row.pop("deadline_in_days", None):
            row["deadline"] = (timezone.localdate() + timedelta(days=days)).isoformat()
        manager = manager_of(owner)
        post = services.draft(MODELS[kind], fields_of(kind, row, self.terms), owner=owner, by=manager)
        services.submit(post, by=manager, version=post.version)
        if publish:
            services.publish(post, by=administrator(), version=post.version)
        self.created[f"{kind}s {'published' if publish else 'to be verified'}"] += 1

    def read(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def lines(self, pattern: str) -> Iterator[dict[str, Any]]:
        """The objects in the JSON Lines files of this pattern, in the order of the files' names."""
        for path in sorted(self.folder.glob(pattern)):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip():
                    yield json.loads(line)

    def intended(self) -> list[dict[str, Any]]:
        """The pairs that were written for each other: {"need", "achievement", "near_misses"}, by external id."""
        return [pair for path in sorted(self.folder.glob("intended-*.json")) for pair in self.read(path.name)]


def manager_of(organization: Organization) -> User:
    """The first who may speak for the organization."""
    return User.objects.filter(
        memberships__in=Membership.objects.current().filter(organization=organization, role="manager")
    ).earliest("pk")


def administrator() -> User:
    """The first administrator of the platform."""
    return User.objects.filter(offices__in=Office.objects.current().filter(kind="administrator")).earliest("pk")
