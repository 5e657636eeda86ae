"""What an edit changed: figures that changed, and what was added, removed or moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.compare.alignment import align
from unbudget_check.compare.dependents import Versions, figure_text, left_unchanged
from unbudget_check.diagnosis.places import below_table, heading_of, label_of, text_of, where_of
from unbudget_check.diagnosis.proofs import difference
from unbudget_check.lexicon import normalise
from unbudget_check.model.comparison import Change, ChangeKind, Edit, Layout, LayoutChange
from unbudget_check.model.document import Where
from unbudget_check.model.facts import Spot
from unbudget_check.model.number import comparable
from unbudget_check.notation.printed_style import notation_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.compare.alignment import AlignedTable, Alignment
    from unbudget_check.diagnosis.proofs import Case
    from unbudget_check.model.facts import DocumentFacts, TableFacts


def edit_between(before: Case, now: Case) -> Edit:
    """What changed from one version of a document to the next, in reading order.

    A figure that is printed as before did not change, whatever the words around it make of it.
    """
    old, new = before.facts, now.facts
    same = align(old, new)
    changed = {
        figure: _change(old, new, known, figure)
        for figure, known in same.figures.items()
        if comparable(old.numbers[known]) != comparable(new.numbers[figure])
        and figure_text(old, known) != figure_text(new, figure)
    }
    gone = set(range(len(old.numbers))) - set(same.figures.values())
    come = set(range(len(new.numbers))) - same.figures.keys()
    filled: dict[int, Change] = {}
    emptied: dict[int, Change] = {}
    for table in same.tables:
        filled |= _filled(old, new, table, come)
        emptied |= _emptied(old, new, table, gone)
    told = {**changed, **filled}
    versions = Versions(
        before,
        now,
        same,
        {**told, **{each: _only(new, each, is_new=True) for each in come - filled.keys()}},
        {**emptied, **{each: _only(old, each, is_new=False) for each in gone - emptied.keys()}},
    )
    every = [*(told[figure] for figure in sorted(told)), *emptied.values()]
    return Edit(
        tuple(every),
        len(every),
        len(come) - len(filled),
        len(gone) - len(emptied),
        tuple(left_unchanged(versions)),
        tuple(_layout(old, new, same)),
        sum(count for _, count in new.unread),
    )


def _change(old: DocumentFacts, new: DocumentFacts, known: int, figure: int) -> Change:
    return Change(
        where_of(new, new.spots[figure]),
        figure_text(old, known),
        figure_text(new, figure),
        difference(new.numbers[figure], old.numbers[known]),
        notation_in(new, new.spots[figure]),
    )


def _only(facts: DocumentFacts, figure: int, *, is_new: bool) -> Change:
    """A figure that only one version has."""
    text = figure_text(facts, figure)
    before, now = ("", text) if is_new else (text, "")
    where = where_of(facts, facts.spots[figure])
    return Change(where, before, now, None, notation_in(facts, facts.spots[figure]))


def _filled(
    old: DocumentFacts, new: DocumentFacts, aligned: AlignedTable, come: set[int]
) -> dict[int, Change]:
    """New figures in cells that are in both versions, and hold none in the old one."""
    found = {}
    for figure, (row, column) in _figures_of(new.tables[aligned.new]):
        at = aligned.rows.get(row), aligned.columns.get(column)
        if figure in come and at[0] is not None and at[1] is not None:
            before = text_of(old, Spot(aligned.old, at[0], at[1]))
            now = text_of(new, new.spots[figure])
            where = where_of(new, new.spots[figure])
            found[figure] = Change(where, before, now, None)
    return found


def _emptied(
    old: DocumentFacts, new: DocumentFacts, aligned: AlignedTable, gone: set[int]
) -> dict[int, Change]:
    """Old figures of cells that are in both versions, and hold none in the new one."""
    rows = {before: now for now, before in aligned.rows.items()}
    columns = {before: now for now, before in aligned.columns.items()}
    found = {}
    for figure, (row, column) in _figures_of(old.tables[aligned.old]):
        if figure in gone and row in rows and column in columns:
            spot = Spot(aligned.new, rows[row], columns[column])
            before = text_of(old, old.spots[figure])
            found[figure] = Change(where_of(new, spot), before, text_of(new, spot), None)
    return found


def _figures_of(table: TableFacts) -> Iterator[tuple[int, tuple[int, int]]]:
    for row, grid in enumerate(table.grid):
        for column, figure in enumerate(grid):
            if figure >= 0:
                yield figure, (row, column)


def _layout(old: DocumentFacts, new: DocumentFacts, same: Alignment) -> Iterator[LayoutChange]:
    """The tables, rows and columns with figures that came, went or have another name."""
    pairs = {each.new: each for each in same.tables}
    for at, table in enumerate(new.tables):
        if at in pairs:
            yield from _renamed_table(old.tables[pairs[at].old], new, table)
            yield from _lines_between(old, new, pairs[at])
        elif count := sum(1 for _ in _figures_of(table)):
            yield _whole(new, table, ChangeKind.ADDED, count)
    kept = {each.old for each in same.tables}
    for at, table in enumerate(old.tables):
        if at not in kept and (count := sum(1 for _ in _figures_of(table))):
            yield _whole(old, table, ChangeKind.REMOVED, count)


def _renamed_table(
    known: TableFacts, facts: DocumentFacts, table: TableFacts
) -> Iterator[LayoutChange]:
    for name, before in ((table.number, known.number), (table.title, known.title)):
        if normalise(name or "") != normalise(before or ""):
            where = _table(facts, table)
            yield LayoutChange(ChangeKind.RENAMED, Layout.TABLE, where, before or "")
            return


def _whole(facts: DocumentFacts, table: TableFacts, kind: ChangeKind, count: int) -> LayoutChange:
    return LayoutChange(kind, Layout.TABLE, _table(facts, table), "", count)


def _table(facts: DocumentFacts, table: TableFacts) -> Where:
    return Where(
        facts.path,
        table.number,
        table.part,
        address=table.address or None,
        below=below_table(facts, table),
    )


def _lines_between(
    old: DocumentFacts, new: DocumentFacts, aligned: AlignedTable
) -> Iterator[LayoutChange]:
    """The rows, then the columns, of one table that are not the same in both versions."""
    tables = old.tables[aligned.old], new.tables[aligned.new]
    for what, pairs, is_row in (
        (Layout.ROW, aligned.rows, True),
        (Layout.COLUMN, aligned.columns, False),
    ):
        counts = [Counter(at[not is_row] for _, at in _figures_of(table)) for table in tables]
        for at in sorted(counts[1].keys() | {*pairs}):
            place = _line(new, tables[1], at, is_row=is_row)
            if at in pairs:
                before = _line(old, tables[0], pairs[at], is_row=is_row)
                names = _name(before, is_row=is_row), _name(place, is_row=is_row)
                has_figures = counts[1][at] or counts[0][pairs[at]]
                # A line that lost or got its name was read in another way: nothing was renamed.
                if has_figures and all(names) and normalise(names[0]) != normalise(names[1]):
                    yield LayoutChange(ChangeKind.RENAMED, what, place, names[0])
            elif counts[1][at]:
                yield LayoutChange(ChangeKind.ADDED, what, place, "", counts[1][at])
        for at in sorted(counts[0].keys() - set(pairs.values())):
            place = _line(old, tables[0], at, is_row=is_row)
            yield LayoutChange(ChangeKind.REMOVED, what, place, "", counts[0][at])


def _line(facts: DocumentFacts, table: TableFacts, at: int, *, is_row: bool) -> Where:
    where = _table(facts, table)
    if is_row:
        return replace(where, row=label_of(table, at))
    return replace(where, column=heading_of(table, at))


def _name(where: Where, *, is_row: bool) -> str:
    return (where.row if is_row else where.column) or ""
