"""Posts: lists of grades (1 D-2, 4 D-1), annexes that list posts, and tables of post changes."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.claims import NO_TABLE, Remark
from unbudget_check.model.facts import BLANK, ColumnRole, Reading, RowRole, Spot
from unbudget_check.model.number import decimal_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, GradeList, Row, TableFacts
    from unbudget_check.rulebook.rule import Rule


# A grade table follows the table of post changes closely; further on it belongs to another office.
TABLES_BELOW = 3
GRADES = ("posts", "list", "")
# Bits for a list and a column of grades of one year; for annexes that follow the order of their
# tables, or of which one lists what a table counts.
SAME_YEAR_BITS, IN_ORDER_BITS = 8, 8

_ANNEX = ("posts", "annex", "")
# What a row of the table of post changes is called in the language files.
STOCK = ("approved", "proposed")
MOVES = ("added_posts", "dropped_posts", "moved_posts")
# The figure of a kind of change, and what stands in the rows of an annex that list it.
Tie = tuple[int, list[int]]

APPROVED, PROPOSED = "approved", "proposed"
# What a kind of change does to the number of posts; moves between offices and grades do nothing.
EFFECTS = {"added_posts": 1, "dropped_posts": -1, "moved_posts": 0}
_MOVEMENTS = ("posts", "movements", "")

MOVED = "moved_posts"


def check_grade_list(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write number beside the list - its counts = 0."""
    for index, table in enumerate(facts.tables):
        for found in table.lists:
            members = [found.beside, *(figure for _, figure in found.items)]
            signs = [1] + [-1] * len(found.items)
            claims.add(index, number, [members], signs, [GRADES])


