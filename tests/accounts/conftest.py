"""Fixtures for the pages of accounts."""

from tests.pages import count_queries, english

__all__ = ["count_queries", "english"]
