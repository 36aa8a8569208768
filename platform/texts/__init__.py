"""Text that people write: what is accepted, checked in one place for pages, API and import."""
