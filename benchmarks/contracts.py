"""What a formal contract costs, and whether it holds: `make bench-contracts` (a table, and one line of JSON last).

Freezing and printing a contract of ten pages in both languages, one signature, strict verification of a fully signed
file; fifty requests to sign at once; a corpus of tampered files. CPU seconds of this process, the median of several.
"""

import io
import json
import logging
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from tempfile import TemporaryDirectory
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import override_settings, setup_databases, teardown_databases  # noqa: E402
from pypdf import PdfReader, PdfWriter  # noqa: E402

from contracts.document import ORDER, SCHEMA, Bilingual, Clause, Document, Party, Signing, canonical  # noqa: E402
from contracts.paper import Paper, print_contract  # noqa: E402
from contracts.signing import cms, file  # noqa: E402
from contracts.signing.certificates import Identity, fingerprint, issue, make_root  # noqa: E402
from contracts.signing.strict import Expected, verify  # noqa: E402

AT = datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC)
REPEATS, FLIPS, PARALLEL = 5, int(os.environ.get("TENON_FLIPS", "1000")), 50
ZH = "受托方应当按照本合同约定的技术指标完成研究开发工作，并按期交付研究开发成果；委托方应当按约定支付费用。"
EN = "The provider does the research to the targets of this contract and delivers in time; the client pays as agreed. "
NAMES = ("沈阳精工机床有限公司", "东北理工大学", "沈阳市科学技术局")
CODES = ("91350100M000100Y43", "91110108551385082Q", "91110000600037341L")


def contract(clauses: int = 34) -> Document:
    """A contract between three parties that fills ten pages."""
    texts = [(ZH * 4 + str(n), EN * 4 + str(n)) for n in range(1, clauses + 1)]
    return Document(
        SCHEMA,
        "benchmark",
        "TC-2026-00001",
        1,
        "commissioned",
        "zh",
        Bilingual("高速主轴冷却技术开发", "Cooling for a high-speed spindle"),
        tuple(Party(role, NAMES[n], "", CODES[n], "", "") for n, role in enumerate(ORDER)),
        tuple(
            Clause(f"c{n}", str(n), Bilingual(f"条款{n}", f"Clause {n}"), Bilingual(zh, en))
            for n, (zh, en) in enumerate(texts, 1)
        ),
        (),
        Signing(ORDER, "platform"),
    )


@cache
def identities() -> tuple[Identity, dict[str, Identity]]:
    """An authority, and the certificates of the platform and of the three parties."""
    root = make_root("Benchmark", AT)
    holders = [(file.PLATFORM, "Tenon", ""), *zip(ORDER, NAMES, CODES, strict=True)]
    return root, {field: issue(root, organization=name, person=name, uscc=code, at=AT) for field, name, code in holders}


