"""Years as documents print them: 2024, 2023/24, 2024-2025, 2024 a/."""

from __future__ import annotations

import re

from unbudget_check.lexicon import plain_digits
from unbudget_check.notation.marks import MARK

# Budgets print years of these two centuries; any other number of four digits is an amount.
YEAR = r"(?:19|20)\d\d"
# A year that is no part of a longer number.
YEAR_ALONE = re.compile(rf"(?<!\d){YEAR}(?!\d)")
# A year or the span from one to another, however short the second is printed, with its mark.
WHOLE_YEAR = rf"{YEAR}(?:\s*[-–/]\s*(?:19|20)?\d\d)?{MARK}?"
_WHOLE = re.compile(WHOLE_YEAR)


def is_year(text: str) -> bool:
    """Whether a text is a bare year or a span of years, perhaps with the mark of a footnote."""
    return _WHOLE.fullmatch(plain_digits(text.strip())) is not None
