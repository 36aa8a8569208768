"""From what a person typed to what the index is asked. Every string is a valid question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from information.search.documents import quoted
from information.search.words import Word, is_chinese, words

MOST_WORDS: Final = 12
Forms = tuple[str, ...]
Synonyms = Mapping[Forms, frozenset[Forms]]
"""Words, one after the other, and what they are called in the other language."""
LONGEST_LABEL: Final = 5


@dataclass(frozen=True)
class Question:
    """The words asked for, in groups; of each group the words themselves or one of their synonyms must occur."""

    groups: tuple[tuple[Word, ...], ...] = ()
    synonyms: Synonyms = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def all_words(self) -> str:
        """For PostgreSQL's tsquery: a post must have every word."""
        return " & ".join(self.group(group) for group in self.groups)

    @property
    def any_words(self) -> str:
        """The same, but one word is enough."""
        return " | ".join(self.group(group) for group in self.groups)

    @property
    def in_title(self) -> str:
        """Every word in title or keywords; can be told from the index alone."""
        return " & ".join(self.group(group, "=") for group in self.groups)

    @property
    def any_in_title(self) -> str:
        """One of the words in title or keywords."""
        return " | ".join(self.group(group, "=") for group in self.groups)

    def group(self, group: tuple[Word, ...], mark: str = "") -> str:
        """One group with what it is called otherwise."""
        own = " & ".join(one(word, mark) for word in group)
        others = sorted(self.synonyms.get(tuple(word.forms[0] for word in group), ()))
        return "(" + " | ".join([f"({own})", *(both(other, mark) for other in others)]) + ")"

    @property
    def marked(self) -> list[str]:
        """What is highlighted in the posts found."""
        found = [form if is_chinese(form) else word.written for group in self.groups for word in group
                 for form in word.forms[:1]]  # fmt: skip
        parts = [form for group in self.groups for word in group for form in word.forms[1:]]
        return list(dict.fromkeys([*found, *parts, *self.also]))

    @property
    def also(self) -> list[str]:
        """The synonyms that are asked for too."""
        keys = (tuple(word.forms[0] for word in group) for group in self.groups)
        return [form for key in keys for other in sorted(self.synonyms.get(key, ())) for form in other]


def one(word: Word, mark: str = "") -> str:
    """One word: itself, or all its parts."""
    whole, *parts = word.forms
    return f"({quoted(mark + whole)} | {both(tuple(parts), mark)})" if parts else quoted(mark + whole)


def both(forms: Forms, mark: str = "") -> str:
    """Several forms that must all occur."""
    return "(" + " & ".join(quoted(mark + form) for form in forms) + ")"


def question(text: str, synonyms: Synonyms | None = None) -> Question:
    """What a text asks for: its words, those of one label of the taxonomy together."""
    asked = telling(list(words(text)))[:MOST_WORDS]
    return Question(tuple(grouped(asked, synonyms or {})), synonyms or {})


def telling(asked: Sequence[Word]) -> list[Word]:
    """Without single characters and letters, unless there is nothing else; each word once."""
    long = [word for word in asked if len(word.forms[0]) > 1]
    return list(dict.fromkeys(long or asked))


def grouped(asked: Sequence[Word], synonyms: Synonyms) -> Iterable[tuple[Word, ...]]:
    """The words in order, the longest sequences that have synonyms together."""
    place = 0
    while place < len(asked):
        reach = next(
            (
                length
                for length in range(min(LONGEST_LABEL, len(asked) - place), 1, -1)
                if tuple(word.forms[0] for word in asked[place : place + length]) in synonyms
            ),
            1,
        )
        yield tuple(asked[place : place + reach])
        place += reach


def prefix(text: str, mark: str = "") -> str:
    """A tsquery for what somebody is still typing: every word, the last one as a beginning; "" if there is none."""
    asked = list(words(text))[-MOST_WORDS:]
    if not asked:
        return ""
    *before, last = asked
    beginnings = {form: f"{quoted(mark + form)}:*" for form in (last.written, *last.forms[:1])}
    return " & ".join([*(one(word, mark) for word in before), f"({' | '.join(beginnings.values())})"])
