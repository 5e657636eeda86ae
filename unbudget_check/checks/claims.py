"""What the checks write: rows of the matrix, percentages, remarks on notation, and what they skip."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.model.facts import ColumnRole
from unbudget_check.model.relations import RelationWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.number import Number

# A place whose regime is learned: unit, kind of column, part of the table.
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong with one cell as it is written; ``computed`` is what it probably means."""

    rule: int
    table: int
    row: int
    column: int
    computed: Number | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Relations that could not be judged, and why; ``relations`` counts them."""

    table: int
    reason: str
    relations: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class PercentClaim:
    """Figure ``stated`` is ``part`` over ``base`` in per cent.

    ``excuse`` says why a difference proves nothing here, for instance a footnote that adjusts
    the base; it is empty where nothing excuses one.
    """

    rule: int
    table: int
    stated: int
    part: int
    base: int
    excuse: str = ""


@dataclass(slots=True)
class Claims:
    """Everything that the rules claim about one document.

    ``tables[r]`` and ``doubts[r]`` go with relation r of the matrix: the table it stands in, and
    why its structure is less than certain ("" where it is certain).
    """

    matrix: RelationWriter = field(default_factory=RelationWriter)
    tables: list[int] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    places: dict[Place, int] = field(default_factory=dict)
    percentages: list[PercentClaim] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def add(
        self,
        table: int,
        rule: int,
        members: Sequence[Sequence[int]],
        coefficients: Sequence[int],
        places: Sequence[Place],
        doubt: str = "",
    ) -> None:
        """Write relations of one shape, the stated figure first; -1 stands for a blank."""
        if not members:
            return
        numbers = [self.places.setdefault(place, len(self.places)) for place in places]
        added = self.matrix.add(members, coefficients, rule, numbers)
        self.tables.extend([table] * len(added))
        self.doubts.extend([doubt] * len(added))


def place_of(table: TableFacts, row: int, column: int) -> Place:
    """The place that a stated figure belongs to.

    Expenditure comes from the accounts and is rounded cell by cell, all else was added up as
    printed; the parts of a table (its sources of funds) were often prepared by different hands.
    """
    spent = table.columns[column].role is ColumnRole.EXPENDITURE
    return table.rows[row].unit, "expenditure" if spent else "resources", table.part or ""
