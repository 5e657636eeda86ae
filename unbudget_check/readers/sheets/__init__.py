"""Workbooks of every kind: cells as displayed, with formulas and number formats."""
