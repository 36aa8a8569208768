"""Forms of the signing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.services import Intent
from contracts.signing.credentials import LARGEST_FILE


class IntentForm(forms.Form):
    """The statement confirmed, the name typed, the password once more."""

    confirmed = forms.BooleanField(label=_("I declare what stands above"), required=False)
    typed_name = forms.CharField(label=_("Your name"), max_length=80, help_text=_("As it stands in your account."))
    password = forms.CharField(
        label=_("Your password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Once more, so that nobody signs at a screen that you left open."),
    )

    @property
    def intent(self) -> Intent:
        """What the person gave."""
        given = self.cleaned_data
        return Intent(given["password"], given["typed_name"], given["confirmed"])


class SignForm(IntentForm):
    """The same, with a certificate of one's own where the platform's key is not wanted or not admitted."""

    certificate = forms.FileField(
        label=_("Certificate file"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
        help_text=_("A .p12 or .pfx file issued to your organization. It is used for this signature and kept nowhere."),
    )
    certificate_password = forms.CharField(
        label=_("Password of the certificate file"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certificate"].required = own

    @property
    def given(self) -> dict[str, Any]:
        """What `services.sign` takes; of a file at most a little more than it accepts."""
        held = self.cleaned_data["certificate"]
        return {
            "intent": self.intent,
            "certificate": held.read(LARGEST_FILE + 1) if held else b"",
            "certificate_password": self.cleaned_data["certificate_password"],
        }


class SubmitForm(forms.Form):
    """A signature that was made elsewhere."""

    signature = forms.FileField(
        label=_("Signature"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".p7s,.der,application/pkcs7-signature"}),
        help_text=_("The detached CMS signature (.p7s, DER) over the file that you downloaded."),
    )


class VerifyForm(forms.Form):
    """A paper, or the hash of one."""

    file = forms.FileField(
        label=_("Contract as PDF"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf", "data-hash-of-file": ""}),
    )
    sha256 = forms.CharField(
        label=_("or its SHA-256 hash"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "inputmode": "text"}),
        help_text=_("64 digits and letters: of the file, or as in the footer of its pages."),
    )
