"""What the parties agree on in figures, dates and short texts, and how a contract writes it."""

from contracts.particulars.declared import DECLARED, FROM_THE_CONTRACT, PARTICULARS, Particular
from contracts.particulars.values import checked
from contracts.particulars.words import Tongue, filled, in_words, placeholders

__all__ = [
    "DECLARED",
    "FROM_THE_CONTRACT",
    "PARTICULARS",
    "Particular",
    "Tongue",
    "checked",
    "filled",
    "in_words",
    "placeholders",
]
