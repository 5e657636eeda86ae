"""The facts of documents for other programs, one file a format, all with one signature.

    render(rows: Sequence[FactRow]) -> str | bytes

Amounts stay exact: digits as text, or decimals of fixed width, never floats. ``FORMATS`` names the
module of each format; ``PRINTABLE`` are those that are text.
"""

from __future__ import annotations

FORMATS = {
    "csv": "unbudget_check.reporters.facts.csv",
    "json": "unbudget_check.reporters.facts.json",
    "parquet": "unbudget_check.reporters.facts.parquet",
}
PRINTABLE = frozenset({"csv", "json"})
