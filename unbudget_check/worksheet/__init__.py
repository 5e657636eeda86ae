"""Formulas of worksheets: what they say, what they come to, and how they lie beside each other."""
