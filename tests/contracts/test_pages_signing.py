"""The ceremony, the downloads and the page on which anybody checks a paper."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from contracts import services
from contracts.models import Contract, Signature
from tests.contracts.signers import PASSWORD, Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_keys")]


def address(case: Case, tail: str = "signing/") -> str:
    return f"/contracts/{case.contract.pk}/{tail}"


def given(case: Case, role: str = "client", **changes: Any) -> dict[str, Any]:
    """A filled-in form."""
    person = case.people[role]
    return {
        "version": case.fresh().version,
        "confirmed": "on",
        "typed_name": person.name,
        "password": PASSWORD,
        **changes,
    }


def test_the_page_shows_who_signs_and_whose_turn_it_is(english: Client, started: Case) -> None:
    english.force_login(started.people["client"])

    page = english.get(address(started)).content.decode()

    assert [name in page for name in (started.contract.client.name_en, started.contract.provider.name_en)] == [True] * 2
    assert page.count("to sign now") == 1
    assert page.count("signs later") == 2
    assert f"Sign for {started.contract.client.name_zh}" in page
    assert started.contract.frozen_version.sha256 in page  # type: ignore[union-attr]


@pytest.mark.parametrize("role", ["provider", "government"])
def test_others_see_the_page_without_a_form(english: Client, started: Case, role: str) -> None:
    english.force_login(started.people[role])

    page = english.get(address(started)).content.decode()

    assert "another party's turn" in page.replace("&#x27;", "'")
    assert 'name="typed_name"' not in page


@pytest.mark.parametrize("tail", ["signing/", "paper/", "evidence/", "dossier/"])
def test_a_stranger_is_told_that_there_is_nothing(english: Client, started: Case, outsider: User, tail: str) -> None:
    english.force_login(outsider)

    assert english.get(address(started, tail)).status_code == 404


@pytest.mark.parametrize("tail", ["signing/sign/", "signing/prepare/", "signing/submit/"])
def test_a_stranger_signs_nothing(english: Client, started: Case, outsider: User, tail: str) -> None:
    english.force_login(outsider)

    assert english.post(address(started, tail), given(started)).status_code == 404
    assert len(started.signatures) == 1


def test_all_three_sign_through_the_page(english: Client, started: Case) -> None:
    said = []
    for role in ("client", "provider", "government"):
        english.force_login(started.people[role])
        page = english.post(address(started, "signing/sign/"), given(started, role), follow=True).content.decode()
        said.append(("next party" in page, "The contract is in force." in page))

    assert said == [(True, False), (True, False), (False, True)]
    assert started.fresh().status == "effective"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "wrong"}, "This is not your password."),
        ({"password": ""}, "This field is required."),
        ({"confirmed": ""}, "Confirm the statement"),
        ({"typed_name": "<b>x</b>"}, "Type your name as it stands in your account"),
        ({"typed_name": "王" * 500}, "at most 80 characters"),
        ({"certificate": SimpleUploadedFile("c.p12", b"not a certificate")}, "This is not a PKCS#12 file"),
        ({"certificate": SimpleUploadedFile("c.p12", b"x" * 200_000)}, "smaller than 100 kB"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_signed(
    english: Client, started: Case, changes: dict[str, Any], sentence: str
) -> None:
    english.force_login(started.people["client"])

    answer = english.post(address(started, "signing/sign/"), given(started, **changes))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert len(started.signatures) == 1


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999", "-1"])
def test_an_absurd_version_is_bad_input(english: Client, started: Case, version: str) -> None:
    english.force_login(started.people["client"])

    assert english.post(address(started, "signing/sign/"), given(started, version=version)).status_code == 400


def test_sending_the_form_twice_signs_once(english: Client, started: Case) -> None:
    english.force_login(started.people["client"])
    form = given(started)

    answers = [english.post(address(started, "signing/sign/"), form).status_code for _ in range(2)]

    assert answers == [302, 409]
    assert len(started.signatures) == 2


def test_it_waits_on_the_desk_of_whose_turn_it_is(english: Client, started: Case) -> None:
    found = []
    for role in ("client", "provider"):
        english.force_login(started.people[role])
        found.append(f'href="{address(started)}"' in english.get("/desk/").content.decode())

    assert found == [True, False]


def test_the_contract_leads_to_its_signing(english: Client, started: Case) -> None:
    english.force_login(started.people["provider"])

    page = english.get(started.contract.get_absolute_url()).content.decode()

    assert f'href="{address(started)}"' in page
    assert "The contract is being signed" in page


def test_the_paper_is_the_last_file(english: Client, done: Case) -> None:
    english.force_login(done.people["provider"])

    answer = english.get(address(done, "paper/"))

    assert answer.content == bytes(done.files[-1].content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{done.contract.number}-v1.pdf"'


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        package.extractall(folder)
    return folder


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """The offline script, as somebody runs it who has nothing but the package."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / "check_evidence.py")], capture_output=True, text=True, check=False
    )


