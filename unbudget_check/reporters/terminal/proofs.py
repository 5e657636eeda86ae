"""Draw the proof of a finding as text: its piece of a table, its sentence, its parts.

The piece of a table around a finding, drawn for a terminal, with the cells of the proof marked.

The stated cell is marked ``->``; the cells that it was computed from ``+`` or ``-``, or ``*`` where
the tie is no sum. A tie with more parts than fit side by side is drawn as a list.

A sentence around a finding, drawn for a terminal, with what the finding is about marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from unbudget_check.messages import ENGLISH, say
from unbudget_check.reporters.terminal.layout import (
    ELLIPSIS,
    GAP,
    LABEL_LEAST,
    MARKS,
    OTHER,
    STATED,
    ExcerptGrid,
    Pillar,
    cut,
    fit_columns,
    padded,
    prepare,
    thin_out,
    wrapped,
)
from unbudget_check.reporters.words import count_of, figure_of, place_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.finding import Excerpt, Finding, Quote


HEADING_ROWS = 3
STYLES = {STATED: "bold", "+": "cyan", "-": "cyan", "*": "cyan"}
MARKS_WIDTH = 3

BEFORE, AFTER = ">>", "<<"
BAR = "| "


def draw_excerpt(
    excerpt: Excerpt, width: int, *, whole: bool = False, lang: str = ENGLISH
) -> tuple[Text, ...]:
    """The excerpt as rows of text of at most this width; ``whole`` draws all of its rows."""
    return draw_grid(prepare(excerpt), width, excerpt.numbers, whole=whole, lang=lang)


def draw_grid(
    grid: ExcerptGrid,
    width: int,
    numbers: Sequence[int] = (),
    *,
    whole: bool = False,
    lang: str = ENGLISH,
) -> tuple[Text, ...]:
    """A grid with marked cells, in the same way; ``numbers`` are the printed row numbers."""
    rows = thin_out(len(grid.cells), grid.stated[0], whole=whole)
    pillars = fit_columns(grid, [row for row in rows if row >= 0], width)
    if not pillars:
        return draw_list(_listed_cells(grid), width, whole=whole, lang=lang)
    body = (
        _row(grid, pillars, row) if row >= 0 else _left_out(-row, lang)
        for row in _with_jumps(rows, numbers)
    )
    return (*_heading(grid, pillars), *body)


def draw_list(
    parts: Sequence[tuple[str, str, str]],
    width: int,
    *,
    whole: bool = False,
    lang: str = ENGLISH,
) -> tuple[Text, ...]:
    """(mark, label, figure) triples one below the other, for ties that no excerpt can show."""
    figures = max((cell_len(figure) for _, _, figure in parts), default=0)
    room = max(width - MARKS_WIDTH - GAP - figures, LABEL_LEAST)
    labels = min(max((cell_len(label) for _, label, _ in parts), default=0), room)
    drawn = []
    for at in thin_out(len(parts), len(parts), whole=whole):
        if at < 0:
            drawn.append(_left_out(-at, lang))
            continue
        mark, label, figure = parts[at]
        text = Text(padded(mark, MARKS_WIDTH), STYLES.get(mark, ""))
        text.append(padded(cut(label, labels), labels + GAP))
        text.append(padded(figure, figures, right=True))
        drawn.append(text)
    return tuple(drawn)


def _with_jumps(rows: Sequence[int], numbers: Sequence[int]) -> Iterator[int]:
    """The rows to draw, with -n wherever n printed rows are missing from the excerpt itself."""
    before = -1
    for row in rows:
        if row > 0 and before >= 0 and numbers and numbers[row] > numbers[before] + 1:
            yield numbers[before] + 1 - numbers[row]
        yield row
        before = row


def _heading(grid: ExcerptGrid, pillars: Sequence[Pillar]) -> Iterator[Text]:
    blocks = [_heading_rows(grid, pillar) for pillar in pillars]
    height = max(map(len, blocks))
    for at in range(-height, 0):
        pieces = [
            padded(block[at] if at >= -len(block) else "", pillar.width, right=pillar.index > 0)
            for block, pillar in zip(blocks, pillars, strict=True)
        ]
        yield Text((" " * GAP).join(pieces).rstrip(), "dim")
    if height:
        rules = ("-" * pillar.width if pillar.index >= 0 else " " for pillar in pillars)
        yield Text((" " * GAP).join(rules).rstrip(), "dim")


def _heading_rows(grid: ExcerptGrid, pillar: Pillar) -> tuple[str, ...]:
    text = grid.header[pillar.index] if pillar.index >= 0 else ""
    rows = wrapped(text, pillar.width) if text else ()
    return rows if len(rows) <= HEADING_ROWS else (*rows[: HEADING_ROWS - 1], ELLIPSIS)


def _row(grid: ExcerptGrid, pillars: Sequence[Pillar], row: int) -> Text:
    drawn = Text()
    for pillar in pillars:
        drawn.append(" " * GAP if pillar.index else "")
        if pillar.index < 0:
            drawn.append(ELLIPSIS, "dim")
            continue
        mark = grid.marks.get((row, pillar.index), "") if pillar.index else ""
        room = pillar.width - pillar.slot
        text = padded(cut(grid.cells[row][pillar.index], room), room, right=pillar.index > 0)
        drawn.append(padded(mark, pillar.slot) + text, STYLES.get(mark, ""))
    drawn.rstrip()
    return drawn


def _left_out(rows: int, lang: str) -> Text:
    told = say(lang, "full.left_out", rows=count_of(rows, "row", lang))
    return Text(f"{ELLIPSIS} {told}", "dim")


def _listed_cells(grid: ExcerptGrid) -> list[tuple[str, str, str]]:
    """The marked cells as a list, the stated one last, each under what tells it from the others."""
    places = [*(place for place in grid.marks if place != grid.stated), grid.stated]
    rows_differ = len({row for row, _ in places}) > 1
    columns_differ = len({column for _, column in places}) > 1
    listed = []
    for row, column in places:
        names = [grid.cells[row][0]] if rows_differ else []
        names += [grid.header[column]] if columns_differ else []
        label = ", ".join(name for name in names if name)
        listed.append((grid.marks[row, column], label, grid.cells[row][column]))
    return listed


def draw_quote(quote: Quote, width: int) -> Iterator[Text]:
    """The quotation behind a bar, the piece in question between ``>>`` and ``<<``."""
    before, marked, after = quoted(quote)
    for row in wrapped(f"{before}{BEFORE}{marked}{AFTER}{after}", width - len(BAR)):
        text = Text(BAR, "dim").append(row)
        text.highlight_regex(r">>.*?(?:<<|$)|^.*?<<", "bold")
        yield text


def draw_proof(
    finding: Finding, room: int, *, whole: bool = False, lang: str = ENGLISH
) -> tuple[Text, ...]:
    """The excerpt of the table, or the sentence; below it, as a list, what stands elsewhere."""
    if finding.excerpt:
        drawn = draw_excerpt(finding.excerpt, room, whole=whole, lang=lang)
    else:
        drawn = tuple(draw_quote(finding.quote, room)) if finding.quote else ()
    if not _has_parts_elsewhere(finding):
        return drawn
    listed = draw_list(_listed_parts(finding, lang), room, whole=whole, lang=lang)
    return (*drawn, *([Text()] if drawn and listed else []), *listed)


def _has_parts_elsewhere(finding: Finding) -> bool:
    """Whether the proof needs figures that the excerpt of the table does not show."""
    places = [part.where for proof in finding.relations[:1] for part in proof.parts]
    places += [proof.where for proof in finding.relations[:1]]
    here = finding.where.table, finding.where.part
    return not finding.excerpt or any((place.table, place.part) != here for place in places)


def _listed_parts(finding: Finding, lang: str) -> list[tuple[str, str, str]]:
    """The parts of the first relation with their marks and places, and then what is stated."""
    home = finding.where
    rows = []
    for proof in finding.relations[:1]:
        for part in proof.parts:
            mark, place = MARKS.get(part.coefficient, OTHER), place_of(part.where, home, lang)
            rows.append((mark, place, figure_of(part.stated, finding.notation)))
        place = place_of(proof.where, home, lang) or say(lang, "figures.stated")
        rows.append((STATED, place, figure_of(proof.stated, finding.notation)))
    return rows
