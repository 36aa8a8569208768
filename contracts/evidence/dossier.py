"""The whole case as one download, for an auditor: from the posts to the signatures, with the journal."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from contracts.evidence.archive import archive
from contracts.evidence.facts import as_json, entry_facts
from contracts.evidence.package import files_of
from contracts.models import Contract
from information.models import Achievement, Need
from journal.models import Entry
from matching.models import Match
from matching.sentences import labels_for, why
from policy import allowed

LEFT_OUT = (models.ManyToManyField, models.BinaryField)
README = """\
案件卷宗 / Dossier of one case

need.json, achievement.json  需求与成果 / the posts
match.json                   对接及理由 / the match and its reasons
contract.json                合同概况 / the contract at a glance
journal.json                 日志（哈希链） / the journal with its hash chains
versions/                    各版定稿数据 / every frozen version
signatures/                  签署证据包 / the evidence of the signatures

未列入的部分是下载人无权查看的。
What is not there, the person who downloaded it was not allowed to see.
"""


def dossier_of(contract: Contract, reader: User) -> bytes:
    """The dossier as a zip file, as far as this reader may know of its parts."""
    match = contract.match
    files = {
        "readme.txt": README.encode(),
        **post_file("need.json", Need.objects.visible_to(reader).filter(pk=match.need_id)),
        **post_file("achievement.json", Achievement.objects.visible_to(reader).filter(pk=match.achievement_id)),
        **match_file(match, reader),
        "contract.json": as_json(record_of(contract)),
        "journal.json": as_json(journal(contract, reader)),
    }
    for version in contract.versions.order_by("number"):
        files[f"versions/{version.number}.json"] = bytes(version.content)
    for signing in contract.signings.select_related("document", "contract"):
        evidence = files_of(signing, timezone.now())
        files |= {f"signatures/version-{signing.document.number}/{name}": each for name, each in evidence.items()}
    return archive(files)


def post_file(name: str, found: models.QuerySet[Any]) -> Mapping[str, bytes]:
    """A post, if the reader may see it."""
    post = found.first()
    return {name: as_json(record_of(post))} if post else {}


def match_file(match: Match, reader: User) -> Mapping[str, bytes]:
    """The match and why it was suggested, if the reader may see it."""
    if not allowed(reader, "match.view", match):
        return {}
    return {"match.json": as_json({**record_of(match), "why": why(match, labels_for([match]))})}


def journal(contract: Contract, reader: User) -> list[dict[str, Any]]:
    """The entries about contract, match and posts that the reader may read, in the order of time."""
    match = contract.match
    subjects: list[models.Model] = [match.need, match.achievement, match, contract]
    open_to_reader = [each for each in subjects if allowed(reader, f"{each.NOUN}.history", each)]  # type: ignore[attr-defined]
    entries = [entry for subject in open_to_reader for entry in Entry.objects.about(subject)]
    return [entry_facts(entry) for entry in sorted(entries, key=lambda entry: (entry.at, entry.pk))]


def record_of(instance: models.Model) -> dict[str, Any]:
    """The fields of an object as JSON values; organizations and the like by their primary key."""
    return {
        field.attname: field.value_from_object(instance)
        for field in instance._meta.concrete_fields
        if not isinstance(field, LEFT_OUT)
    }
