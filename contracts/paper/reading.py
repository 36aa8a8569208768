"""What a reader finds on the paper, compared with what the document says: nothing dropped, changed or added."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from contracts.paper.typesetting import TypesettingFault


def require_same_text(pdf: bytes, data: dict[str, Any]) -> None:
    """Raise TypesettingFault unless the pages say, in order, exactly what the template was given."""
    found, wanted = "".join(pages(pdf, data)), squeezed("".join(sentences(data)))
    if found != wanted:
        at = next((n for n, (one, other) in enumerate(zip(found, wanted, strict=False)) if one != other), len(wanted))
        raise TypesettingFault(
            f"the paper says {found[at : at + 20]!r} where the contract says {wanted[at : at + 20]!r}"
        )


def pages(pdf: bytes, data: dict[str, Any]) -> Iterator[str]:
    """The text of each page without head and foot; raises TypesettingFault where those are not as they should be."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    head = squeezed(data["document"]["title"]["zh"] + data["document"]["number"])
    for number, page in enumerate(reader.pages, 1):
        text, count = squeezed(page.extract_text()), len(reader.pages)
        foot = squeezed(f"SHA-256{data['sha256']}第{number}页，共{count}页Page{number}of{count}")
        start = head if number > 1 else ""
        if not (text.startswith(start) and text.endswith(foot)):
            raise TypesettingFault(f"head or foot of page {number} is not as it should be")
        yield text[len(start) : len(text) - len(foot)]


def squeezed(text: str) -> str:
    """The text without blanks: where lines break is not what a contract says."""
    return "".join(text.split())


def sentences(data: dict[str, Any]) -> Iterator[str]:
    """Everything that the pages say between head and foot, in the order of the template."""
    document, words = data["document"], data["words"]
    yield from (*both(words["contract"]), document["number"], *both(document["title"]))
    yield from (*both(words["type"]), *both(data["type"]), *both(words["version"]), str(document["version"]))
    yield from (*both(words["language"]), *both(data["language"]), *both(words["level"]), *both(data["level"]))
    yield from both(words["parties"])
    for party in document["parties"]:
        yield from (*both(words["roles"][party["role"]]), party["name_zh"], party["name_en"])
        for name in ("uscc", "address", "representative"):
            yield from (*both(words[name]), party[name]) if party[name] else ()
    yield from both(words["clauses"])
    for clause in document["clauses"]:
        yield from ("第", clause["number"], "条", clause["title"]["zh"], "Article", clause["number"])
        yield from (clause["title"]["en"], *both(clause["body"]))
    yield from annexes(data)
    yield from (*both(words["signatures"]), *both(words["order"]), *both(words["level"]), *both(data["level"]))
    for index, role in enumerate(document["signing"]["order"], 1):
        name = next(party["name_zh"] for party in document["parties"] if party["role"] == role)
        yield from (f"{index}.", *both(words["roles"][role]), name)


def annexes(data: dict[str, Any]) -> Iterator[str]:
    """The list of annexes, if there are any."""
    listed = data["document"]["annexes"]
    yield from both(data["words"]["annexes"]) if listed else ()
    for index, annex in enumerate(listed):
        yield from (f"{index + 1}.", annex["name"], annex["media_type"], data["sizes"][index])
        yield from ("SHA-256", annex["sha256"])


def both(word: dict[str, str]) -> tuple[str, str]:
    """A word in both languages."""
    return word["zh"], word["en"]