def add_signature(pdf: bytes, field: str, paper: Paper, number: int) -> bytes:
    """The file with one more signature."""
    signer, at = identities()[1][field], AT + timedelta(minutes=number)
    places = paper.places if field == file.PLATFORM else None
    room = cms.room_for(signer, at=at)
    hole = file.prepare(pdf, field, certificate=signer.certificate, at=at, room=room, places=places)
    return file.finish(hole, cms.sign(hole.digest, signer, at=at))


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of the work (median), and what it gave."""
    taken, made = [], None
    for _ in range(REPEATS):
        before = time.process_time()
        made = work()
        taken.append(time.process_time() - before)
    return statistics.median(taken), made


def tampered(files: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """(kind, file) for everything that is done to a signed file."""
    last, chance = files[-1], random.Random(20261125)
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(last)), chance.randrange(8)
        yield "bit flipped", last[:place] + bytes([last[place] ^ (1 << bit)]) + last[place + 1 :]
    for _ in range(50):
        yield "cut short", last[: chance.randrange(len(last))]
    for junk in (b"\n", b" ", b"\0", b"junk", b"%%EOF", b"\0" * 4096, last):
        yield "added to", last + junk
    hole = last.index(b">", last.rindex(b"/Contents <"))
    yield "padded in the hole", last[:hole] + b"00" + last[hole:]
    writer, output = PdfWriter(clone_from=PdfReader(io.BytesIO(last))), io.BytesIO()
    writer.write(output)
    yield "saved again", output.getvalue()
    for earlier in files[:-1]:
        yield "last signature cut off", earlier
    paper = print_contract(contract(), AT)
    forged = files[0]
    root, mine = make_root("Benchmark", AT), identities()[1]
    for number, field in enumerate(mine):
        signer, at = issue(root, organization="x", person="x", uscc="", at=AT), AT + timedelta(minutes=number)
        places = paper.places if field == file.PLATFORM else None
        room = cms.room_for(signer, at=at)
        prepared = file.prepare(forged, field, certificate=signer.certificate, at=at, room=room, places=places)
        forged = file.finish(prepared, cms.sign(prepared.digest, signer, at=at))
    yield "authority that looks alike", forged


def parallel() -> int:
    """How many of fifty requests to sign for one party at once succeed; a file that forks would be one more."""
    from contracts import services
    from contracts.models import ContractFile
    from journal.errors import DomainError
    from tests.contracts.signers import case, intent

    started = case().start()
    by, signing, version = started.people["client"], started.signing, started.fresh().version
    barrier, outcomes = threading.Barrier(PARALLEL), Counter[str]()

    def attempt() -> None:
        try:
            barrier.wait()
            services.sign(signing, by=by, version=version, intent=intent(by))
            outcomes["signed"] += 1
        except DomainError:
            outcomes["refused"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(PARALLEL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    forks = ContractFile.objects.filter(document=signing.document).count() - 3
    return outcomes["signed"] + forks if sum(outcomes.values()) == PARALLEL else -1


def fully_signed(paper: Paper) -> tuple[float, list[bytes], list[Expected]]:
    """CPU seconds of the slowest signature, the file after each, and what should be in the last."""
    files, times, expected = [paper.pdf], [], []
    for number, (field, one) in enumerate(identities()[1].items()):
        taken, signed = cpu(partial(add_signature, files[-1], field, paper, number))
        times.append(taken)
        files.append(signed)
        expected.append(Expected(field, fingerprint(one.certificate), AT + timedelta(minutes=number)))
    return max(times), files, expected


def corpus(files: list[bytes], good: Callable[[bytes], bool]) -> tuple[Counter[str], Counter[str]]:
    """How many tampered files there are of each kind, and how many of them were refused."""
    total, refused = Counter[str](), Counter[str]()
    for kind, changed in tampered(files):
        total[kind] += 1
        refused[kind] += not good(changed)
    return total, refused


def signed_at_once() -> int:
    """`parallel` in a database and with keys that are thrown away."""
    old = setup_databases(verbosity=0, interactive=False)
    with TemporaryDirectory() as folder, override_settings(SIGNING_LEVEL="platform", SIGNING_FOLDER=folder):
        try:
            return parallel()
        finally:
            teardown_databases(old, verbosity=0)


def main() -> int:
    logging.disable(logging.CRITICAL)
    text = contract()
    pdf_cpu, paper = cpu(lambda: (canonical(text), print_contract(text, AT))[1])
    sign_cpu, files, expected = fully_signed(paper)
    known, roots = {file.digest_of(files[-1])}, [identities()[0].certificate]
    verify_cpu, _ = cpu(lambda: verify(files[-1], known=known, expected=expected, roots=roots))
    good = [
        verify(each, known={file.digest_of(each)}, expected=expected[:number], roots=roots).good
        for number, each in enumerate(files[1:], 1)
    ]
    total, refused = corpus(files, lambda each: verify(each, known=known, expected=expected, roots=roots).good)
    succeeded, pages = signed_at_once(), len(PdfReader(io.BytesIO(paper.pdf)).pages)
    rows = [
        (f"a contract of {pages} pages, frozen and printed", f"{pdf_cpu:.3f} s CPU"),
        ("the slowest of four signatures", f"{sign_cpu:.3f} s CPU"),
        ("strict verification, fully signed", f"{verify_cpu:.3f} s CPU"),
        (f"of {PARALLEL} who sign at once succeed", str(succeeded)),
        *((f"{kind}, refused", f"{refused[kind]} of {count}") for kind, count in total.items()),
        ("untouched, accepted", f"{sum(good)} of {len(good)}"),
    ]
    for label, value in rows:
        print(f"{label:48}{value:>16}")
    figures = {
        "pdf_cpu_s": round(pdf_cpu, 3),
        "sign_cpu_s": round(sign_cpu, 3),
        "verify_s": round(verify_cpu, 3),
        "parallel_success": succeeded,
        "tampered_refused": sum(refused.values()),
        "tampered_total": sum(total.values()),
        "good_accepted": sum(good),
        "good_total": len(good),
    }
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
