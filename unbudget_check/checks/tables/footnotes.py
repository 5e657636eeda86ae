"""Footnote marks in tables without a footnote below, and footnotes of tables without a mark."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import Spot
from unbudget_check.model.prose import PassageKind, Span
from unbudget_check.notation.marks import (
    BEGINS,
    ENDS,
    GLUED,
    LINE_BEGINS,
    LOOSE,
    TEXT_MARK,
    TITLE_ENDS,
    mark_at_end,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.document import Cell
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.prose import Passage
    from unbudget_check.rulebook.rule import Rule

# Footnotes stand so close below a table or its last part.
FOOTNOTE_PASSAGES_BELOW = 15


def check_footnote(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on marks without footnotes, or on footnotes without marks."""
    find = _unexplained if rule.parameters["missing"] == "footnote" else _unmarked
    for at, mark in find(facts):
        claims.remarks.append(Remark(number, at, text=mark))


def _unexplained(facts: DocumentFacts) -> Iterator[tuple[Spot | Span, str]]:
    """The first cell of a table with each mark that nothing below explains."""
    for ordinal, table in enumerate(facts.tables):
        body = _without_notes(table)
        marks = _marks(table.cells[:body])
        if not marks:
            continue
        notes = [cell for row in table.cells[body:] for cell in row if cell is not None]
        explained = {letter for each in notes for letter in each.marks}
        explained |= {found[1] for each in notes for found in LINE_BEGINS.finditer(each.text)}
        explained |= set(_explained_below(_below(facts, ordinal)))
        for mark, (row, column) in marks.items():
            if mark not in explained:
                yield Spot(ordinal, row, column), mark


def _without_notes(table: TableFacts) -> int:
    """How many rows a table has before its footnotes: text that stands alone in the last rows."""
    for at in range(len(table.cells) - 1, 0, -1):
        filled = {id(cell): cell for cell in table.cells[at] if cell and cell.text.strip()}
        texts = [cell.text for cell in filled.values()]
        if len(texts) > 1 or any(not any(map(str.isalpha, text)) for text in texts):
            return at + 1
    return len(table.cells)


def _explained_below(passages: Iterable[Passage]) -> Iterator[str]:
    """The marks of footnotes below a table; right below it the full stop may be left out."""
    is_next = True
    for each in passages:
        mark = _mark_of(each)
        if is_next and not mark and not each.number:
            mark = mark_at_end(GLUED, each.text)
        is_next = bool(mark)
        if is_next:
            yield mark


def _marks(rows: Sequence[Sequence[Cell | None]]) -> dict[str, tuple[int, int]]:
    """Footnote letters -> the first cell that carries them; letters stand one after another."""
    found: dict[str, tuple[int, int]] = {}
    marked = (
        (cell.marks, (row, column))
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell and cell.marks
    )
    for marks, place in marked:
        letters = marks.replace(",", "").replace(" ", "")
        if re.fullmatch(f"{TEXT_MARK}*", letters):
            found = dict.fromkeys(letters, place) | found
    return dict(sorted(found.items()))


def _below(facts: DocumentFacts, ordinal: int) -> Iterator[Passage]:
    """The passages close below a table and the later parts of it."""
    number = facts.tables[ordinal].number
    last = ordinal
    while number and last + 1 < len(facts.tables) and facts.tables[last + 1].number == number:
        last += 1
    left = FOOTNOTE_PASSAGES_BELOW
    for each in facts.prose.passages:
        if each.follows > ordinal and left:
            left -= each.follows > last
            yield each


def _mark_of(passage: Passage) -> str:
    """The letter of the footnote that a passage is, or ""."""
    if passage.kind in (PassageKind.CAPTION, PassageKind.ITEM) or passage.number:
        return ""
    found = BEGINS.match(passage.text)
    return found[1] if found else mark_at_end(ENDS, passage.text)


def _unmarked(facts: DocumentFacts) -> Iterator[tuple[Spot | Span, str]]:
    """Footnotes right below a table in which, and in whose captions, nothing has their mark.

    Where pages were turned into text, raised marks may be lost.
    """
    titled: defaultdict[int, list[Passage]] = defaultdict(list)
    last: Passage | None = None
    is_open = False
    for each in facts.prose.passages:
        mark = _mark_of(each) if each.line is None else ""
        if not mark:
            titled[each.follows].append(each)
        is_open = bool(mark) and (is_open or each.follows > (last.follows if last else 0))
        if is_open and not _is_carried(mark, facts, each.follows - 1, titled):
            start = 0 if BEGINS.match(each.text) else len(each.text) - 1
            yield Span(each.index, start, start + 1), mark
        last = each


def _is_carried(
    mark: str, facts: DocumentFacts, table: int, titled: Mapping[int, Sequence[Passage]]
) -> bool:
    """Whether a table or its parts, whichever stand above or below a footnote, carry its mark."""
    number = facts.tables[table].number
    alike = [each for each in facts.tables if number and each.number == number]
    shown = [*alike, facts.tables[table]]
    if any(mark in each.marks for each in shown):
        return True
    # A line above a table may be its title without being a caption.
    titles = (title.text for each in shown for title in titled.get(each.ordinal, ()))
    cells = (cell for each in shown for row in each.cells for cell in row if cell is not None)
    return any(mark_at_end(TITLE_ENDS, title) == mark for title in titles) or any(
        mark_at_end(LOOSE, cell.text) == mark for cell in cells
    )
