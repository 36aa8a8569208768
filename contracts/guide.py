"""The decision guide: a few questions, and which of the six options on the results fits the answers, with the reasons.

The options follow the scheme of the British Lambert toolkit; questions and texts are our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Answer:
    """One answer: where it leads, an option ("2") or another question ("use")."""

    value: str
    label: Promise
    leads_to: str


@dataclass(frozen=True)
class Question:
    """One question, why it matters, and its answers."""

    key: str
    text: Promise
    why: Promise
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Advice:
    """An option with what it means for each side, what must be agreed besides, and when it does not fit."""

    option: str
    title: Promise
    client: Promise
    provider: Promise
    agree: Promise


FIRST = "creators"
QUESTIONS: Mapping[str, Question] = {
    question.key: question
    for question in (
        Question(
            "creators",
            _("Who will create the results?"),
            _("Where both invent, a split by who created what is often simpler than one owner."),
            (
                Answer("provider", _("Essentially the provider's researchers"), "secrecy"),
                Answer("both", _("Both sides, each in its own part"), "6"),
                Answer("together", _("Both sides, and one of them should own everything"), "secrecy"),
            ),
        ),
        Question(
            "secrecy",
            _("Must the results stay secret, and may the provider do without using and publishing them?"),
            _("A university lives on publishing; giving that up belongs to paid contract research only."),
            (
                Answer("yes", _("Yes: the work is a paid service, and publishing would do harm"), "5"),
                Answer("no", _("No: publishing after a delay and academic use must stay possible"), "owner"),
            ),
        ),
        Question(
            "owner",
            _("Does the client's business depend on owning the results itself?"),
            _("Ownership costs more, and brings the cost of patents; a licence is often enough."),
            (
                Answer("yes", _("Yes: the results go into its core product"), "4"),
                Answer("later", _("Perhaps: that will be seen once they are there"), "3"),
                Answer("no", _("No: using them is enough"), "use"),
            ),
        ),
        Question(
            "use",
            _("Must competitors be kept from using the results in the client's field?"),
            _("Exclusivity in one field leaves the provider free to license in all others."),
            (
                Answer("yes", _("Yes, or it should remain possible"), "2"),
                Answer("no", _("No: a non-exclusive right is enough"), "1"),
            ),
        ),
    )
}
ADVICE: Mapping[str, Advice] = {
    advice.option: advice
    for advice in (
        Advice(
            "1",
            _("The provider owns; the client uses"),
            _("Uses the results in its field and territory, without paying for ownership and patents."),
            _("Keeps the results, publishes, and may license them to others too, also in the same field."),
            _("Field and territory of the licence; the delay of publications."),
        ),
        Advice(
            "2",
            _("The provider owns; the client may call for exclusivity"),
            _("Decides once the results are there whether keeping competitors out is worth its price."),
            _("Keeps the results and academic use; waits for the client's decision before licensing in that field."),
            _("Field, territory, and how many months the option runs; the delay of publications."),
        ),
        Advice(
            "3",
            _("The provider owns; the client may call for the assignment"),
            _("Decides once the results are there whether to take them over, at a price agreed then."),
            _("Keeps academic use in any case; waits with licences until the option has run out."),
            _("How many months the option runs; field and territory until then; the delay of publications."),
        ),
        Advice(
            "4",
            _("The client owns; the provider keeps academic use"),
            _("Owns what its core product needs, and files and pays for the patents itself."),
            _("Uses the results for teaching and research and publishes after a delay; the price reflects the rest."),
            _("The delay of publications; the licence of the provider's background; the reward of those who made it."),
        ),
        Advice(
            "5",
            _("Contract research: the client owns, publication by consent"),
            _("Owns everything and decides what becomes known."),
            _("Is paid in full for the work; neither uses nor publishes the results without consent."),
            _("A price that covers full cost; the licence of the provider's background; the reward of the inventors."),
        ),
        Advice(
            "6",
            _("Each owns what it creates"),
            _("Owns its own part and may use the other's in its field and territory."),
            _("Owns its own part and may use the other's; joint results are owned jointly."),
            _("Field and territory of the mutual licences; how income from joint results is divided."),
        ),
    )
}


@dataclass(frozen=True)
class Course:
    """How far the answers lead: those given in their order, the next question if one is open, else the option."""

    given: tuple[tuple[Question, Answer], ...]
    question: Question | None
    option: str

    @property
    def advice(self) -> Advice | None:
        return ADVICE.get(self.option)


def follow(answers: Mapping[str, str]) -> Course:
    """Follow the answers from the first question on; answers to questions that are not asked are passed over."""
    key = FIRST
    given: list[tuple[Question, Answer]] = []
    while key in QUESTIONS:
        question = QUESTIONS[key]
        answer = next((each for each in question.answers if each.value == answers.get(key)), None)
        if answer is None:
            return Course(tuple(given), question, "")
        given.append((question, answer))
        key = answer.leads_to
    return Course(tuple(given), None, key)
