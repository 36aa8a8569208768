"""Check the evidence of a contract's signatures without the platform; needs Python and pyhanko.

    python3 check_evidence.py [folder]

Ends with 0 if everything holds, else with 1 and a line for each fault.
"""

import asyncio
import hashlib
import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import read_certification_data
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def faults(folder: Path) -> list[str]:
    """Everything that does not hold."""
    evidence = json.loads((folder / "evidence.json").read_bytes())
    contract = (folder / "contract.pdf").read_bytes()
    roots = [
        x509.Certificate.load(der)
        for _, _, der in pem.unarmor((folder / "authorities.pem").read_bytes(), multiple=True)
    ]
    found = []
    if sha256((folder / "contract.json").read_bytes()) != evidence["data_sha256"]:
        found.append("contract.json is not the data that were frozen")
    found += chain(evidence, contract)
    signatures = evidence["signatures"]
    found += signed(
        contract, [(s["field"], s["certificate"]["sha256"], moment(s["signed_at"])) for s in signatures], roots
    )
    found += reported(folder, moment(evidence["made_at"]), roots)
    return found


def chain(evidence: dict[str, Any], contract: bytes) -> list[str]:
    """Every earlier file is the beginning of the last one, and every signature lies between two of them."""
    found, files = [], evidence["files"]
    if files[-1]["sha256"] != sha256(contract):
        found.append("contract.pdf is not the file that was signed last")
    for each in files:
        if sha256(contract[: each["bytes"]]) != each["sha256"]:
            found.append(f"file {each['number']} is not the beginning of contract.pdf")
    for each, before, after in zip(evidence["signatures"], files, files[1:], strict=False):
        if (each["before_sha256"], each["after_sha256"]) != (before["sha256"], after["sha256"]):
            found.append(
                f"signature {each['number']} does not lie between files {before['number']} and {after['number']}"
            )
    return found


def signed(pdf: bytes, expected: list[tuple[str, str, datetime]], roots: list[x509.Certificate]) -> list[str]:
    """Every signature of the file: the expected ones in order, each valid at its time, the last over the whole file."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        embedded = list(reader.embedded_signatures)
        if [one.field_name for one in embedded] != [field for field, _, _ in expected]:
            return ["the signatures are not those expected"]
        found = [f for one, due in zip(embedded, expected, strict=True) for f in of_signature(one, due, roots)]
        certified = read_certification_data(reader)
        if certified is None or certified.permission not in (MDPPerm.FILL_FORMS, MDPPerm.NO_CHANGES):
            found.append("the file is not certified")
        if embedded[-1].evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
            found.append("the last signature does not cover the whole file")
        return found
    # A damaged file may raise anything at all.
    except Exception as fault:  # noqa: BLE001
        return [f"the file cannot be read: {fault}"]


def of_signature(one: Any, due: tuple[str, str, datetime], roots: list[x509.Certificate]) -> list[str]:
    """What is wrong with one signature."""
    field, fingerprint, at = due
    context = ValidationContext(trust_roots=roots, moment=at, allow_fetching=False)
    status = asyncio.run(async_validate_pdf_signature(one, context, key_usage_settings=USAGE))
    level = status.modification_level or ModificationLevel.OTHER
    checks = {
        "is not valid": status.intact and status.valid,
        "is not from a trusted authority": status.trusted,
        "was followed by changes": level <= ModificationLevel.FORM_FILLING and status.docmdp_ok,
        "was made with another certificate": sha256(one.signer_cert.dump()) == fingerprint,
    }
    return [f"the signature {field} {words}" for words, holds in checks.items() if not holds]


def reported(folder: Path, at: datetime, roots: list[x509.Certificate]) -> list[str]:
    """The sealed report stands for the other files."""
    report = (folder / "report.pdf").read_bytes()
    try:
        seal = next(iter(PdfFileReader(io.BytesIO(report)).embedded_signatures)).signer_cert
    except Exception as fault:  # noqa: BLE001
        return [f"report.pdf cannot be read: {fault}"]
    found = signed(report, [("platform", sha256(seal.dump()), at)], roots)
    stated = json.loads((folder / "evidence.json").read_bytes())["signatures"][0]["certificate"]["sha256"]
    if sha256(seal.dump()) != stated:
        found.append("report.pdf is sealed with another certificate than the contract")
    return [f"report.pdf: {each}" for each in found]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for _, _, der in pem.unarmor((folder / "authorities.pem").read_bytes(), multiple=True):
        print(f"trusted: {x509.Certificate.load(der).subject.human_friendly}, SHA-256 {sha256(der)}")
    found = faults(folder)
    for each in found:
        print(f"FAULT: {each}")
    print("Everything holds." if not found else f"{len(found)} fault(s): do not rely on this contract.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
