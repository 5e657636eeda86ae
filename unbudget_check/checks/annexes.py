"""Annexes that list proposed posts, one by one, against the table of post changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.languages import load_language, normalise
from unbudget_check.model.claims import NO_TABLE
from unbudget_check.model.facts import BLANK, ColumnRole, RowRole
from unbudget_check.model.number import decimal_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, Row, TableFacts
    from unbudget_check.rulebook.rule import Rule

PLACE = ("posts", "annex", "")
# What a row of the table of post changes is called in the language files.
STOCK = ("approved", "proposed")
MOVES = ("added_posts", "dropped_posts", "moved_posts")
# The figure of a kind of change, and what stands in the rows of an annex that list it.
Tie = tuple[int, list[int]]


def check_annex_posts(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write posts of a kind of change - the posts that an annex lists of this kind = 0.

    A document in parts has an annex for each table of post changes, in the same order; where
    their numbers differ, an annex is held against the table with which it agrees most.
    """
    del rule
    grade = load_language(facts.language).columns["details"]
    tables = [table for table in facts.tables if _shows_changes(table)]
    annexes = [(table, found) for table in facts.tables if (found := _columns(table, grade))]
    for at, (annex, columns) in enumerate(annexes):
        listed = list(_listed(annex, *columns))
        choices = [list(_ties(facts, table, listed)) for table in tables]
        if len(annexes) == len(tables):
            _write(facts, choices[at], number, claims)
        elif choices:
            best = max(choices, key=lambda ties: sum(_holds(facts, tie) for tie in ties))
            if any(_holds(facts, tie) for tie in best):
                _write(facts, best, number, claims)


def _write(facts: DocumentFacts, ties: Sequence[Tie], number: int, claims: Claims) -> None:
    for total, parts in ties:
        signs = [1, *(-_sign(facts, total, part) for part in parts)]
        claims.add(NO_TABLE, number, [[total, *parts]], signs, [PLACE])


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
    values = [decimal_of(facts.numbers[p]) * _sign(facts, total, p) for p in known]
    return known == parts and sum(values) == decimal_of(facts.numbers[total])


def _sign(facts: DocumentFacts, total: int, part: int) -> int:
    """Posts that go are printed with a sign in one place and without in the other."""
    opposed = part >= 0 and facts.numbers[total].units * facts.numbers[part].units < 0
    return -1 if opposed else 1
