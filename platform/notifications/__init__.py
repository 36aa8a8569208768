"""Notices: what happened that concerns a person, in the inbox and by mail, each thing once."""
