"""A certificate of one's own, a device of one's own, and a time-stamp service: each good, or refused with a reason."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import keys, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from accounts.models import User
from contracts import services
from contracts.errors import ServiceDown
from contracts.models import PreparedSignature
from contracts.services.external import of
from contracts.signing import cms
from contracts.signing.certificates import Identity, as_asn1, issue
from contracts.signing.surroundings import key_folder
from journal.errors import BadInput, GuardFailed, NotAllowed
from tests.contracts.signers import Case, foreign_root, intent, own_certificate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "platform_keys")]
NOW = datetime.now(UTC)


def refusal(started: Case, **given: Any) -> BadInput:
    """How the enterprise's signature was refused."""
    with pytest.raises(BadInput) as refused:
        started.sign("client", **given)
    assert len(started.signatures) == 1
    assert started.signing.turn == "client"
    return refused.value


def test_a_certificate_of_ones_own_signs_and_is_named(started: Case) -> None:
    certificate = own_certificate(started.contract.client)

    started.sign("client", certificate=certificate, certificate_password="p12")

    signature = started.signatures[-1]
    assert (signature.level, signature.holder) == ("certificate", started.contract.client.name_zh)
    assert started.signing.turn == "provider"


def test_a_wrong_password_of_the_certificate_is_said_beside_it(started: Case) -> None:
    fault = refusal(started, certificate=own_certificate(started.contract.client), certificate_password="other")

    assert fault.fields == {"certificate_password": ["The password of the certificate file is wrong."]}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"at": NOW - timedelta(days=2000)}, "This certificate expired on"),
        ({"at": NOW + timedelta(days=9)}, "This certificate is valid only from"),
        ({"root": True}, "is not one that this platform recognizes"),
        ({"uscc": "91350100M000100Y43"}, "This certificate was issued to"),
        ({"uscc": "", "organization": "Somebody else"}, "issued to “Somebody else”"),
    ],
)
def test_a_certificate_that_will_not_do_is_refused_with_the_reason(
    started: Case, changes: dict[str, Any], sentence: str
) -> None:
    if "root" in changes:
        changes = {"root": foreign_root()}

    fault = refusal(
        started, certificate=own_certificate(started.contract.client, **changes), certificate_password="p12"
    )

    assert sentence in fault.fields["certificate"][0]


def test_a_certificate_without_a_registration_number_counts_by_the_name(started: Case) -> None:
    certificate = own_certificate(started.contract.client, uscc="")

    started.sign("client", certificate=certificate, certificate_password="p12")

    assert started.signing.turn == "provider"


@pytest.mark.parametrize("junk", [b"x", b"\0" * 50, b"0\x82" + b"\xff" * 99])
def test_junk_is_not_a_certificate(started: Case, junk: bytes) -> None:
    assert list(refusal(started, certificate=junk).fields) == ["certificate"]


def prepared(started: Case) -> PreparedSignature:
    by = started.people["client"]
    return services.prepare(started.signing, by=by, version=started.fresh().version, intent=intent(by))


def submit(started: Case, signature: bytes, *, by: User | None = None, **more: Any) -> None:
    person = by or started.people["client"]
    services.submit(started.signing, by=person, version=started.fresh().version, signature=signature, **more)


def device(started: Case) -> Identity:
    """The enterprise's own key."""
    client = started.contract.client
    at = NOW - timedelta(days=1)
    return issue(key_folder().authority(NOW), organization=client.name_zh, person="王伟", uscc=client.uscc, at=at)


