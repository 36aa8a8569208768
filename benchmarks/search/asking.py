"""Questions as people ask them, and how long each page takes."""

import random
import time
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.test import Client

from benchmarks.search.posts import Writer

LISTS: Final = ("/search/", "/needs/", "/achievements/")
SORTS: Final = ("", "", "", "newest", "deadline", "budget", "trl")


class Asked(NamedTuple):
    """A page that was asked for: how long it took, and how long the bare frame beside it."""

    address: str
    labels: tuple[str, ...]
    ms: float
    bare_ms: float


class Asker:
    """Draws questions and asks them, in turn as a visitor and as a member."""

    def __init__(self, writer: Writer, draw: random.Random) -> None:
        self.writer, self.draw = writer, draw
        self.clients = {"visitor": Client(SERVER_NAME="localhost"), "member": Client(SERVER_NAME="localhost")}
        self.clients["member"].force_login(writer.author)

    def ask(self) -> Asked:
        """One question and one bare page."""
        who = self.draw.choice(("visitor", "member"))
        language, rarity, words = self.words()
        facets = self.facets()
        query = [("q", words), *facets, ("sort", self.draw.choice(SORTS))]
        address = f"{self.draw.choice(LISTS)}?{urlencode(query)}"
        labels = (who, language, rarity, f"{len(facets)} facets")
        self.clients[who].cookies["django_language"] = "en" if language == "English" else "zh-hans"
        return Asked(f"{address} ({who})", labels, self.timed(who, address), self.timed(who, "/bare/"))

    def timed(self, who: str, address: str) -> float:
        """Milliseconds until the whole page is there; raises if it is not."""
        started = time.perf_counter()
        answer = self.clients[who].get(address, secure=True)
        elapsed = (time.perf_counter() - started) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        return elapsed

    def words(self) -> tuple[str, str, str]:
        """Language, how rare, and one to three words; now and then none at all."""
        language = self.draw.choice(("Chinese", "English"))
        vocabulary = self.writer.zh if language == "Chinese" else self.writer.en
        rarity = self.draw.choice(("rare words", "common words", "common words", "no words"))
        if rarity == "no words":
            return language, rarity, ""
        source = vocabulary.rare if rarity == "rare words" else vocabulary.common
        number = 1 if rarity == "rare words" else self.draw.choice((1, 2, 3))
        return language, rarity, (" " if language == "English" else "").join(source(self.draw, number))

    def facets(self) -> list[tuple[str, str]]:
        """None to three facets, one value each."""
        draw, writer = self.draw, self.writer
        values = {
            "chain_node": draw.choice(writer.nodes).code,
            "industry": draw.choice(writer.industries).code,
            "region": draw.choice(writer.regions).code,
            "trl": draw.choice("5678"),
            "budget": draw.choice(("under-100k", "100k-500k", "500k-1m", "1m-5m", "over-5m")),
            "contract_type": draw.choice(writer.types).code,
        }
        return draw.sample(list(values.items()), draw.randrange(4))
