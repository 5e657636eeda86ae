"""Notation: one recogniser for each printed form, whatever the format of the document."""
