"""Budgets of cities, ministries, grants, companies and clubs, composed in the shapes of real ones.

``book`` holds cells and the ties between them, ``table`` lays out trees of rows under columns,
``write`` makes files of them, ``slips`` plants one error; every other module is a family of shape.
"""

from __future__ import annotations

from tests.budgets import (  # noqa: F401 - each enters its budgets in the catalogue
    cities,
    companies,
    grants,
    headings,
    invoices,
    layouts,
    ledgers,
    ministries,
    months,
    outlines,
    regions,
    staff,
)
from tests.budgets.catalogue import BUDGETS

SLIPS_EACH = 3

__all__ = ["BUDGETS", "SLIPS_EACH"]
