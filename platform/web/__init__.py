"""The design system, the frame of every page, and the machinery that all pages share."""
