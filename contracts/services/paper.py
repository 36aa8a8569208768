"""The file of a frozen version, before anybody signs it."""

from django.utils.translation import gettext as _

from contracts.document import Document, DocumentFault, parse
from contracts.models import ContractFile, ContractVersion
from contracts.paper import Paper, TypesettingFault, Unprintable, print_contract
from contracts.signing.file import digest_of
from journal.errors import GuardFailed


def document_of(version: ContractVersion) -> Document:
    """The document that was frozen. Raises GuardFailed for bytes that are none."""
    try:
        return parse(bytes(version.content))
    except DocumentFault as fault:
        raise GuardFailed(
            _("The frozen text is not complete. Take it back to negotiation and freeze it again.")
        ) from fault


def paper_of(version: ContractVersion) -> Paper:
    """The formal contract as a PDF/A. Raises GuardFailed with what the parties have to change."""
    try:
        return print_contract(document_of(version), version.frozen_at)
    except (Unprintable, TypesettingFault) as fault:
        raise GuardFailed(str(fault)) from fault


def keep_paper(version: ContractVersion) -> tuple[ContractFile, Paper]:
    """Print a version and keep the file under its hash; a second call prints the same bytes and keeps the first.

    Needs a lock on the contract.
    """
    paper = paper_of(version)
    held, _created = ContractFile.objects.get_or_create(
        document=version,
        number=0,
        defaults={"content": paper.pdf, "sha256": digest_of(paper.pdf), "made_at": version.frozen_at},
    )
    # The file as kept counts, also where a newer typesetter would set it a little differently.
    return held, Paper(bytes(held.content), paper.places)
