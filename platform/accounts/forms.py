"""Forms of accounts."""

from django.contrib.auth.forms import AuthenticationForm
from django.forms import EmailInput
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Login by e-mail address and password."""

    error_messages = {  # noqa: RUF012  Django declares it so
        "invalid_login": _("This e-mail address and password do not match. Check both; passwords are case-sensitive."),
        "inactive": _("This account is closed. Ask your organization's manager."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget = EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": 254}
        )
