"""Understand a whole document: its language, tables, text and charts, and all its figures."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.lexicon import detect_language, load_language
from unbudget_check.model.document import Block, Document, Paragraph, Table, Where
from unbudget_check.model.facts import CellKind, DocumentFacts, Spot, TableFacts
from unbudget_check.model.figures import Vector
from unbudget_check.model.message import Message, saying, some_of
from unbudget_check.notation.column_numbers import is_numbering_row
from unbudget_check.notation.in_text import BESIDE, side_by_side
from unbudget_check.notation.number_style import style_of
from unbudget_check.notation.numerals import numeral_reader
from unbudget_check.notation.years import is_year
from unbudget_check.understand.charts.charts import charts_of
from unbudget_check.understand.charts.org_boxes import boxes_of
from unbudget_check.understand.charts.org_charts import organizations_of
from unbudget_check.understand.charts.words import Drawn, chart_reader
from unbudget_check.understand.tables.context import Context, contexts
from unbudget_check.understand.tables.table import Before, understand_table
from unbudget_check.understand.text.entities import entities_of
from unbudget_check.understand.text.prose import prose_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.document import Cell
    from unbudget_check.model.facts import Numeral
    from unbudget_check.model.faults import Faults


# So much text is enough to tell the language of a document.
SAMPLE = 6_000
FALLBACK = "en"
# A document with more faults than that is left out from there on; each costs a search.
FAULTS_MOST = 20
# Figures that make a row of figures; a lone number may count the rows, or be a label.
SIDE_BY_SIDE = 2
# So many at the end of a cell are a row, however they are set; fewer are where a wide gap is before
# the last of them.
FEWEST_OF_ROW = 3
_APART = re.compile(rf"\S(?:[ \u00a0]{{2,}}|\t|(?<=\d)\n)\s*({BESIDE})$")
# So much of the text of a block tells which it is.
SHOWN = 60


def understand_guarded(document: Document, language: str | None, faults: Faults) -> DocumentFacts:
    """What a document claims, without the blocks that this program fails to understand.

    Each of them is noted. Beyond the first few of these the rest of the document is left out.
    """
    code = language or document.language or language_of(document)
    for _ in range(FAULTS_MOST):
        try:
            return understand(document, code)
        except Exception as error:  # noqa: BLE001  one block never stops the others
            at, document = _without_fault(document, code, error, faults)
    return understand(replace(document, blocks=document.blocks[:at]), code)


def _without_fault(
    document: Document, code: str | None, error: Exception, faults: Faults
) -> tuple[int, Document]:
    """The first block with which understanding fails, and the document without it.

    All that comes before a block can be understood, and with it no longer: that is searched for
    by halves, since understanding looks at a document as a whole.
    """
    blocks = document.blocks
    sound, failing = 0, len(blocks)
    while failing - sound > 1:
        middle = (sound + failing) // 2
        try:
            understand(replace(document, blocks=blocks[:middle]), code)
            sound = middle
        except Exception as found:  # noqa: BLE001  this is what is searched for
            error, failing = found, middle
    left = Paragraph("", blocks[sound].address if blocks else "")
    if not blocks or blocks[sound] == left:
        raise error
    block = blocks[sound]
    where = Where(document.path, line=_line_of(block), address=block.address or None)
    faults.note(
        error, "internal-fault-block", where, text=" ".join(_text_of(block).split())[:SHOWN]
    )
    return sound, replace(document, blocks=(*blocks[:sound], left, *blocks[sound + 1 :]))


def _text_of(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return " | ".join(cell.text for row in block.rows[:2] for cell in row)


def _line_of(block: Block) -> int | None:
    if isinstance(block, Paragraph):
        return block.line
    return next((cell.line for row in block.rows for cell in row), None)


def understand(document: Document, language: str | None = None) -> DocumentFacts:
    """What a document claims; ``language`` overrides what its words suggest."""
    code = language or document.language or language_of(document) or FALLBACK
    spoken = load_language(code)
    spoken = replace(spoken, numbers=style_of(document.blocks, spoken.numbers))
    vector = Vector()
    boxes, inside = boxes_of(document.blocks, spoken)
    tables = _tables(document, spoken, vector, inside)
    entities = entities_of(tables, spoken)
    prose, meanings = prose_of(document.blocks, tables, entities, vector)
    drawn = Drawn(vector, list(prose.passages))
    organizations = organizations_of(boxes, entities, drawn)
    reader = chart_reader(spoken, meanings)
    charts = charts_of(document.blocks, prose, entities, reader, drawn)
    return DocumentFacts(
        document.path,
        document.symbol,
        code,
        tables,
        tuple(vector.numbers),
        tuple(vector.counts),
        tuple(vector.spots),
        (*document.remarks, *_unread(document, tables)),
        replace(prose, passages=tuple(drawn.passages)),
        meanings,
        charts,
        organizations,
        drawn.labels,
        document.worksheets,
        tuple(_unread_rows(document, tables, inside, numeral_reader(spoken.numbers))),
    )


def _unread_rows(
    document: Document,
    tables: Sequence[TableFacts],
    inside: Container[str],
    read_numeral: Callable[[str], Numeral],
) -> Iterator[tuple[str, int]]:
    """Tables whose rows hold figures that are none here, by address, and how many those are.

    Whatever became of such a row (a heading too wide, a column of words, all in one cell): two
    figures side by side are reported, and a single one that is left out of a row. Numbers of
    worksheets are reported one by one; drawings print boxes of counts.
    """
    read: defaultdict[tuple[str, int], int] = defaultdict(int)
    for table in tables:
        for cells, grid in zip(table.cells, table.grid, strict=True):
            at = next((cell.row for cell in cells if cell is not None), 0)
            read[table.address, at] += sum(figure >= 0 for figure in grid)
    for block in document.blocks:
        if isinstance(block, Paragraph) or block.chart or block.address in inside or block.sheet:
            continue
        left = 0
        for row in block.rows:
            known = read.get((block.address, row[0].row), 0) if row else 0
            left += sum(map(len, _rows_in_cells(row)))
            if len(row) > known:
                missed = _figures_of(row[1:] if known else row, read_numeral) - known
                left += missed if missed >= SIDE_BY_SIDE - (known > 0) else 0
        if left:
            yield block.address, left


def _rows_in_cells(row: Sequence[Cell]) -> Iterator[list[str]]:
    """Figures at the end of one cell: a row that was not cut into its columns.

    One or two end a sentence as well, unless print sets them apart.
    """
    for cell in row:
        text = cell.text.rstrip()
        apart = _APART.search(text)
        found = next((each for each in side_by_side(text)[-1:] if text.endswith(each[-1])), [])
        if len(found) < FEWEST_OF_ROW:
            found = (found or [apart[1]]) if apart else []
        if found and not (all(map(is_year, found)) or is_numbering_row(found)):
            yield found


def _figures_of(row: Sequence[Cell], read_numeral: Callable[[str], Numeral]) -> int:
    """How many figures a row prints: no years, and no numbers of its columns."""
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    if is_numbering_row(texts) or is_numbering_row(texts[1:]):
        return 0
    return sum(
        read_numeral(text).reading is CellKind.FIGURE and not is_year(text) for text in texts
    )


def _unread(document: Document, tables: Sequence[TableFacts]) -> Iterator[Message]:
    """What numbers of worksheets are no figures here: they are counted, and the first named."""
    numbers = [
        cell.address
        for block in document.blocks
        if isinstance(block, Table) and block.sheet
        for row in block.rows
        for cell in row
        if cell.number is not None and not is_year(cell.text)
    ]
    figures = {
        cell.address
        for table in tables
        if numbers
        for cells, grid in zip(table.cells, table.grid, strict=True)
        for cell, figure in zip(cells, grid, strict=True)
        if cell is not None and figure >= 0
    }
    left = [address for address in numbers if address not in figures]
    if left:
        yield saying("numbers-unread", count=len(left), cells=some_of(left))


def _tables(
    document: Document, language: Language, vector: Vector, inside: Container[str]
) -> tuple[TableFacts, ...]:
    """The tables that hold figures, which are taken into the vector.

    Those at the addresses ``inside`` belong to charts.
    """
    tables: list[TableFacts] = []
    inherited = Before()
    last: Context | None = None
    for table, context in contexts(document.blocks, language):
        if table.address in inside:
            continue
        if last is None or not _goes_on(context, last):
            inherited = Before()
        last = context
        found = understand_table(
            table,
            context,
            language,
            len(tables),
            len(vector),
            inherited,
            document.worksheets,
        )
        if found is None:
            continue
        inherited = Before((*inherited.tops, *found.tops), found.facts.columns)
        for number, counted, place in zip(found.numbers, found.counts, found.places, strict=True):
            vector.add(number, Spot(len(tables), *place), counted=counted)
        tables.append(found.facts)
    return tuple(tables)


def language_of(document: Document) -> str | None:
    """The language of a document by its own words, or None where it has too few."""
    sample: list[str] = []
    length = 0
    for text in _texts(document):
        sample.append(text)
        length += len(text)
        if length > SAMPLE:
            break
    return detect_language(" ".join(sample))


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in islice(block.rows, 50):
                # The unit that a number format prints may be foreign to the words around it.
                yield from (cell.text for cell in islice(row, 20) if cell.number is None)


def _goes_on(context: Context, before: Context) -> bool:
    return context.follows and context.number == before.number
