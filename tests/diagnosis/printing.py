"""Small tables as officers print them, with slips put in, and what is proposed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.as_printed import figure

if TYPE_CHECKING:
    from decimal import Decimal

    from unbudget_check.model.finding import Proof, Suspect

TABLE = """
Item        | 2024 expenditure | 2025 approved | Technical adjustments | Other |  Total | Percentage | 2026 estimate
Posts       |          1 302.4 |       1 327.1 |   48.6 | (112.3) | (63.7) | (4.8) | 1 263.4
Consultants |            214.7 |         231.5 |      – |    17.2 |   17.2 |   7.4 |   248.7
Travel      |            118.3 |         146.9 |  (9.4) |    13.5 |    4.1 |   2.8 |   151.0
Rent        |            563.8 |         572.6 |   26.1 |  (39.7) | (13.6) | (2.4) |   559.0
Total       |          2 199.2 |       2 278.1 |   65.3 | (121.3) | (56.0) | (2.5) | 2 222.1
"""  # noqa: E501 (a table as it is printed)
ELSEWHERE = """
---
Item   |  Nairobi |  Vienna | Geneva |   Total
Travel |    307.2 |    58.8 |   81.6 |   447.6
Fuel   |     91.5 |    26.3 |   44.9 |   162.7
Total  |    398.7 |    85.1 |  126.5 |   610.3
"""
SITES = """
Item     |    East |    West |   North |   Total
Posts    |   512.3 |   431.8 |   377.4 | 1 321.5
Rent     |   211.9 |   305.2 |   242.6 |   759.7
Supplies |    84.6 |    67.1 |    93.5 |   245.2
Travel   |   154.7 |   120.4 |   133.8 |   408.9
Total    |   963.5 |   924.5 |   847.3 | 2 735.3
"""
# Both the change of the first row and its only factor are misprinted; the second row has neither.
AGREEING = """
Item  | 2025 approved | Technical adjustments | Other |  Total | Percentage | 2026 estimate
Posts |       1 327.1 |                (50.0) |     – | (50.0) |          – |       1 327.1
Rent  |         231.5 |                     – |     – |      – |          – |         231.5
Fuel  |         146.9 |                     – |  13.5 |   13.5 |        9.2 |         160.4
Total |       1 705.5 |                     – |  13.5 |   13.5 |        0.8 |       1 719.0
"""
FEES = """
Item        | 2026
Posts       | 1 302.4
Consultants |   214.7
Travel      |   118.3
Total       | 1 635.4
"""


def cells(table: str) -> list[list[str]]:
    """The printed texts of the first table in a text, row by row."""
    rows = table.strip().partition("\n---")[0].splitlines()
    return [[text.strip() for text in row.split("|")] for row in rows]


def reprinted(table: str, prints: dict[tuple[str, str], str]) -> str:
    """The text with other figures at some places of its first table, by row and column."""
    first, *rows = cells(table)
    for row in rows:
        for at, column in enumerate(first):
            row[at] = prints.get((row[0], column), row[at])
    _, rule, rest = table.partition("\n---")
    return "\n".join(" | ".join(row) for row in [first, *rows]) + rule + rest


def printed_at(table: str, row: str, column: str) -> str:
    first, *rows = cells(table)
    (found,) = (each[first.index(column)] for each in rows if each[0] == row)
    return found


def place(suspect: Suspect) -> tuple[str | None, str | None]:
    return suspect.where.row, suspect.where.column


def meant(suspect: Suspect) -> str:
    """The proposed figure as printed; nil is the dash that the tables print."""
    if suspect.proposed is None:
        return "nothing"
    return figure(suspect.proposed) if suspect.proposed else "–"


def without(table: str, column: str) -> str:
    """The text without one column."""
    at = cells(table)[0].index(column)
    return "\n".join(" | ".join([*row[:at], *row[at + 1 :]]) for row in cells(table))


def solved(proof: Proof, suspect: Suspect) -> Decimal:
    """What a sum says that a figure is when all its other figures are right."""
    assert proof.stated is not None
    printed = [(1, proof.where, proof.stated)]
    for part in proof.parts:
        assert part.stated is not None
        printed.append((-part.coefficient, part.where, part.stated))
    residual = sum(sign * stated for sign, _, stated in printed)
    ((sign, stated),) = ((s, value) for s, where, value in printed if where == suspect.where)
    assert sign in {1, -1}
    return stated - sign * residual
