"""The visitor without a browser reads pages, keeps cookies and fills in forms."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest

from launch.visitor import Page, Visitor

PAGE = """<!doctype html><title>Match</title><style>p { color: red }</style>
<a href="/needs/n1/">精密<mark>主轴</mark></a> <a href="/needs/n1/">again</a> <a href="/needs/">all</a>
<form method="post" action="/matches/7/approve/" data-action="approve">
  <input type="hidden" name="csrfmiddlewaretoken" value="secret"><input type="hidden" name="version" value="3">
  <input type="checkbox" name="unticked"><textarea name="note"></textarea><button name="pressed">Approve</button>
</form>"""


class Answers(BaseHTTPRequestHandler):
    """Sets a cookie, redirects after a post, and repeats what it was told."""

    def do_GET(self) -> None:
        """A page that shows the cookie, or a 404."""
        self.send_response(404 if self.path == "/gone/" else 200)
        self.send_header("Set-Cookie", "visit=first; Path=/")
        self.end_headers()
        self.wfile.write(f"<p>cookie: {self.headers.get('Cookie', 'none')}, {self.path}</p>".encode())

    def do_POST(self) -> None:
        """Redirect to a page named after what was posted."""
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(302)
        self.send_header("Location", "/said/" + ",".join(f"{name}={value[0]}" for name, value in fields.items()))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Where the answers are."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_page_is_read_without_its_style_and_with_marked_terms_joined() -> None:
    page = Page(200, "http://x/matches/7/", PAGE)

    assert page.text.strip() == "Match 精密主轴 again all Approve"


def test_links_are_found_by_path_and_listed_once() -> None:
    page = Page(200, "http://x/matches/7/", PAGE)

    assert page.links_to(r"/needs/[^/]+/") == ["http://x/needs/n1/"]


def test_a_form_is_found_by_its_action_with_the_fields_a_browser_would_send() -> None:
    page = Page(200, "http://x/matches/7/", PAGE)

    form = page.form("approve")

    assert form is not None
    assert form.url == "http://x/matches/7/approve/"
    assert form.fields == {"csrfmiddlewaretoken": "secret", "version": "3", "note": ""}
    assert page.form("refuse") is None


def test_cookies_are_kept_and_redirects_followed(address: str) -> None:
    visitor = Visitor(address)
    form = Page(200, address, '<form action="/go/"><input name="version" value="3"></form>').forms[0]

    first = visitor.get("/")
    answer = visitor.submit(form, note="ok")

    assert first.text == "cookie: none, /"
    assert (answer.status, answer.path) == (200, "/said/version=3,note=ok")
    assert answer.text == "cookie: visit=first, /said/version=3,note=ok"


def test_a_refusal_is_a_page_too(address: str) -> None:
    assert (Visitor(address).get("/gone/").status, Visitor(address).get("/gone/").path) == (404, "/gone/")