def test_a_signature_from_a_device_of_ones_own_is_put_into_the_file(started: Case) -> None:
    held = prepared(started)

    submit(started, cms.sign(bytes(held.digest), device(started), at=NOW))

    signature = started.signatures[-1]
    assert (signature.level, signature.role, signature.typed_name) == ("external", "client", "王伟")
    assert bytes(started.files[-1].content).startswith(bytes(started.files[-2].content))
    assert not PreparedSignature.objects.filter(signing=started.signing).exists()


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_openssl_can_make_the_signature(started: Case, tmp_path: Path) -> None:
    held, mine = prepared(started), device(started)
    pem, key, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "certificate.pem").write_bytes(mine.certificate.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(mine.key.private_bytes(pem, key, plain))
    (tmp_path / "covered.bin").write_bytes(of(held).covered())
    words = (
        "cms -sign -binary -cades -md sha256 -outform DER -signer certificate.pem -inkey key.pem -in covered.bin -out s"
    )
    subprocess.run(["openssl", *words.split()], cwd=tmp_path, check=True)

    submit(started, (tmp_path / "s").read_bytes())

    assert started.signing.turn == "provider"


def test_a_signature_of_other_content_is_refused(started: Case) -> None:
    prepared(started)

    with pytest.raises(BadInput, match="signature of other content"):
        submit(started, cms.sign(b"x" * 32, device(started), at=NOW))

    assert len(started.signatures) == 1


def test_a_forged_signature_over_the_right_digest_is_refused(started: Case) -> None:
    held = prepared(started)
    container = asn1_cms.ContentInfo.load(cms.sign(bytes(held.digest), device(started), at=NOW))
    signer = container["content"]["signer_infos"][0]
    signer["signature"] = bytes(signer["signature"].native[:-1]) + b"\0"

    with pytest.raises(BadInput, match="does not hold"):
        submit(started, container.dump(force=True))

    assert (len(started.signatures), len(started.files)) == (1, 2)
    assert PreparedSignature.objects.filter(signing=started.signing).exists()


@pytest.mark.parametrize("junk", [b"", b"x", b"0\x80", b"0" * 13_000])
def test_junk_is_not_a_signature(started: Case, junk: bytes) -> None:
    prepared(started)

    with pytest.raises(BadInput):
        submit(started, junk)


def test_a_signature_by_a_foreign_authority_is_refused(started: Case) -> None:
    held, client = prepared(started), started.contract.client
    forged = issue(
        foreign_root(), organization=client.name_zh, person="x", uscc=client.uscc, at=NOW - timedelta(days=1)
    )

    with pytest.raises(BadInput, match="is not one that this platform recognizes"):
        submit(started, cms.sign(bytes(held.digest), forged, at=NOW))


def test_what_was_prepared_runs_out(started: Case) -> None:
    held = prepared(started)

    with pytest.raises(GuardFailed, match="has expired"):
        submit(
            started, cms.sign(bytes(held.digest), device(started), at=NOW), at=held.expires_at + timedelta(seconds=1)
        )


def test_nothing_is_handed_in_that_was_not_prepared(started: Case) -> None:
    with pytest.raises(GuardFailed, match="Prepare it first"):
        submit(started, b"x")


def test_what_was_prepared_before_another_signature_is_worth_nothing(started: Case) -> None:
    held = prepared(started)
    started.sign("client")
    started.people["client"] = started.people["provider"]

    with pytest.raises(GuardFailed, match="Prepare it first"):
        submit(started, cms.sign(bytes(held.digest), device(started), at=NOW))


def test_only_whose_turn_it_is_prepares(started: Case) -> None:
    by = started.people["provider"]

    with pytest.raises(NotAllowed):
        services.prepare(started.signing, by=by, version=started.fresh().version, intent=intent(by))


@pytest.fixture(scope="module")
def stamping_authority() -> Identity:
    """A certificate that may make time stamps and nothing else."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time Stamps")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1000))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Identity(certificate, key)


@pytest.fixture
def stamp_service(stamping_authority: Identity) -> Iterator[Callable[[], str]]:
    """A time-stamp service on this machine; the function gives its address."""
    der = stamping_authority.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    maker = DummyTimeStamper(as_asn1(stamping_authority.certificate), keys.PrivateKeyInfo.load(der))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            body = maker.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield lambda: f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_time_stamp_is_in_the_signature_and_is_checked(
    started: Case, settings: Any, stamp_service: Callable[[], str], stamping_authority: Identity, tmp_path: Path
) -> None:
    roots = tmp_path / "tsa.pem"
    roots.write_bytes(stamping_authority.certificate.public_bytes(serialization.Encoding.PEM))
    settings.SIGNING_TSA, settings.SIGNING_TSA_ROOTS = stamp_service(), [str(roots)]

    started.sign("client")
    held = services.prepare(
        started.signing,
        by=started.people["provider"],
        version=started.fresh().version,
        intent=intent(started.people["provider"]),
    )
    provider = started.contract.provider
    at = NOW - timedelta(days=1)
    mine = issue(key_folder().authority(NOW), organization="x", person="x", uscc=provider.uscc, at=at)
    submit(started, cms.sign(bytes(held.digest), mine, at=NOW), by=started.people["provider"])

    assert [each.stamped_at is not None for each in started.signatures] == [False, True, True]


def test_a_time_stamp_of_a_service_that_nobody_trusts_signs_nothing(
    started: Case, settings: Any, stamp_service: Callable[[], str]
) -> None:
    settings.SIGNING_TSA = stamp_service()

    with pytest.raises(BadInput, match="client: untrusted"):
        started.sign("client")

    assert len(started.signatures) == 1


def test_a_time_stamp_service_that_is_down_signs_nothing(started: Case, settings: Any) -> None:
    settings.SIGNING_TSA = "http://127.0.0.1:9/"

    with pytest.raises(ServiceDown, match="does not answer"):
        started.sign("client")

    assert (len(started.signatures), len(started.files)) == (1, 2)
