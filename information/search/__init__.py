"""The catalogue's search: words, documents, finding, facets, snippets, suggestions.

`words` and `asking` are functions of text; `documents` keeps the tables in the transaction that changes a post;
`finding`, `facets` and `suggestions` read them for one reader.
"""
