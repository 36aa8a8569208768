"""The page on which anybody asks whether a paper is genuine and in force."""

import re
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts.services.verification import Finding, examine, look_up
from contracts.signing_forms import VerifyForm
from journal.errors import TooLarge
from policy import policy
from web.throttle import throttle

HASH = re.compile(r"[0-9a-f]{64}")
LOOKS, UPLOADS, WINDOW = 60, 20, 60


@policy("verify.view")
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Unknown, superseded, partly signed, in force or terminated? By the file or by its hash; without a login."""
    asked = request.method == "POST" or "sha256" in request.GET
    form = VerifyForm(request.POST or request.GET, request.FILES) if asked else VerifyForm()
    found = answer(request, form) if asked and form.is_valid() else None
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "contracts/verify.html", {"form": form, "found": found}, status=status)


def answer(request: HttpRequest, form: VerifyForm) -> Finding | None:
    """What is known of the file or the hash; None with a fault in the form if neither was given."""
    file, sha256 = form.cleaned_data["file"], re.sub(r"\s", "", form.cleaned_data["sha256"]).lower()
    if file:
        throttle(request, "verify-file", most=UPLOADS, seconds=WINDOW)
        if file.size > settings.LARGEST_UPLOAD:
            raise TooLarge(_("A file of at most 20 MB is expected."))
        return examine(file.read(), at=timezone.now())
    throttle(request, "verify", most=LOOKS, seconds=WINDOW)
    if HASH.fullmatch(sha256):
        return look_up(sha256, at=timezone.now())
    form.add_error("sha256" if sha256 else "file", _("Choose the PDF file, or give its hash of 64 digits and letters."))
    return None
