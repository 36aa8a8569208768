"""Everything that an address can say to a reader: each page and each endpoint, with every key that there is."""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

LINK = re.compile(r"""(?:href|hx-get|action|"next"|"url")\s*[=:]\s*["'](/[^"'#]*|https?://testserver/[^"'#]*)""")
MOST = 8_000
"""Addresses of one crawl; a page that links to ever new ones ends there with an error.

Each address is tried with every key of the test's objects; how many differ depends on what ran before."""


def names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """The name of each address, with the names of its parameters."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            parameters = getattr(pattern.pattern, "converters", None) or pattern.pattern.regex.groupindex
            yield ":".join((*spaces, pattern.name)), list(parameters)


Keys = Mapping[str, list[Any]]
"""What stands in addresses, by the name of the parameter; under "" what is tried for all other parameters."""


def addresses(keys: Keys) -> Iterator[str]:
    """Every address of the platform, each parameter with each of the keys that it takes."""
    for name, parameters in names(get_resolver()):
        for values in itertools.product(*(keys.get(parameter, keys[""]) for parameter in parameters)):
            try:
                yield reverse(name, kwargs=dict(zip(parameters, values, strict=True)))
            except NoReverseMatch:
                continue


def said(answer: HttpResponseBase) -> str:
    """The body of an answer, also of one that is sent piece by piece."""
    pieces = getattr(answer, "streaming_content", None)
    body = b"".join(pieces) if pieces is not None else answer.content  # type: ignore[attr-defined]
    return str(body.decode("utf-8", errors="replace"))


def crawl(client: Client, keys: Keys) -> dict[str, str]:
    """What the reader is told at every address, and at every address that the answers lead to."""
    waiting, told = list(dict.fromkeys(addresses(keys))), dict[str, str]()
    while waiting:
        address = waiting.pop()
        if address in told:
            continue
        assert len(told) < MOST, f"the pages lead to ever new addresses, like {waiting[-3:]}"
        told[address] = said(client.get(address))
        for link in LINK.findall(told[address]):
            parts = urlsplit(link.replace("&amp;", "&"))
            waiting.append(parts._replace(scheme="", netloc="").geturl())
    return told
