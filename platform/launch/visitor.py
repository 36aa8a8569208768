"""Somebody with a browser's memory but no browser: pages, links and forms over plain HTTP."""

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar

VOID_TYPES = {"submit", "button", "image", "reset", "file"}
TIMEOUT = 20.0


@dataclass
class Form:
    """A form as the page filled it; `action_name` is its data-action, the verb of a lifecycle's move."""

    url: str
    action_name: str
    fields: dict[str, str] = field(default_factory=dict)


class Reader(HTMLParser):
    """Collects what a visitor can read, follow and submit."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.words: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, forms and fields; what stands in scripts and styles is not text."""
        values = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self.hidden += 1
        elif tag == "a" and "href" in values:
            self.links.append(urllib.parse.urljoin(self.url, values["href"]))
        elif tag == "form":
            target = urllib.parse.urljoin(self.url, values.get("action", ""))
            self.forms.append(Form(target, values.get("data-action", "")))
        elif tag in ("input", "textarea", "select") and self.forms and values.get("name"):
            self._note_field(values)

    def handle_endtag(self, tag: str) -> None:
        """The end of what is not text."""
        if tag in ("script", "style"):
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        """Keep what is visible."""
        if not self.hidden:
            self.words.append(data)

    def _note_field(self, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        if kind in VOID_TYPES or (kind in ("checkbox", "radio") and "checked" not in values):
            return
        self.forms[-1].fields[values["name"]] = values.get("value", "")


class Page:
    """An answer: status, address after redirects, and what the page says."""

    def __init__(self, status: int, url: str, body: str) -> None:
        reader = Reader(url)
        reader.feed(body)
        reader.close()
        self.status = status
        self.url = url
        self.path = urllib.parse.urlsplit(url).path
        # Marked terms split a sentence into pieces, so pieces are joined without a space.
        self.text = re.sub(r"\s+", " ", "".join(reader.words))
        self.links = reader.links
        self.forms = reader.forms

    def links_to(self, pattern: str) -> list[str]:
        """The addresses it links to whose path matches a regular expression whole, in order, each once."""
        found = [link for link in self.links if re.fullmatch(pattern, urllib.parse.urlsplit(link).path)]
        return list(dict.fromkeys(found))

    def form(self, action_name: str) -> Form | None:
        """The form of a lifecycle's action, if the page offers it."""
        return next((form for form in self.forms if form.action_name == action_name), None)

    def form_with(self, name: str) -> Form | None:
        """The first form that has a field of that name."""
        return next((form for form in self.forms if name in form.fields), None)


class Visitor:
    """One person's cookies at one address. Speaks Chinese, the language of the demonstration's titles."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(
            # The environment's proxies are not for loopback.
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(CookieJar()),
        )
        self.opener.addheaders = [("Accept-Language", "zh-hans"), ("User-Agent", "tenon-smoke")]

    def get(self, path: str) -> Page:
        """The page at a path or address, redirects followed, whatever its status."""
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.address, path)))

    def submit(self, form: Form, **answers: str) -> Page:
        """Post a form with its own values and these answers."""
        data = urllib.parse.urlencode(form.fields | answers).encode()
        return self._open(urllib.request.Request(form.url, data=data, method="POST"))

    def _open(self, request: urllib.request.Request) -> Page:
        try:
            with self.opener.open(request, timeout=TIMEOUT) as answer:
                return Page(answer.status, answer.url, answer.read().decode(errors="replace"))
        except urllib.error.HTTPError as error:
            with error:
                return Page(error.code, error.url or request.full_url, error.read().decode(errors="replace"))
