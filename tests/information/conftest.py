"""Fixtures for the pages of information release."""

from tests.pages import count_queries, english

__all__ = ["count_queries", "english"]
