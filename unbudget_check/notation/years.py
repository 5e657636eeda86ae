"""Years as documents print them: 2024, 2023/24, 2024-2025, 2024 a/."""

from __future__ import annotations

import re

from unbudget_check.lexicon import plain_digits
from unbudget_check.notation.marks import MARK

# Budgets print years of these two centuries; any other number of four digits is an amount.
YEAR = r"(?:19|20)\d\d"
# The same as numbers.
YEARS = range(1900, 2101)
# A year that is no part of a longer number.
YEAR_ALONE = re.compile(rf"(?<!\d){YEAR}(?!\d)")
# A year by itself: no budget year (2025/26), number of a resolution or part of a longer one.
BUDGET_YEAR = re.compile(rf"(?<![\d/.])({YEAR})(?![\d/]|\s?\d{{3}}|\.\d)")
YEAR_RANGE = re.compile(rf"(?<![\d/.])({YEAR})\s?[-\u2010-\u2015]\s?({YEAR})(?!\d)")
# A year, or what stands in the place of one and cannot be one: 226, 20226.
ODD_YEAR = re.compile(r"(?<![\d/.,])(?:(?:19|20)\d{2,3}|2\d\d)(?![.,]?\d)")
# The day of a date, or of a period: 31 May 2026 is no budget year.
DAY = re.compile(r"(?<![\d/(（.])\d{1,2}(?![\d/)）.])")
# A year or the span from one to another, however short the second is printed.
YEAR_OR_SPAN = rf"{YEAR}(?:\s*[-–/]\s*(?:19|20)?\d\d)?"
WHOLE_YEAR = rf"{YEAR_OR_SPAN}{MARK}?"
_WHOLE = re.compile(WHOLE_YEAR)


def is_year(text: str) -> bool:
    """Whether a text is a bare year or a span of years, perhaps with the mark of a footnote."""
    return _WHOLE.fullmatch(plain_digits(text.strip())) is not None
