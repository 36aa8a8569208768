"""The REST side of every floor: what is accepted, how it is answered, and one shape for every refusal.

The floors' `api.py` modules declare; what they have in common stands here. Nothing here knows a floor.
"""
