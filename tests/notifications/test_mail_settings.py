"""Where mail goes, from one variable."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import mail_settings

FOLDER = Path("/data/mail")


def test_without_a_server_mails_become_files() -> None:
    found = mail_settings("", FOLDER)

    assert (found["backend"].rsplit(".", 2)[-2], found["folder"]) == ("filebased", "/data/mail")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        ("smtp+tls://u%40x:p%3Aw@mail.example", ("mail.example", 587, "u@x", "p:w", True, False)),
        ("smtp+ssl://u:p@mail.example:4650", ("mail.example", 4650, "u", "p", False, True)),
    ],
)
def test_a_server_is_named_by_its_address(url: str, expected: tuple[object, ...]) -> None:
    found = mail_settings(url, FOLDER)

    assert tuple(found[name] for name in ("host", "port", "user", "password", "tls", "ssl")) == expected
    assert found["backend"].endswith("smtp.EmailBackend")


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://u:hidden@", "mail.example:25", "smtp:secret"])
def test_what_is_no_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        mail_settings(url, FOLDER)

    assert url not in str(refusal.value)
