"""Every relation of the matrix against its figures: exact, explained by rounding, or wrong.

This package is the only one that does arithmetic on figures by the million. ``residuals`` and
``percentages`` say what is possible at all, ``regime`` where rounding is to be reckoned with and,
with that, how each relation is graded.
"""
