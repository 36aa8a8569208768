"""Files that people attach to things: checked by content, kept in quarantine until they are found clean."""
