"""The evidence of a signing: the file, its data, a sealed report, and a script that checks them offline."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import timezone
from django.utils.timezone import localtime

from contracts.evidence.archive import archive
from contracts.evidence.facts import as_json, evidence_of
from contracts.models import ContractFile, Signing
from contracts.paper import typeset
from contracts.paper.printing import moment_of
from contracts.signing import cms, file
from contracts.signing.surroundings import key_folder, roots

FOLDER = Path(__file__).parent
README = FOLDER / "readme.txt"
SCRIPT = FOLDER / "check_evidence.py"
CJK_NAME = "name_zh"


def package_of(signing: Signing, *, at: datetime | None = None) -> bytes:
    """The package as a zip file, made at this moment."""
    return archive(files_of(signing, at or timezone.now()))


def files_of(signing: Signing, at: datetime) -> Mapping[str, bytes]:
    """The files of the package by name; the report comes last because it names the hashes of the others."""
    latest = ContractFile.objects.filter(document=signing.document).latest("number")
    evidence = {**evidence_of(signing), "made_at": at}
    parts = {
        "contract.pdf": bytes(latest.content),
        "contract.json": bytes(signing.document.content),
        "evidence.json": as_json(evidence),
        "authorities.pem": b"".join(each.public_bytes(Encoding.PEM) for each in roots(at)),
    }
    return {
        **parts,
        "report.pdf": sealed(report(evidence, parts, at), at),
        "check_evidence.py": SCRIPT.read_bytes(),
        "readme.txt": README.read_bytes(),
    }


def report(evidence: Mapping[str, Any], parts: Mapping[str, bytes], at: datetime) -> bytes:
    """The report for people: what the evidence says, in both languages."""
    data = {
        "made": moment_of(at),
        "at": shown(at),
        "contract": evidence["contract"],
        "version": evidence["version"],
        "state": evidence["state"],
        "parts": [{"name": name, "sha256": hashlib.sha256(content).hexdigest()} for name, content in parts.items()],
        "files": [{**each, "made_at": shown(each["made_at"])} for each in evidence["files"]],
        "signatures": [line(each) for each in evidence["signatures"]],
    }
    return typeset("report.typ", data)


def line(signature: Mapping[str, Any]) -> dict[str, str]:
    """One signature as the report shows it."""
    organization = signature["organization"] or {"name_zh": "Tenon", "name_en": "", "uscc": ""}
    return {
        "field": signature["field"],
        "organization": organization[CJK_NAME],
        "uscc": organization["uscc"],
        "person": signature["typed_name"],
        "level": signature["level"],
        "at": shown(signature["signed_at"]),
        "stamped": shown(signature["stamped_at"]) if signature["stamped_at"] else "",
        "certificate": signature["certificate"]["sha256"],
        "statement": signature["statement"],
        "after": signature["after_sha256"],
    }


def shown(moment: datetime) -> str:
    """A moment in the platform's time zone, with its offset."""
    return localtime(moment).isoformat(sep=" ", timespec="seconds")


def sealed(pdf: bytes, at: datetime) -> bytes:
    """The report with the platform's seal, which allows no change at all."""
    seal = key_folder().seal(at)
    room = cms.room_for(seal, at=at)
    prepared = file.prepare(pdf, file.PLATFORM, certificate=seal.certificate, at=at, room=room, places=())
    return file.finish(prepared, cms.sign(prepared.digest, seal, at=at))
