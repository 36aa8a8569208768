"""Fixtures for the pages of matching."""

from tests.pages import count_queries, english

__all__ = ["count_queries", "english"]
