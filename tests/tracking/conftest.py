"""Fixtures for the pages of tracking."""

from tests.pages import count_queries, english

__all__ = ["count_queries", "english"]
