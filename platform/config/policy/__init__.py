"""The policy table of the whole platform: the only place that says who may do what.

One module for each floor. A row reads: these roles may do these actions to objects so tied to them in these states,
because. Whatever no row allows is denied. Lifecycles name the actions of their moves; pages, API and tests ask here.
"""

from config.policy import contracts, execution, ground, information, matching, rooms, tracking

RULES = (
    *ground.RULES,
    *information.RULES,
    *matching.RULES,
    *rooms.RULES,
    *contracts.RULES,
    *execution.RULES,
    *tracking.RULES,
)
