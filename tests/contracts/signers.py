"""A contract that is ready to be signed, and the three people who sign it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from accounts.models import Organization, User
from contracts import services
from contracts.document import ORDER, Document, Party, Signing, canonical, digest
from contracts.models import Contract, ContractFile, ContractVersion, Signature
from contracts.models import Signing as SigningModel
from contracts.services import Intent
from contracts.signing.certificates import Identity, issue, make_root
from contracts.signing.surroundings import key_folder
from tests import factories
from tests.contracts.documents import document

PASSWORD = "joined-without-nails"
NOW = datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC)


@dataclass
class Case:
    """A frozen contract between three organizations."""

    contract: Contract
    people: dict[str, User]

    @property
    def signing(self) -> SigningModel:
        return SigningModel.objects.get(document=self.contract.frozen_version_id)

    def again(self) -> "Case":
        """The same contract and people, as the database has them now."""
        people = {role: User.objects.get(pk=one.pk) for role, one in self.people.items()}
        return Case(Contract.objects.get(pk=self.contract.pk), people)

    @property
    def files(self) -> list[ContractFile]:
        """The files of the frozen version, in their order."""
        return list(ContractFile.objects.filter(document=self.contract.frozen_version_id).order_by("number"))

    @property
    def signatures(self) -> list[Signature]:
        """The signatures on the frozen version, in their order."""
        return list(Signature.objects.filter(signing__document=self.contract.frozen_version_id).order_by("number"))

    def fresh(self) -> Contract:
        self.contract = Contract.objects.get(pk=self.contract.pk)
        return self.contract

    def start(self) -> "Case":
        services.start_signing(self.fresh(), by=self.people["client"], version=self.contract.version)
        return self

    def sign(self, role: str, **more: Any) -> Contract:
        """The person of this role signs."""
        by = self.people[role]
        return services.sign(self.signing, by=by, version=self.fresh().version, intent=intent(by), **more)


def intent(by: User, **changes: Any) -> Intent:
    """Everything that shows that a signature is meant."""
    return Intent(**{"password": PASSWORD, "typed_name": by.name, "confirmed": True, **changes})


def person(**fields: Any) -> dict[str, Any]:
    """Fields of a user who can log in."""
    from django.contrib.auth.hashers import make_password

    return {"password": make_password(PASSWORD), **fields}


def case(*, government: bool = True, level: str = "platform", **changes: Any) -> Case:
    """A contract, frozen and not yet being signed."""
    client = factories.OrganizationFactory.create(kind="enterprise")
    provider = factories.OrganizationFactory.create(kind="university")
    people = {
        "client": factories.member(client, **person(name="王伟")),
        "provider": factories.member(provider, **person(name="李敏")),
    }
    bureau = None
    if government:
        people["government"] = factories.supervisor(**person(name="赵静"))
        bureau = people["government"].offices.get().organization
    match = factories.MatchFactory.create(status="approved", need__owner=client, achievement__owner=provider)
    contract = factories.ContractFactory.create(match=match, government=bureau)
    organizations = {"client": client, "provider": provider, "government": bureau}
    freeze(contract, document_for(contract, organizations, level, **changes))
    return Case(contract, people)


def document_for(
    contract: Contract, organizations: dict[str, Organization | None], level: str, **changes: Any
) -> Document:
    """The frozen text of a contract between these organizations."""
    there = [(role, organizations[role]) for role in ORDER]
    parties = tuple(Party(role, one.name_zh, one.name_en, one.uscc, "", "") for role, one in there if one is not None)
    order = tuple(party.role for party in parties)
    return document(
        contract=contract.public_id,
        number=contract.number,
        parties=parties,
        signing=Signing(order, level),  # type: ignore[arg-type]
        **changes,
    )


def freeze(contract: Contract, text: Document) -> ContractVersion:
    """Freeze a contract with this text, whatever state it is in."""
    version = ContractVersion.objects.create(
        contract=contract,
        number=contract.versions.count() + 1,
        content=canonical(text),
        sha256=digest(text),
        frozen_at=NOW,
    )
    contract.frozen_version = version
    contract.status = Contract.Status.FROZEN
    contract.save()
    return version


def signed_case(**options: Any) -> Case:
    """A contract in force: everybody has signed."""
    done = case(**options).start()
    for role in done.people:
        done.sign(role)
    done.fresh()
    return done


def foreign_root() -> Identity:
    """An authority that calls itself like the platform's own."""
    return make_root("Tenon Signing Authority", NOW - timedelta(days=30))


def own_certificate(
    party: Organization,
    *,
    root: Identity | None = None,
    at: datetime | None = None,
    password: str = "p12",
    **changes: Any,
) -> bytes:
    """A PKCS#12 file of an organization, from the platform's authority unless another is given."""
    moment = at or datetime.now(UTC) - timedelta(days=1)
    who = {"organization": party.name_zh, "person": "王伟", "uscc": party.uscc, **changes}
    made = issue(root or key_folder().authority(moment), at=moment, **who)
    assert not hasattr(made.key, "curve")
    return pkcs12.serialize_key_and_certificates(
        b"mine",
        made.key,
        made.certificate,
        None,
        BestAvailableEncryption(password.encode()),
    )
