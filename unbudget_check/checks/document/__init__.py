"""Checks of a document as a whole: numbering, references, names."""
