"""What the page of a signing shows."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from contracts.document import Document
from contracts.models import Contract, ContractFile, Level, PreparedSignature, Role, Signature, Signing
from contracts.services import statement
from contracts.services.paper import document_of
from contracts.signing.surroundings import admitted
from contracts.signing_forms import IntentForm, SignForm, SubmitForm
from policy import allowed


@dataclass(frozen=True)
class Place:
    """One line of the ceremony: who signs, and what has become of it ("done", "current" or "coming")."""

    number: int
    role: str
    organization: Organization
    state: str
    signature: Signature | None


def signing_of(contract: Contract) -> Signing | None:
    """The signing of the contract's frozen version, else the last one there was."""
    return contract.signings.select_related("document").order_by("-document__number").first()


def ceremony(contract: Contract, signing: Signing, user: User) -> dict[str, Any]:
    """Everything on the page of a signing."""
    document, now = document_of(signing.document), timezone.now()
    alive = contract.status == Contract.Status.SIGNING and contract.frozen_version_id == signing.document_id
    mine = alive and not signing.overdue(now) and allowed(user, "signing.sign", signing)
    return {
        "contract": contract,
        "signing": signing,
        "document": document,
        "signers": places(contract, signing, document),
        "file": ContractFile.objects.filter(document=signing.document).defer("content").latest("number"),
        "alive": alive,
        "overdue": alive and signing.overdue(now),
        "mine": mine,
        "facts": facts(signing),
        **(ways(signing, document, user) if mine else {}),
        "decline": next((move for to, move in contract.moves(user) if move.action == "decline"), None),
    }


def places(contract: Contract, signing: Signing, document: Document) -> list[Place]:
    """The parties in the order in which they sign."""
    made = {each.role: each for each in signing.signatures.select_related("organization", "person")}
    return [
        Place(
            number,
            str(Role(role).label),
            getattr(contract, role),
            "done" if role in made else "current" if role == signing.turn else "coming",
            made.get(role),
        )
        for number, role in enumerate(document.signing.order, 1)
    ]


def facts(signing: Signing) -> list[dict[str, Any]]:
    """The signing at a glance."""
    return [
        {"label": _("Version"), "value": signing.document.number},
        {"label": _("Custody of keys, at least"), "value": signing.get_level_display()},
        {"label": _("Deadline"), "value": timezone.localtime(signing.deadline_at).strftime("%Y-%m-%d %H:%M")},
        {"label": _("Hash of the contract data"), "value": signing.document.sha256},
    ]


def ways(signing: Signing, document: Document, user: User) -> dict[str, Any]:
    """How the person whose turn it is may sign: the statement, and a form for each way that is admitted."""
    platform = admitted(Level.PLATFORM, weakest=signing.level)
    certificate = admitted(Level.CERTIFICATE, weakest=signing.level)
    party = document.party(signing.turn)
    return {
        "party": party,
        "statement": statement(document, party),
        "platform": platform,
        "sign_form": SignForm(own=not platform, auto_id="sign_%s") if certificate else None,
        "prepare_form": IntentForm(auto_id="prepare_%s"),
        "submit_form": SubmitForm(auto_id="submit_%s"),
        "prepared": PreparedSignature.objects.filter(signing=signing, person=user).defer("content").first(),
    }
