"""A document that is known, and the same document with slips planted in chosen cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tests.as_printed import RULES
from unbudget_check.diagnosis.judging import Judged, judge_claims
from unbudget_check.diagnosis.localisation.board import figures_of, mends
from unbudget_check.engine import check_document, claims_of
from unbudget_check.evidence.slips import Slip
from unbudget_check.model.document import Cell, Document, Table
from unbudget_check.model.facts import UNSUMMED, CellKind, RowRole, Spot
from unbudget_check.model.number import decimal_of
from unbudget_check.model.outcome import Rounding
from unbudget_check.understand.understand import understand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.diagnosis.localisation.board import Ties
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.number import Number


@dataclass(frozen=True)
class Known:
    """A document with what is understood of it and found in it before anything is planted."""

    name: str
    document: Document

    @cached_property
    def facts(self) -> DocumentFacts:
        """What is understood of it."""
        return understand(self.document)

    @cached_property
    def judged(self) -> Judged:
        """How its relations came out."""
        return judge_claims(self.facts, claims_of(self.facts, RULES), Rounding.UNKNOWN)

    @cached_property
    def own(self) -> Sequence[Finding]:
        """Its own findings."""
        return check_document(self.document, RULES).findings

    @cached_property
    def found(self) -> frozenset[str]:
        """What its own findings say."""
        return frozenset(each.message for each in self.own)

    @cached_property
    def ties_of(self) -> Mapping[int, Sequence[int]]:
        """The ties of each figure; percentages are numbered after the relations."""
        ties: defaultdict[int, list[int]] = defaultdict(list)
        for tie, figures in enumerate(self.members):
            if tie not in self.judged.ties.excused:
                for figure in figures:
                    ties[figure].append(tie)
        return ties

    @cached_property
    def loosest(self) -> Ties:
        """The ties, each allowed to miss whatever rounding alone can explain."""
        return replace(self.judged.ties, limits=self.judged.judgement.allowances)

    @cached_property
    def members(self) -> Sequence[Sequence[int]]:
        """The figures of each tie."""
        ties = self.judged.ties
        return [figures_of(ties, t) for t in range(len(ties.relations) + len(ties.percentages))]

    @cached_property
    def groups(self) -> Sequence[Sequence[int]]:
        """The figures of tables that ties connect, where all of these hold."""
        group = list(range(len(self.facts.tables)))

        def root(figure: int) -> int:
            table = self.spot(figure).table
            while group[table] != table:
                group[table] = group[group[table]]
                table = group[table]
            return table

        members = [[f for f in figures if self.is_in_a_table(f)] for figures in self.members]
        for figures in members:
            for figure in figures[1:]:
                group[root(figure)] = root(figures[0])
        broken = {root(members[tie][0]) for tie in self.broken if members[tie]}
        found: defaultdict[int, list[int]] = defaultdict(list)
        for figure in filter(self.is_in_a_table, self.ties_of):
            if root(figure) not in broken and not self.spot(figure).item:
                found[root(figure)].append(figure)
        return [found[key] for key in sorted(found)]

    @cached_property
    def broken(self) -> Sequence[int]:
        """The ties that do not hold as printed."""
        return [
            tie
            for tie, figures in enumerate(self.members)
            if not mends(self.judged.ties, tie, figures[0], 0)
        ]

    def spot(self, figure: int) -> Spot:
        """The cell of a figure that stands in a table."""
        spot = self.facts.spots[figure]
        if not isinstance(spot, Spot):
            message = f"figure {figure} stands in running text"
            raise TypeError(message)
        return spot

    def is_in_a_table(self, figure: int) -> bool:
        """Whether a figure stands in a table, not in running text."""
        return isinstance(self.facts.spots[figure], Spot)

    def address(self, figure: int) -> str:
        """Where a figure stands in the document."""
        return self.cell(figure).address

    def cell(self, figure: int) -> Cell:
        """The cell that prints a figure."""
        spot = self.spot(figure)
        cell = self.facts.tables[spot.table].cells[spot.row][spot.column]
        if cell is None:
            message = f"figure {figure} stands in no cell"
            raise LookupError(message)
        return cell

    def is_covered(self, figure: int, change: int) -> bool:
        """Whether some relation shows that a figure was changed so much, however one rounds."""
        return any(not mends(self.loosest, tie, figure, change) for tie in self.ties_of[figure])

    def is_crossed(self, figure: int, change: int) -> bool:
        """Whether two relations show it that have no other figure in common."""
        ties = self.ties_of[figure]
        shown = [tie for tie in ties if not mends(self.loosest, tie, figure, change)]
        return any(
            set(self.members[one]) & set(self.members[other]) == {figure}
            for at, one in enumerate(shown)
            for other in shown[:at]
        )

    def change_to(self, figure: int, units: int) -> int:
        """The change, in units of the vector, to a figure of so many last digits."""
        number, scale = self.facts.numbers[figure], self.judged.figures.scale
        return (units - number.units) * int(10 ** (number.exponent - scale))

    def beside(self, figure: int) -> dict[str, Number]:
        """The figures to which a copying hand may slide."""
        spot = self.spot(figure)
        table = self.facts.tables[spot.table]
        column = [row[spot.column] for row in table.grid]
        above = [f for f in column[: spot.row] if f >= 0][-1:]
        below = [f for f in column[spot.row + 1 :] if f >= 0][:1]
        totals = [at for at, row in enumerate(table.rows) if row.role is RowRole.TOTAL][-1:]
        others = [f for at, f in enumerate(table.grid[spot.row]) if at != spot.column and f >= 0]
        total = [column[at] for at in totals if at != spot.row and column[at] >= 0]
        found = {
            Slip.ROW_ABOVE: above,
            Slip.ROW_BELOW: below,
            Slip.GRAND_TOTAL: total,
            Slip.OTHER_COLUMN: others[:1],
        }
        return {kind: self.facts.numbers[f[0]] for kind, f in found.items() if f}

    def kind_of_cell(self, figure: int) -> str:
        """What a cell is: a percentage, or else an item, a subtotal or a total of its column."""
        spot = self.spot(figure)
        table = self.facts.tables[spot.table]
        if table.columns[spot.column].role in UNSUMMED:
            return "percentages and shares"
        column = f"{table.columns[spot.column].role} columns"
        return column if table.rows[spot.row].role is RowRole.ITEM else "(sub)totals of rows"

    def is_figure(self, figure: int) -> bool:
        """Whether a figure is printed as digits, or as a dash."""
        spot = self.spot(figure)
        numeral = self.facts.tables[spot.table].numerals[spot.row][spot.column]
        return numeral.reading in {CellKind.FIGURE, CellKind.NIL}


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted slip: what it is, where, what should stand there, and who could notice."""

    kind: str
    cell: str
    figure: int
    address: str
    text: str
    right: Number
    covered: bool
    crossed: bool


def check_with(known: Known, plants: Sequence[Plant]) -> list[Finding]:
    """What is found in the document with these slips, and was not found without them."""
    texts = {plant.address: plant.text for plant in plants}
    blocks = tuple(
        replace(
            block, rows=tuple(tuple(_replaced(cell, texts) for cell in row) for row in block.rows)
        )
        if isinstance(block, Table)
        else block
        for block in known.document.blocks
    )
    findings = check_document(replace(known.document, blocks=blocks), RULES).findings
    return [each for each in findings if each.message not in known.found]


def _replaced(cell: Cell, texts: Mapping[str, str]) -> Cell:
    return replace(cell, text=texts[cell.address]) if cell.address in texts else cell


def is_repaired(plant: Plant, finding: Finding) -> bool:
    """Whether the right figure is proposed for the planted cell."""
    return any(
        suspect.where.address == plant.address and suspect.proposed == decimal_of(plant.right)
        for suspect in finding.suspects
    )
