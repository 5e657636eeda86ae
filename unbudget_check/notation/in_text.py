"""Figures inside running text, labels and lost tables, as patterns to build others from.

A cell holds one figure (:mod:`unbudget_check.notation.figures`); here words and other figures stand
beside it, and a blank may part its groups or two figures: what stands around it decides.
"""

from __future__ import annotations

import re

from unbudget_check.notation.years import YEAR

# Thousands parted by commas or blanks.
_GROUPED = r"\d{1,3}(?:[, ]\d{3})+"
# An amount of money or a percentage; one that lost or gained a digit is still one figure. No amount
# has ten groups: without a bound, each group of a long run would try all others.
AMOUNT = r"\d{1,3}(?:[, '’]\d{2,4}){1,9}(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)*"
# What is counted: with groups, or a number without them that is no year.
COUNT = rf"{_GROUPED}|(?!{YEAR}(?!\d))\d{{1,5}}"
# What is measured: a count or a decimal.
QUANTITY = rf"{_GROUPED}(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?"
# A figure in the label of a chart, where a line end may part its groups.
IN_LABEL = r"(?<![\w.,])\d{1,3}(?:[\s,.]\d{3})*(?:[.,]\d{1,2})?(?![\d.,]*\d)"
# A figure with its sign, bracket or per cent sign, beside others with nothing but blanks between.
BESIDE = r"[(\-–−]?\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?\)?%?|[(\-–−]?\d+(?:[.,]\d+)*\)?%?"
_ONE = re.compile(rf"(?<!\S)(?:{BESIDE})(?!\S)")
_SEVERAL = re.compile(rf"(?<!\S)(?:{BESIDE})(?:\s+(?:{BESIDE}))+(?!\S)")
# The number of a resolution or law with its year, such as 1718 (2006).
_CITED = re.compile(rf"\d+\s\({YEAR}\)")


def side_by_side(text: str) -> list[list[str]]:
    """The figures that stand two or more in a row with nothing but blanks between, row by row."""
    rows = (found[0] for found in _SEVERAL.finditer(text))
    found = (_ONE.findall(each) for each in rows if not _CITED.fullmatch(each))
    return [row for row in found if len(row) > 1]
