"""The project's settings with a URL that has no policy."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.policy.urlconfs.unmarked"
