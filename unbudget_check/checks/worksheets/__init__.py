"""Checks of the formulas of workbooks."""
