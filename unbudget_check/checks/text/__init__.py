"""Checks of running text: sentences against tables, targets, citations."""
