"""The technology contracts of the Civil Code as data: what each must say, and what the law puts where it is silent.

Sources are articles of the Civil Code of the People's Republic of China, book three, chapter 20.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LUMP_SUM, INSTALMENTS, ROYALTY, ENTRY_ROYALTY = "lump_sum", "instalments", "royalty", "entry_royalty"
PRICE_FORMS = (LUMP_SUM, INSTALMENTS, ROYALTY, ENTRY_ROYALTY)
"""The forms of price of article 846."""


@dataclass(frozen=True)
class Silence:
    """What the law says where the contract is silent on the subject of one clause."""

    clause: str
    article: str
    text: Promise


@dataclass(frozen=True)
class ContractKind:
    """One form of contract: the articles on it, its required clauses by article, and the defaults of the law."""

    articles: str
    required: Mapping[str, str]
    silences: tuple[Silence, ...]
    price_forms: tuple[str, ...] = PRICE_FORMS
    ip_options: tuple[str, ...] = ()
    """Those of the six options on who owns and uses the results that fit this form; none where the law decides."""


COMMON: dict[str, str] = {
    "definitions": "845",
    "project": "845",
    "performance": "845",
    "price": "845, 846",
    "acceptance": "845",
    "ip": "845",
    "confidentiality": "845",
    "liability": "577",
    "rescission": "562",
    "government": "845",
    "disputes": "845",
    "effect": "490",
}
PUBLIC = Silence(
    "rescission", "857", _("If the technology becomes public through others, either party may rescind the contract.")
)
FAILURE = Silence(
    "risk",
    "858",
    _(
        "A failure that could not be overcome is borne as agreed, else shared reasonably; whoever sees it coming must"
        " tell the other and limit the loss."
    ),
)
KNOW_HOW = Silence("ip", "861", _("Know-how may be used and transferred by both parties, before a patent is granted."))
NAMED = Silence(
    "inventors", "849", _("Those who made a result have the right to be named in the documents and to be rewarded.")
)
EXISTING = (
    Silence("acceptance", "870", _("The provider warrants lawful ownership, completeness and effectiveness.")),
    Silence("ip", "875", _("A later improvement belongs to the party that made it; the other has no share in it.")),
    Silence("liability", "874", _("If using it as agreed infringes rights of others, the provider answers for it.")),
    Silence(
        "inventors",
        "847",
        _("If an organization transfers a result made in its service, its makers have first refusal."),
    ),
)

KINDS: Mapping[str, ContractKind] = {
    "commissioned": ContractKind(
        "851-854, 857-859, 861",
        COMMON | {"cooperation": "852", "risk": "858", "income": "845"},
        (
            Silence(
                "ip",
                "859",
                _(
                    "The developer has the right to apply for the patent; the client may use it free of charge and has"
                    " first refusal if that right is transferred."
                ),
            ),
            KNOW_HOW,
            FAILURE,
            PUBLIC,
            NAMED,
        ),
        ip_options=("1", "2", "3", "4", "5", "6"),
    ),
    "cooperative": ContractKind(
        "851, 855-858, 860, 861",
        COMMON | {"contributions": "855", "risk": "858", "income": "845"},
        (
            Silence(
                "ip",
                "860",
                _(
                    "The right to apply for the patent is joint, with first refusal on a share; if one party objects,"
                    " the other must not apply."
                ),
            ),
            KNOW_HOW,
            FAILURE,
            PUBLIC,
            NAMED,
        ),
        ip_options=("1", "2", "3", "4", "6"),
    ),
    "transfer": ContractKind(
        "862-864, 868-870, 872-875", COMMON | {"rights": "845", "inventors": "847"}, (*EXISTING, PUBLIC)
    ),
    "licence": ContractKind(
        "862-867, 870-875",
        COMMON | {"rights": "845", "licence": "864, 865"},
        (
            Silence("licence", "865", _("A licence of a patent lasts only as long as the patent.")),
            Silence("licence", "867", _("The licensee must not let others use it beyond what was agreed.")),
            *EXISTING,
            PUBLIC,
        ),
    ),
    "consulting": ContractKind(
        "878-881, 885, 886",
        COMMON | {"cooperation": "879"},
        (
            Silence(
                "cooperation", "881", _("The client bears losses from decisions taken on a report that is as agreed.")
            ),
            Silence("ip", "885", _("New results belong to whoever made them with the material of the other.")),
            Silence("cooperation", "886", _("The provider bears the cost of its own work.")),
        ),
        price_forms=(LUMP_SUM, INSTALMENTS),
    ),
    "service": ContractKind(
        "878, 882-886",
        COMMON | {"cooperation": "882"},
        (
            Silence("ip", "885", _("New results belong to whoever made them with the material of the other.")),
            Silence("cooperation", "886", _("The provider bears the cost of its own work.")),
            Silence("acceptance", "884", _("Who accepts the work late or not at all still owes the fee.")),
        ),
        price_forms=(LUMP_SUM, INSTALMENTS),
    ),
}
CLAUSES: Mapping[str, Promise] = {
    "definitions": _("Definitions"),
    "project": _("Subject, scope and requirements"),
    "performance": _("Time, place and manner of performance"),
    "contributions": _("Contributions and division of work"),
    "cooperation": _("What the client provides"),
    "rights": _("List of rights"),
    "licence": _("Scope of the licence"),
    "acceptance": _("Acceptance"),
    "price": _("Price and payment"),
    "income": _("Division of income"),
    "ip": _("Ownership and use of results"),
    "publication": _("Publication"),
    "inventors": _("Reward of those who made it"),
    "risk": _("Risk of failure"),
    "confidentiality": _("Confidentiality"),
    "liability": _("Liability"),
    "rescission": _("Change, rescission and termination"),
    "government": _("The government's part"),
    "disputes": _("Disputes"),
    "effect": _("Text and effect"),
}
"""What each clause is about, in the order in which clauses stand in a contract."""
ORDER = tuple(CLAUSES)
