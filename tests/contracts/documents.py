"""Frozen documents for tests: one that is fit to be signed, and a strategy for many."""

import unicodedata
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from accounts.identifiers import uscc_check_character
from contracts.document import ORDER, SCHEMA, Annex, Bilingual, Clause, Document, Party, Signing


def uscc(number: int) -> str:
    """A valid unified social credit code."""
    return f"91210100MB{number:07d}" + uscc_check_character(f"91210100MB{number:07d}")


ENTERPRISE = Party(
    "client", "沈阳精工机床有限公司", "Shenyang Precision Machine Tools Co., Ltd.", uscc(1), "沈阳市", "王伟"
)
UNIVERSITY = Party("provider", "东北理工大学", "Northeast Polytechnic", uscc(2), "沈阳市和平区文化路3号", "李敏")
GOVERNMENT = Party("government", "沈阳市科学技术局", "Shenyang Science Bureau", uscc(3), "", "")
PRICE = Clause(
    "price",
    "1",
    Bilingual("价款", "Price"),
    Bilingual("价款为人民币80万元。\n分两期支付。", "The price is CNY 800,000.\nIt is paid in two instalments."),
)
SECRECY = Clause(
    "confidentiality",
    "2",
    Bilingual("保密", "Confidentiality"),
    Bilingual("双方保守秘密五年。", "Both sides keep what they learn secret for five years."),
)


def document(**changes: Any) -> Document:
    """A contract in both languages between three parties, with two clauses and an annex."""
    sound = Document(
        schema=SCHEMA,
        contract="17",
        number="TC-2026-00017",
        version=1,
        type="development",
        language="zh",
        title=Bilingual("高速主轴冷却技术开发", "Cooling for a high-speed spindle"),
        parties=(ENTERPRISE, UNIVERSITY, GOVERNMENT),
        clauses=(PRICE, SECRECY),
        annexes=(Annex("drawing.pdf", "application/pdf", 1_234_567, "ab" * 32),),
        signing=Signing(ORDER, "platform"),
    )
    return replace(sound, **changes)


def long_document(clauses: int) -> Document:
    """A contract of so many clauses of about half a page each."""
    zh = "受托方应当按照本合同约定的技术指标完成研究开发工作，并按期交付研究开发成果；委托方应当按约定支付费用。" * 4
    en = "The provider does the research to the targets of this contract and delivers in time; the client pays. " * 4
    return document(
        clauses=tuple(
            Clause(f"clause-{n}", str(n), Bilingual(f"条款{n}", f"Clause {n}"), Bilingual(zh + str(n), en + str(n)))
            for n in range(1, clauses + 1)
        )
    )


LETTERS = st.sampled_from(
    "中文合同技术开发条款甲乙丙ABCdefg 0123456789,.;:()%-“”，。；：（）《》<>#$*_`[]{}\\\"'@~^&=|/"
)


def line(most: int = 40) -> st.SearchStrategy[str]:
    """One line of text that may stand in a contract, with every character that means something to some markup."""
    return st.text(LETTERS, min_size=1, max_size=most).map(fit)


def fit(text: str) -> str:
    """The text without what a document refuses."""
    return unicodedata.normalize("NFC", text.replace("<", "＜").replace(">", "＞")).strip() or "x"


def bilingual(most: int = 40) -> st.SearchStrategy[Bilingual]:
    return st.builds(Bilingual, line(most), line(most))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Sound documents of every shape."""
    parties = (ENTERPRISE, UNIVERSITY, GOVERNMENT)[: draw(st.sampled_from([2, 3]))]
    texts = draw(st.lists(st.tuples(bilingual(), bilingual(200)), min_size=1, max_size=4))
    names = draw(st.lists(line(), max_size=3, unique=True))
    return document(
        number=draw(line()),
        version=draw(st.integers(1, 2**31 - 1)),
        language=draw(st.sampled_from(["zh", "en"])),
        title=draw(bilingual()),
        parties=parties,
        clauses=tuple(Clause(f"c{n}", str(n), title, body) for n, (title, body) in enumerate(texts, 1)),
        annexes=tuple(Annex(name, "text/plain", draw(st.integers(0, 2**40)), "0" * 64) for name in names),
        signing=Signing(tuple(each.role for each in parties), draw(st.sampled_from(["platform", "external"]))),
    )
