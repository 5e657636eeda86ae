"""The search for the wrong figure, on matrices made by hand."""
