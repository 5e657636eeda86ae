"""What a workbook stores beside what it shows: formulas, and values with all their digits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

# Row and column, counted from 0.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The cells of one sheet as they are stored.

    ``formulas`` are written as in the sheet, without the sign before them, shared ones written out
    for each cell (ECMA-376 part 1, 18.3.1.40); ``special`` says of some what they are besides:
    "array" or "table". ``values`` are the numbers, those that formulas came to among them,
    ``texts`` the cells that hold words, ``errors`` those whose formula came to an error.
    ``missing`` are formulas of which no result was stored. Hidden rows matter to some functions.
    """

    name: str
    formulas: Mapping[Place, str] = field(default_factory=dict)
    values: Mapping[Place, Decimal] = field(default_factory=dict)
    texts: frozenset[Place] = frozenset()
    errors: frozenset[Place] = frozenset()
    missing: frozenset[Place] = frozenset()
    special: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Worksheets:
    """All sheets of a workbook, and its defined names with what each stands for."""

    sheets: tuple[Worksheet, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any formula."""
        return any(sheet.formulas for sheet in self.sheets)
