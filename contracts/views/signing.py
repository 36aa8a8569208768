"""Pages of the signing: the ceremony, its three ways to sign, and the files that come of it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contracts import services
from contracts.ceremony import ceremony, signing_of
from contracts.errors import ServiceDown
from contracts.evidence.dossier import dossier_of
from contracts.evidence.package import package_of
from contracts.models import Contract, ContractFile, PreparedSignature, Signing
from contracts.queries import with_parties
from contracts.services.external import of
from contracts.signing_forms import IntentForm, SignForm, SubmitForm
from journal.errors import BadInput, DomainError, GuardFailed
from policy import policy, visible
from web.requests import UserRequest
from web.responses import expected_version

PDF = "application/pdf"
REFUSALS = (BadInput, GuardFailed, ServiceDown)
"""What the form says beside its fields; other refusals are pages of their own."""


def find(request: UserRequest, pk: int) -> tuple[Contract, Signing]:
    """The contract and its signing, if this reader may know of it."""
    contract = get_object_or_404(with_parties(Contract.objects.visible_to(request.user)), pk=pk)
    signing = signing_of(contract)
    if signing is None or not Signing.objects.visible_to(request.user).filter(pk=signing.pk).exists():
        raise Http404
    return contract, signing


def show(request: UserRequest, contract: Contract, signing: Signing, status: int = 200, **forms: Form) -> HttpResponse:
    """The page of the ceremony, with the form that was refused if there was one."""
    context: dict[str, Any] = ceremony(contract, signing, request.user)
    return render(request, "contracts/signing.html", context | forms, status=status)


@policy("signing.view")
@require_safe
def signing(request: UserRequest, pk: int) -> HttpResponse:
    """Who has signed, whose turn is it, and what does one's signature mean?"""
    return show(request, *find(request, pk))


@policy("signing.sign")
@require_POST
def sign(request: UserRequest, pk: int) -> HttpResponse:
    """Sign with the platform's key or a certificate of one's own."""
    contract, signing = find(request, pk)
    form = SignForm(request.POST, request.FILES, own=False, auto_id="sign_%s")
    version = expected_version(request)
    if form.is_valid():
        try:
            return signed(request, services.sign(signing, by=request.user, version=version, **form.given))
        except REFUSALS as fault:
            return show(request, contract, signing, beside(form, fault), sign_form=form)
    return show(request, contract, signing, HTTPStatus.BAD_REQUEST, sign_form=form)


@policy("signing.sign")
@require_POST
def prepare(request: UserRequest, pk: int) -> HttpResponse:
    """Make the file that is signed elsewhere."""
    contract, signing = find(request, pk)
    form, version = IntentForm(request.POST, auto_id="prepare_%s"), expected_version(request)
    if form.is_valid():
        try:
            services.prepare(signing, by=request.user, version=version, intent=form.intent)
            return redirect("contracts:signing", pk)
        except REFUSALS as fault:
            return show(request, contract, signing, beside(form, fault), prepare_form=form)
    return show(request, contract, signing, HTTPStatus.BAD_REQUEST, prepare_form=form)


@policy("signing.sign")
@require_POST
def submit(request: UserRequest, pk: int) -> HttpResponse:
    """Hand in a signature that was made elsewhere."""
    contract, signing = find(request, pk)
    form, version = SubmitForm(request.POST, request.FILES, auto_id="submit_%s"), expected_version(request)
    if form.is_valid():
        try:
            signature = form.cleaned_data["signature"].read(services.LARGEST_SIGNATURE + 1)
            return signed(request, services.submit(signing, by=request.user, version=version, signature=signature))
        except REFUSALS as fault:
            return show(request, contract, signing, beside(form, fault), submit_form=form)
    return show(request, contract, signing, HTTPStatus.BAD_REQUEST, submit_form=form)


@policy("signing.sign")
@require_safe
def prepared(request: UserRequest, pk: int) -> HttpResponse:
    """The bytes that the signature is to cover, for whoever had them prepared."""
    contract, signing = find(request, pk)
    held = get_object_or_404(PreparedSignature, signing=signing, person=request.user)
    return download(of(held).covered(), f"{contract.number}-to-be-signed.bin", "application/octet-stream")


@policy("signing.view")
@require_safe
def paper(request: UserRequest, pk: int) -> HttpResponse:
    """The file as it stands now."""
    contract, signing = find(request, pk)
    latest = ContractFile.objects.filter(document=signing.document).latest("number")
    return download(bytes(latest.content), f"{contract.number}-v{signing.document.number}.pdf", PDF)


@policy("signing.view")
@require_safe
def evidence(request: UserRequest, pk: int) -> HttpResponse:
    """The evidence of the signing, to be checked without the platform."""
    contract, signing = find(request, pk)
    return download(package_of(signing), f"{contract.number}-evidence.zip", "application/zip")


@policy("contract.dossier")
@require_safe
def dossier(request: UserRequest, pk: int) -> HttpResponse:
    """The whole case in one file, for an auditor."""
    contract = get_object_or_404(visible(with_parties(Contract.objects.all()), request.user, "contract.dossier"), pk=pk)
    return download(dossier_of(contract, request.user), f"{contract.number}-dossier.zip", "application/zip")


def signed(request: UserRequest, contract: Contract) -> HttpResponse:
    """Back to the ceremony, with what the signature led to."""
    if contract.status == Contract.Status.EFFECTIVE:
        messages.success(request, _("All parties have signed. The contract is in force."))
    else:
        messages.success(request, _("Your signature is in the file. It is now the next party's turn."))
    return redirect("contracts:signing", contract.pk)


def beside(form: Form, fault: DomainError) -> int:
    """Put the faults beside their fields, and what has no field above the form; gives the fault's status."""
    for name, said in (fault.fields or {"": [fault.message]}).items():
        form.add_error(name if name in form.fields else None, said)
    return fault.status


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)
