"""Tables of post changes: approved, plus posts established, less posts abolished = proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.facts import ColumnRole, RowRole

if TYPE_CHECKING:
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, Row, TableFacts
    from unbudget_check.rulebook.rule import Rule

APPROVED, PROPOSED = "approved", "proposed"
# What a kind of change does to the number of posts; moves between offices and grades do nothing.
EFFECTS = {"added_posts": 1, "dropped_posts": -1, "moved_posts": 0}
PLACE = ("posts", "movements", "")


def check_movements(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write proposed - approved - established + abolished = 0 for every table of post changes."""
    del rule
    for index, table in enumerate(facts.tables):
        column = _number_column(table)
        rows = [(r, row) for r, row in enumerate(table.rows) if row.role is not RowRole.HEADING]
        terms = _terms(rows)
        if terms and column is not None:
            members = [table.grid[r][column] for r, _ in terms]
            signs = [
                _sign(facts, figure, sign) for (_, sign), figure in zip(terms, members, strict=True)
            ]
            claims.add(index, number, [members], signs, [PLACE])


def _sign(facts: DocumentFacts, figure: int, sign: int) -> int:
    """Posts abolished are printed as 6 or as (6); either way they are taken off."""
    dropped = sign > 0 and figure >= 0 and facts.numbers[figure].units < 0
    return -sign if dropped else sign


def _number_column(table: TableFacts) -> int | None:
    """The one column of figures of a table that counts posts, beside columns of words."""
    figured = [c for c in table.columns if c.role not in (ColumnRole.LABEL, ColumnRole.TEXT)]
    wordy = any(c.role is ColumnRole.TEXT for c in table.columns)
    return figured[0].index if table.unit == "posts" and wordy and len(figured) == 1 else None


def _terms(rows: list[tuple[int, Row]]) -> list[tuple[int, int]]:
    """(row, sign) from proposed to approved; nothing where a row between is of an unknown kind."""
    kinds = [row.concept for _, row in rows]
    if kinds.count(APPROVED) != 1 or kinds.count(PROPOSED) != 1 or kinds[:1] != [APPROVED]:
        return []
    between = rows[1 : kinds.index(PROPOSED)]
    if not between or any(row.concept not in EFFECTS for _, row in between):
        return []
    changes = [(r, -EFFECTS[row.concept]) for r, row in between if EFFECTS[row.concept]]
    return [(rows[kinds.index(PROPOSED)][0], 1), (rows[0][0], -1), *changes]
