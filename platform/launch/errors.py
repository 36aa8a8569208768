"""The one exception that this package shows to people."""


class LaunchError(Exception):
    """Starting or running failed in a way a person can act on; `str()` is one clear sentence that says how."""
