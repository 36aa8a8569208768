"""What must be true of a running demonstration, seen through its pages as each role sees them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from launch.leftovers import wait_until
from launch.logins import DEMO, PASSWORD, Login, all_logins, one_per_role
from launch.visitor import Page, Visitor

NEWS_SECONDS = 30.0
MATCH = r"/matches/\d+/"
CONTRACT = r"/contracts/\d+/"


class NotSo(Exception):
    """A fact that does not hold; `str()` says what was seen instead."""


def expect(holds: object, otherwise: str) -> None:
    """Raise NotSo with what was seen unless it holds."""
    if not holds:
        raise NotSo(otherwise)


def read_lines(pattern: str) -> list[dict[str, Any]]:
    """Every object in the JSON Lines files of the demonstration that match."""
    return [
        json.loads(line)
        for file in sorted(DEMO.glob(pattern))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


@dataclass(frozen=True)
class Pair:
    """A need and the achievement that was written for it."""

    need: Mapping[str, Any]
    achievement: Mapping[str, Any]


def intended_pair() -> Pair:
    """The last pair whose need everybody may see: the first ones are used up by the demonstration's own stories."""
    needs = {post["external_id"]: post for post in read_lines("needs-*.jsonl")}
    achievements = {post["external_id"]: post for post in read_lines("achievements-*.jsonl")}
    intended = [pair for file in sorted(DEMO.glob("intended*.json")) for pair in json.loads(file.read_text("utf-8"))]
    public = [pair for pair in intended if needs[pair["need"]]["visibility"] == "public"]
    return Pair(needs[public[-1]["need"]], achievements[public[-1]["achievement"]])


class Tour:
    """One walk through the pages: who visits, the pair looked for, and what was found on the way."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pair = intended_pair()
        self.people = {login.role: login for login in one_per_role()}
        self.visitors: dict[str, Visitor] = {}
        self.need_page = ""
        self.match_page = ""

    def manager_of(self, post: Mapping[str, Any]) -> Login:
        """Who speaks for the organization of a post."""
        return next(login for login in all_logins() if login.organization == post["organization"])

    def enter(self, login: Login) -> Visitor:
        """This person, logged in once; raises NotSo when the desk does not open."""
        if login.email not in self.visitors:
            visitor = Visitor(self.address)
            form = visitor.get("/login/").form_with("username")
            expect(form, "the login page has no form")
            assert form is not None
            visitor.submit(form, username=login.email, password=PASSWORD)
            desk = visitor.get("/desk/")
            expect((desk.status, desk.path) == (200, "/desk/"), f"{login.email} got {desk.status} at {desk.path}")
            self.visitors[login.email] = visitor
        return self.visitors[login.email]

    def match_as(self, login: Login) -> Page:
        """The match's page as this person sees it."""
        return self.enter(login).get(self.match_page)


def every_role_logs_in(tour: Tour) -> str:
    """Each role's login leads to its desk."""
    for login in tour.people.values():
        tour.enter(login)
    return f"{', '.join(tour.people)} reach their desks"


def a_visitor_finds_the_need(tour: Tour) -> str:
    """The public list shows the need's title and leads to its page."""
    title = tour.pair.need["title_zh"]
    page = Visitor(tour.address).get(f"/needs/?q={quote(title)}")
    expect(page.status == 200 and title in page.text, f"/needs/ answered {page.status} without “{title}”")
    visitor = Visitor(tour.address)
    found = [link for link in page.links_to(r"/needs/[^/]+/") if title in visitor.get(link).text]
    expect(found, f"no link on {page.path} leads to “{title}”")
    tour.need_page = found[0]
    return f"without a login, “{title}” is at {urlsplit(tour.need_page).path}"


def the_best_suggestion_is_the_intended_one(tour: Tour) -> str:
    """On the need's page, for its owner, the first suggestion is the achievement written for it."""
    owner = tour.enter(tour.manager_of(tour.pair.need))
    title, in_english = (tour.pair.achievement[name] for name in ("title_zh", "title_en"))
    suggestions = owner.get(tour.need_page).links_to(MATCH)
    expect(suggestions, "the need's page shows its owner no suggestion")
    tour.match_page = suggestions[0]
    seen = owner.get(suggestions[0]).text
    expect(title in seen or in_english in seen, f"the first suggestion is not “{title}”")
    return f"its best suggestion is “{title}” ({urlsplit(tour.match_page).path})"


def both_sides_express_interest(tour: Tour) -> str:
    """Each side's manager presses the button on the match's page, unless that was done before."""
    for post in (tour.pair.need, tour.pair.achievement):
        login = tour.manager_of(post)
        if form := tour.match_as(login).form("express_interest"):
            answer = tour.enter(login).submit(form)
            expect(answer.status == 200, f"{login.email}'s interest was answered with {answer.status}")
    return "both sides express interest"


def only_the_administrator_can_approve(tour: Tour) -> str:
    """The approve button is on the administrator's page and on nobody else's; a stranger does not see the match."""
    administrator = tour.people["administrator"]
    expect(tour.match_as(administrator).form("approve"), "the administrator has no approve button")
    parties = [tour.manager_of(tour.pair.need), tour.manager_of(tour.pair.achievement)]
    for login in (*parties, tour.people["supervisor"]):
        expect(not tour.match_as(login).form("approve"), f"{login.email} has an approve button")
    stranger = next(login for login in all_logins() if login.role == "enterprise" and login not in parties)
    status = tour.match_as(stranger).status
    expect(status == 404, f"{stranger.email}, a stranger, got {status}")
    return f"the approve button is {administrator.email}'s alone; another enterprise gets 404"


def the_administrator_approves(tour: Tour) -> str:
    """The form on the page is posted and the button is gone."""
    administrator = tour.people["administrator"]
    form = tour.match_as(administrator).form("approve")
    assert form is not None
    answer = tour.enter(administrator).submit(form)
    expect(answer.status == 200, f"approving was answered with {answer.status}")
    expect(not tour.match_as(administrator).form("approve"), "the match can be approved twice")
    return "the administrator approves the match"


def the_contract_draft_appears(tour: Tour) -> str:
    """Both parties find a contract that was opened by this match; the worker needs a moment."""
    seen: dict[str, str] = {}
    for post in (tour.pair.need, tour.pair.achievement):
        login = tour.manager_of(post)
        wait_until(partial(contract_of, tour, login), NEWS_SECONDS, pause=0.5)
        seen[login.email] = contract_of(tour, login)
        expect(seen[login.email], f"{login.email} sees no contract for this match after {NEWS_SECONDS:.0f} s")
    expect(len(set(seen.values())) == 1, f"the parties see different contracts: {seen}")
    return f"the contract draft is open to both parties ({urlsplit(seen.popitem()[1]).path})"


def contract_of(tour: Tour, login: Login) -> str:
    """The address of the contract that links back to the match, or an empty string."""
    visitor = tour.enter(login)
    match_path = urlsplit(tour.match_page).path
    contracts = visitor.get("/contracts/").links_to(CONTRACT)
    return next((link for link in contracts if visitor.get(link).links_to(match_path)), "")


# In the order in which they are looked at: each may use what those before it found.
FACTS: tuple[Callable[[Tour], str], ...] = (
    every_role_logs_in,
    a_visitor_finds_the_need,
    the_best_suggestion_is_the_intended_one,
    both_sides_express_interest,
    only_the_administrator_can_approve,
    the_administrator_approves,
    the_contract_draft_appears,
)
