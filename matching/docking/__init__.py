"""The docking room's use cases, pages and API: from an approved match to agreed terms.

`rooms` open and end them, `talks` and `meetings` are what is said, `sheet` is the term sheet, `clocks` say whose turn
it is. Every write takes the room's lock first.
"""
