"""Fixtures for what readers are told."""

from tests.pages import english

__all__ = ["english"]
