"""How fast the catalogue answers with a hundred thousand posts."""
