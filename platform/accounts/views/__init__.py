"""Pages of accounts: login, organizations, members, settings."""
