"""Lists of grades (1 D-2, 4 D-1, ...) against the number beside them and the grade table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.facts import ColumnRole, RowRole

if TYPE_CHECKING:
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, GradeList, TableFacts
    from unbudget_check.rulebook.rule import Rule

# A grade table follows the table of post changes closely; further on it belongs to another office.
NEAR = 3
GRADES = ("posts", "list", "")


def check_grade_list(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write number beside the list - its counts = 0."""
    del rule
    for index, table in enumerate(facts.tables):
        for found in table.lists:
            members = [found.beside, *(figure for _, figure in found.items)]
            signs = [1] + [-1] * len(found.items)
            claims.add(index, number, [members], signs, [GRADES])


def check_grade_list_table(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write count in the list - count in the grade table of the same year = 0, grade by grade."""
    del rule
    for index, table in enumerate(facts.tables):
        for found in table.lists:
            shown = _grade_column(facts, index, found)
            pairs = [[figure, shown[grade]] for grade, figure in found.items if grade in shown]
            claims.add(index, number, pairs, [1, -1], [GRADES] * len(pairs))


def _grade_column(facts: DocumentFacts, index: int, found: GradeList) -> dict[str, int]:
    """Grade -> figure number in the nearest grade table with a column of the same year."""
    for table in facts.tables[index + 1 : index + 1 + NEAR]:
        shown = {row.grade: r for r, row in enumerate(table.rows) if row.grade}
        graded = sum(row.role is not RowRole.HEADING for row in table.rows if row.grade)
        if graded < NEAR or graded != len(shown):
            continue
        column = _same_year(table, found)
        if column is not None:
            return {
                grade: table.grid[row][column]
                for grade, row in shown.items()
                if table.grid[row][column] >= 0
            }
    return {}


def _same_year(table: TableFacts, found: GradeList) -> int | None:
    for column in table.columns:
        stock = column.role in (ColumnRole.BASE, ColumnRole.ESTIMATE)
        if stock and column.year == found.year and found.year is not None:
            return column.index
    return None