def test_the_evidence_can_be_checked_without_the_platform(english: Client, done: Case, tmp_path: Path) -> None:
    english.force_login(done.people["client"])

    folder = unpacked(english.get(address(done, "evidence/")).content, tmp_path)

    result = checked(folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("Everything holds.\n")


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "contract.pdf": lambda data: data + b"\n",
    "contract.json": lambda data: data.replace(b"800,000", b"900,000"),
    "report.pdf": lambda data: data.replace(b"%%EOF", b"%%EOG"),
    "evidence.json": lambda data: data.replace(b'"field": "client"', b'"field": "provider"'),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_evidence_is_noticed(english: Client, done: Case, tmp_path: Path, name: str) -> None:
    english.force_login(done.people["client"])
    folder = unpacked(english.get(address(done, "evidence/")).content, tmp_path)
    before = (folder / name).read_bytes()
    (folder / name).write_bytes(CHANGES[name](before))
    assert (folder / name).read_bytes() != before

    result = checked(folder)

    assert result.returncode == 1
    assert "FAULT: " in result.stdout


def test_the_dossier_holds_the_whole_case(english: Client, done: Case, administrator: User) -> None:
    english.force_login(administrator)

    with zipfile.ZipFile(io.BytesIO(english.get(address(done, "dossier/")).content)) as dossier:
        names = set(dossier.namelist())
        journal = json.loads(dossier.read("journal.json"))

    assert {"need.json", "achievement.json", "match.json", "contract.json", "versions/1.json"} <= names
    assert {"signatures/version-1/contract.pdf", "signatures/version-1/report.pdf"} <= names
    assert [entry["name"] for entry in journal if entry["name"] == "contracts.contract.took_effect"]


def test_the_dossier_leaves_out_what_the_reader_may_not_see(english: Client, done: Case) -> None:
    english.force_login(done.people["government"])

    with zipfile.ZipFile(io.BytesIO(english.get(address(done, "dossier/")).content)) as dossier:
        assert json.loads(dossier.read("journal.json")) == []


def word(answer: Any) -> str:
    """The verdict's heading."""
    found = re.search(r'id="verdict">.*?</svg>\s*(.*?)</h2>', answer.content.decode(), re.DOTALL)
    assert found
    return found[1].strip()


@pytest.fixture
def ask(english: Client) -> Callable[[str], str]:
    return lambda sha256: word(english.get("/verify/", {"sha256": sha256}))


def test_anybody_learns_that_a_paper_is_in_force_who_signed_it_and_when(english: Client, done: Case) -> None:
    answer = english.get("/verify/", {"sha256": done.files[-1].sha256})

    page = answer.content.decode()
    assert word(answer) == "Genuine and in force"
    for name in (done.contract.client.name_en, done.contract.provider.name_en, done.contract.government.name_en):  # type: ignore[union-attr]
        assert name in page
    assert done.people["client"].name not in page


def test_a_paper_that_not_all_have_signed_is_told_from_one_that_all_have(
    ask: Callable[[str], str], started: Case, done: Case
) -> None:
    assert ask(started.files[-1].sha256) == "Genuine, not yet signed by all"
    assert ask(done.files[-2].sha256) == "Genuine, not yet signed by all"


def test_after_a_refusal_the_paper_no_longer_counts(ask: Callable[[str], str], started: Case) -> None:
    started.sign("client")
    services.decline(started.fresh(), by=started.people["provider"], version=started.contract.version, reason="text")

    assert ask(started.files[-1].sha256) == "Genuine, but it no longer counts"


def test_the_hash_in_the_footer_is_understood(english: Client, done: Case) -> None:
    answer = english.get("/verify/", {"sha256": done.contract.frozen_version.sha256.upper()})  # type: ignore[union-attr]

    assert word(answer) == "Genuine and in force"
    assert "only the file itself shows whether the paper was changed" in answer.content.decode()


def test_an_unknown_hash_is_not_to_be_relied_on(ask: Callable[[str], str]) -> None:
    assert ask("0" * 64) == "Unknown: do not rely on it"


def upload(client: Client, content: bytes) -> Any:
    return client.post("/verify/", {"file": SimpleUploadedFile("contract.pdf", content, "application/pdf")})


def test_the_file_itself_is_examined(english: Client, done: Case) -> None:
    answer = upload(english, bytes(done.files[-1].content))

    assert word(answer) == "Genuine and in force"
    assert "every signature holds, and the last one covers all of it" in answer.content.decode()


@pytest.mark.parametrize("tail", [b"\n", b"junk", b"\0" * 9])
def test_a_file_with_something_added_is_unknown(english: Client, done: Case, tail: bytes) -> None:
    assert word(upload(english, bytes(done.files[-1].content) + tail)) == "Unknown: do not rely on it"


@pytest.mark.parametrize("content", [b"x", b"%PDF-1.7\n%%EOF", b"\0" * 1000])
def test_something_that_is_no_contract_is_unknown(english: Client, content: bytes) -> None:
    assert word(upload(english, content)) == "Unknown: do not rely on it"


@pytest.mark.parametrize("sha256", ["", "x", "0" * 63, "0" * 101, "<script>", "%00"])
def test_what_is_no_hash_is_bad_input(english: Client, sha256: str) -> None:
    assert english.get("/verify/", {"sha256": sha256}).status_code == 400


def test_who_asks_too_often_has_to_wait(english: Client) -> None:
    answers = [english.get("/verify/", {"sha256": "0" * 64}).status_code for _ in range(61)]

    assert (set(answers[:60]), answers[60]) == ({200}, 429)
    cache.clear()


def test_the_page_of_the_ceremony_costs_the_same_with_more_signatures(
    english: Client, started: Case, count_queries: Callable[[str], int]
) -> None:
    english.force_login(started.people["government"])
    count_queries(address(started))

    before = count_queries(address(started))
    started.sign("client")
    started.sign("provider")

    assert Signature.objects.filter(signing__contract=started.contract).count() == 3
    assert count_queries(address(started)) <= before + 2


def test_a_contract_that_was_never_signed_has_no_ceremony(english: Client, ready: Case) -> None:
    english.force_login(ready.people["client"])

    assert english.get(address(ready)).status_code == 404
    assert Contract.objects.get(pk=ready.contract.pk).status == "frozen"
