"""A printed year: the pattern from which every recogniser of years is made."""

from __future__ import annotations

import re

# Budgets print years of these two centuries; any other number of four digits is an amount.
YEAR = r"(?:19|20)\d\d"
# A year that is no part of a longer number.
YEAR_ALONE = re.compile(rf"(?<!\d){YEAR}(?!\d)")
