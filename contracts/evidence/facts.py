"""What is known about a signing, as JSON values."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from contracts.models import ContractFile, Signature, Signing
from journal.models import Entry

SCHEMA = "tenon.evidence/1"


def evidence_of(signing: Signing) -> dict[str, Any]:
    """Files, signatures and journal of a signing; everything in it can be recomputed from the package."""
    contract, version = signing.contract, signing.document
    files = ContractFile.objects.filter(document=version).order_by("number")
    signatures = signing.signatures.select_related("organization").order_by("number")
    return {
        "schema": SCHEMA,
        "contract": contract.number,
        "version": version.number,
        "state": contract.status,
        "data_sha256": version.sha256,
        "frozen_at": version.frozen_at,
        "signing": {
            "started_at": signing.started_at,
            "deadline_at": signing.deadline_at,
            "completed_at": signing.completed_at,
            "level": signing.level,
        },
        "files": [file_facts(each) for each in files],
        "signatures": [signature_facts(each) for each in signatures],
        "journal": [entry_facts(each) for each in Entry.objects.about(contract)],
    }


def file_facts(file: ContractFile) -> dict[str, Any]:
    """One file: its place in the chain, hash and length."""
    return {
        "number": file.number,
        "sha256": file.sha256,
        "bytes": len(bytes(file.content)),
        "made_at": file.made_at,
    }


def signature_facts(signature: Signature) -> dict[str, Any]:
    """One signature: who, when, with which certificate, and what was shown."""
    organization = signature.organization
    return {
        "number": signature.number,
        "field": signature.role or "platform",
        "organization": {"name_zh": organization.name_zh, "name_en": organization.name_en, "uscc": organization.uscc}
        if organization
        else None,
        "typed_name": signature.typed_name,
        "statement": signature.statement,
        "level": signature.level,
        "certificate": {
            "holder": signature.holder,
            "issuer": signature.issuer,
            "sha256": signature.fingerprint,
            "valid_until": signature.certificate_until,
        },
        "signed_at": signature.signed_at,
        "stamped_at": signature.stamped_at,
        "before_sha256": signature.before_sha256,
        "after_sha256": signature.after_sha256,
    }


def entry_facts(entry: Entry) -> dict[str, Any]:
    """One entry of the journal with the links of its chain."""
    return {
        "stream": entry.stream,
        "sequence": entry.sequence,
        "name": entry.name,
        "actor": entry.actor_id,
        "at": entry.at,
        "data": entry.data,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }


def as_json(values: Any) -> bytes:
    """Values as readable JSON, in the same order each time."""
    return json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