def check_grade_list_table(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write count in the list - count in the grade table of the same year = 0, grade by grade."""
    for index, table in enumerate(facts.tables):
        for found in table.lists:
            name, shown = _grade_column(facts, index, found)
            pairs = [[figure, shown[grade]] for grade, figure in found.items if grade in shown]
            if pairs:
                spot = Spot(index, found.row, found.column)
                # A table of another office has other numbers in most grades.
                at = claims.read(Reading("restated", spot, name, SAME_YEAR_BITS))
                claims.add(index, number, pairs, [1, -1], [GRADES] * len(pairs), reading=at)


def _grade_column(facts: DocumentFacts, index: int, found: GradeList) -> tuple[str, dict[str, int]]:
    """The nearest grade table with a column of the same year: its number, grade -> figure."""
    for table in facts.tables[index + 1 : index + 1 + TABLES_BELOW]:
        shown = {row.grade: r for r, row in enumerate(table.rows) if row.grade}
        graded = sum(row.role is not RowRole.HEADING for row in table.rows if row.grade)
        if graded < TABLES_BELOW or graded != len(shown):
            continue
        column = _same_year(table, found)
        if column is not None:
            figures = {grade: table.grid[row][column] for grade, row in shown.items()}
            return table.number or "", {g: each for g, each in figures.items() if each >= 0}
    return "", {}


def _same_year(table: TableFacts, found: GradeList) -> int | None:
    for column in table.columns:
        stock = column.role in (ColumnRole.BASE, ColumnRole.ESTIMATE)
        if stock and column.year == found.year and found.year is not None:
            return column.index
    return None


def check_annex_posts(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write posts of a kind of change - the posts that an annex lists of this kind = 0.

    A document in parts has an annex for each table of post changes, in the same order; where
    their numbers differ, an annex is held against the table with which it agrees most.
    """
    grade = load_language(facts.language).columns["details"]
    tables = [table for table in facts.tables if _shows_changes(table)]
    annexes = [(table, found) for table in facts.tables if (found := _columns(table, grade))]
    for at, (annex, columns) in enumerate(annexes):
        listed = list(_listed(annex, *columns))
        choices = [list(_ties(facts, table, listed)) for table in tables]
        if len(annexes) == len(tables):
            _write(facts, choices[at], tables[at], number, claims)
        elif choices:
            held = [sum(_holds(facts, tie) for tie in ties) for ties in choices]
            if agreed := max(held):
                best = held.index(agreed)
                _write(facts, choices[best], tables[best], number, claims)


def _write(
    facts: DocumentFacts, ties: Sequence[Tie], table: TableFacts, number: int, claims: Claims
) -> None:
    """Write what an annex lists of a table of post changes, under one reading."""
    for total, parts in ties:
        first = facts.spots[ties[0][0]]
        reading = Reading("restated", first, table.number or "", IN_ORDER_BITS, sums=True)
        at = claims.read(reading)
        signs = [1, *(-_opposed_sign(facts, total, part) for part in parts)]
        claims.add(NO_TABLE, number, [[total, *parts]], signs, [_ANNEX], reading=at)


def _shows_changes(table: TableFacts) -> bool:
    """Whether a table leads from the approved posts to the proposed ones."""
    return {row.concept for row in table.rows} >= set(STOCK)


def _columns(table: TableFacts, grade: Container[str]) -> tuple[int, int] | None:
    """The columns of the posts and of what happens to them, where their grades stand between."""
    roles = [column.role for column in table.columns]
    if ColumnRole.NUMBER not in roles or _shows_changes(table):
        return None
    posts = roles.index(ColumnRole.NUMBER)
    between = [normalise(column.heading) for column in table.columns[posts + 1 : posts + 2]]
    is_list = between and between[0] in grade and len(roles) > posts + 2
    return (posts, posts + 2) if is_list else None


def _listed(annex: TableFacts, posts: int, described: int) -> Iterator[tuple[str, int]]:
    """(description, figure) of every row with posts; a blank description goes on from above."""
    text = ""
    for r in range(len(annex.rows)):
        cell = annex.cells[r][described]
        text = normalise(cell.text) if cell and cell.text.strip() else text
        if annex.grid[r][posts] != BLANK:
            yield text, annex.grid[r][posts]


def _ties(
    facts: DocumentFacts, table: TableFacts, listed: Sequence[tuple[str, int]]
) -> Iterator[Tie]:
    """The kinds of change that a table counts and an annex lists."""
    column = next(c.index for c in table.columns if c.role is ColumnRole.NUMBER)
    for row, figures in zip(table.rows, table.grid, strict=True):
        total = figures[column]
        if _is_change(row) and total >= 0 and facts.numbers[total].units:
            parts = [figure for text, figure in listed if text.startswith(normalise(row.label))]
            if parts:
                yield total, parts


def _is_change(row: Row) -> bool:
    return row.concept in MOVES and row.role is not RowRole.HEADING and len(row.label) > 1


def _holds(facts: DocumentFacts, tie: Tie) -> bool:
    total, parts = tie
    known = [part for part in parts if part >= 0]
    values = [decimal_of(facts.numbers[p]) * _opposed_sign(facts, total, p) for p in known]
    return known == parts and sum(values) == decimal_of(facts.numbers[total])


def _opposed_sign(facts: DocumentFacts, total: int, part: int) -> int:
    """Posts that go are printed with a sign in one place and without in the other."""
    opposed = part >= 0 and facts.numbers[total].units * facts.numbers[part].units < 0
    return -1 if opposed else 1


def check_movements(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write proposed - approved - established + abolished = 0 for every table of post changes."""
    for index, table in enumerate(facts.tables):
        column = _number_column(table)
        rows = [(r, row) for r, row in enumerate(table.rows) if row.role is not RowRole.HEADING]
        terms = _terms(rows)
        if terms and column is not None:
            members = [table.grid[r][column] for r, _ in terms]
            signs = [
                _dropped_sign(facts, figure, sign)
                for (_, sign), figure in zip(terms, members, strict=True)
            ]
            claims.add(index, number, [members], signs, [_MOVEMENTS])


def _dropped_sign(facts: DocumentFacts, figure: int, sign: int) -> int:
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


def check_move_word(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on details that name one move (reclassified), where the label is another.

    Details that name the move of their label, too, may go on to a second one.
    """
    for table in facts.tables:
        texts = [column.index for column in table.columns if column.role is ColumnRole.TEXT]
        moved = [(r, row.label) for r, row in enumerate(table.rows) if row.concept == MOVED]
        for (r, label), column in product(moved, texts):
            cell = table.cells[r][column]
            told = _moves(label, facts.language)
            said = _moves(cell.text, facts.language) if cell is not None else set()
            if told and said and said.isdisjoint(told):
                claims.remarks.append(Remark(number, Spot(table.ordinal, r, column), text=label))


def _moves(text: str, code: str) -> set[str]:
    """The kinds of move that a text names, by the beginnings of their words."""
    bare = normalise(text)
    return {stem for stem in load_language(code).lists["moves"] if stem in bare}
