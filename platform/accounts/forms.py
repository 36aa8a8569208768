"""Forms of accounts. What the domain refuses, `refuse` puts beside the fields."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms import EmailInput
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import validate_uscc
from accounts.models import ApiToken, Mandate, Membership, Organization, User
from accounts.throttle import Attempt, place_of
from journal.errors import DomainError
from texts.plain import validate_plain

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


def refuse(form: forms.BaseForm, fault: DomainError) -> None:
    """Put what the domain refused into the form: beside its fields where it has them, else on top."""
    form.is_valid()
    for name, faults in (fault.fields or {"": [fault.message]}).items():
        form.add_error(name if name in form.fields else None, list(faults))


class LoginForm(AuthenticationForm):
    """Login by e-mail address and password."""

    error_messages = {  # noqa: RUF012  Django declares it so
        "invalid_login": _("This e-mail address and password do not match. Check both; passwords are case-sensitive."),
        "throttled": _("Too many attempts. Wait five minutes, then try again; check the address and the password."),
        "inactive": _("This account is closed. Ask your organization's manager."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget = EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": 254}
        )

    def clean(self) -> dict[str, Any]:
        attempt = Attempt(str(self.cleaned_data.get("username") or ""), place_of(self.request))
        if attempt.blocked:
            raise ValidationError(self.error_messages["throttled"], code="throttled")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            attempt.failed()
            raise
        if self.user_cache is not None:
            attempt.succeeded()
        return cleaned


class EraseForm(forms.Form):
    """The person's own address, typed once more before the account is erased."""

    confirmed = forms.EmailField(label=_("Your e-mail address, to confirm"), max_length=254)


class OrganizationForm(ModelForm):
    """What is said of an organization; the code is checked as it is typed."""

    class Meta:
        model = Organization
        fields = ("kind", "name_zh", "name_en", "uscc", "region", "about_zh", "about_en")
        widgets: ClassVar = {
            "uscc": forms.TextInput(attrs={"maxlength": 18, "autocapitalize": "characters", "spellcheck": "false"}),
            "about_zh": forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
            "about_en": forms.Textarea(attrs={"rows": 4, "maxlength": 4000}),
        }
        help_texts: ClassVar = {
            "uscc": _("18 characters, as on the business licence. It is checked as you type."),
            "name_zh": _("The full name, as on the licence."),
        }

    def clean_uscc(self) -> str:
        return str(self.cleaned_data["uscc"]).strip().upper()


class UsccForm(forms.Form):
    """One code, looked at while it is typed."""

    uscc = forms.CharField(max_length=40, required=False)

    @property
    def fault(self) -> str:
        """What is wrong with the code, "" if nothing."""
        if not self.is_valid():
            return str(_("A unified social credit code has 18 characters."))
        try:
            validate_uscc(self.cleaned_data["uscc"].strip().upper())
        except ValidationError as fault:
            return " ".join(fault.messages)
        return ""


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.CONTRIBUTOR)


class MandateForm(forms.Form):
    """Which broker may act, in what, and until when."""

    broker = forms.ModelChoiceField(label=_("Broker"), queryset=Organization.objects.none())
    matters = forms.MultipleChoiceField(
        label=_("May do for us"), choices=Mandate.Matter.choices, widget=forms.CheckboxSelectMultiple
    )
    through = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until you revoke it. You can revoke it at any time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["broker"]
        field.queryset = Organization.objects.filter(kind=Organization.Kind.BROKER, status=Organization.Status.VERIFIED)


class ProfileForm(ModelForm):
    """The person's name and language."""

    class Meta:
        model = User
        fields = ("name", "language")
        help_texts: ClassVar = {"language": _("Of pages and mails. Empty: as your browser asks.")}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        validate_plain(name)
        return name


class TokenForm(forms.Form):
    """What a token is for, what it may do, and for how long."""

    name = forms.CharField(label=_("What is it for?"), max_length=60)
    scope = forms.ChoiceField(label=_("Scope"), choices=ApiToken.Scope.choices, initial=ApiToken.Scope.READ)
    days = forms.IntegerField(label=_("Valid for, in days"), min_value=1, max_value=366, initial=90)


class InterestForm(forms.Form):
    """The organization in which one has an interest, by its code."""

    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18)

    def clean_uscc(self) -> Organization:
        found = Organization.objects.filter(uscc=self.cleaned_data["uscc"].strip().upper()).first()
        if found is None:
            raise ValidationError(_("No organization on the platform has this code."))
        return found


class JoinForm(forms.Form):
    """A new person's name and password; the address is that of the invitation."""

    name = forms.CharField(label=_("Name"), max_length=80, validators=[validate_plain])
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters."),
    )

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])
