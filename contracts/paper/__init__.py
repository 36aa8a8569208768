"""The formal contract on paper, from the frozen document alone. Functions of their arguments only."""

from contracts.paper.printing import Paper, Place, print_contract
from contracts.paper.typesetting import TypesettingFault, Unprintable, typeset, unprintable

__all__ = ["Paper", "Place", "TypesettingFault", "Unprintable", "print_contract", "typeset", "unprintable"]
