"""What is broken in a data file as a small printed table, with the sums around it.

Only the rows of broken sums become Python objects. From here on they are diagnosed, told and drawn
like the tables of any document; a sum of very many parts only counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.diagnosis.judging import Judged, ties_of
from unbudget_check.diagnosis.proofs import Case
from unbudget_check.messages.telling import spoken
from unbudget_check.model.claims import CERTAIN, Claims, Relation
from unbudget_check.model.document import Cell, Document, Table, Where
from unbudget_check.model.facts import (
    BLANK,
    CellKind,
    Column,
    ColumnRole,
    DocumentFacts,
    Numeral,
    Row,
    RowRole,
    Spot,
    TableFacts,
)
from unbudget_check.model.figures import Figures
from unbudget_check.model.finding import (
    CONFIDENCES,
    Confidence,
    Finding,
    Localisation,
    Proof,
    Severity,
)
from unbudget_check.model.number import Number, decimal_of, from_scaled, number_of, printed
from unbudget_check.model.outcome import Judgement, Rounding, Verdict
from unbudget_check.model.relations import Percentages, Relations
from unbudget_check.notation.printed_style import learned
from unbudget_check.rulebook.rule import message_of, rule_text
from unbudget_check.tidy.amounts import Status
from unbudget_check.tidy.data import apart_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from unbudget_check.rulebook.rule import Rule
    from unbudget_check.tidy.data import Data

# A sum of more parts is reported without them: no report shows more, and nobody looks through them.
MANY_PARTS = 60
# Terms of sums that are looked at around a broken one.
MOST_TERMS = 20_000
_NOTHING = Numeral(CellKind.BLANK)
_PLACE = ("money", "amount", "")


@dataclass(frozen=True, slots=True)
class PrintedCase:
    """Some relations as a case that can be diagnosed, and the document that it was made of.

    ``relations[r]`` is the number that relation r has among all of the sheet.
    """

    case: Case
    document: Document
    relations: NDArray[np.int64]


@dataclass(slots=True)
class _PrintedRows:
    """The rows of the printed table: what each prints, and which figures of the data it has."""

    data: Data
    columns: dict[str, int]
    rows: list[dict[int, int]]
    keys: list[int]


def small(data: Data, relations: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of some relations have few enough parts to be told with them."""
    lengths = np.diff(data.result.relations.pointers)
    few: NDArray[np.bool_] = lengths[relations] <= MANY_PARTS
    return few


def printed_case(
    data: Data, chosen: Sequence[int], rules: Sequence[Rule], path: str, language: str
) -> PrintedCase:
    """The chosen relations and those that share figures with them, as a case of one table."""
    numbers = np.array(sorted({*chosen, *_around(data, chosen)}), dtype=np.int64)
    found = data.result.relations
    terms = [found.terms(int(number)) for number in numbers]
    figures = sorted({figure for each in terms for figure, _ in each})
    page = _page(data, figures)
    at = {figure: position for position, figure in enumerate(figures)}
    table, spots = _table(page, at)
    facts = DocumentFacts(
        path,
        None,
        language,
        (table,),
        tuple(number_at(data, figure) for figure in figures),
        (False,) * len(figures),
        tuple(spots[figure] for figure in figures),
    )
    claims = Claims(places={_PLACE: 0})
    told = [tuple((at[figure], sign) for figure, sign in each) for each in terms]
    rule_at = found.rules[numbers].tolist()
    claims.kept = [
        Relation(0, rule, each, _PLACE, "", "", CERTAIN)
        for rule, each in zip(rule_at, told, strict=True)
    ]
    for rule, each in zip(rule_at, told, strict=True):
        claims.matrix.append(each, rule, 0)
    case = Case(facts, rules, claims, _judged(data, numbers, claims.matrix.finish(), figures))
    return PrintedCase(case, Document(path, blocks=(_document_table(table, page),)), numbers)


def _around(data: Data, chosen: Sequence[int]) -> Iterator[int]:
    """The relations that share a figure with those chosen, as far as they are small."""
    found = data.result.relations
    touched = np.zeros(len(data.result.figures), dtype=bool)
    for number in chosen:
        touched[found.figures[found.pointers[number] : found.pointers[number + 1]]] = True
    hits = np.flatnonzero(touched[found.figures])
    near = np.unique(np.searchsorted(found.pointers, hits, side="right") - 1)
    lengths = np.diff(found.pointers)[near]
    near = near[lengths <= MANY_PARTS]
    within = np.cumsum(np.diff(found.pointers)[near]) <= MOST_TERMS
    yield from near[within].tolist()


def _judged(
    data: Data, numbers: NDArray[np.int64], relations: Relations, figures: Sequence[int]
) -> Judged:
    """The verdicts of the whole file on these relations."""
    result = data.result
    every = result.judgement
    judgement = Judgement(
        *(
            getattr(every, name)[numbers]
            for name in ("residuals", "deviations", "allowances", "spreads", "carriers", "bounds")
        )
    )
    vector = Figures(
        result.figures.values[figures], result.figures.quanta[figures], result.figures.scale
    )
    nothing: NDArray[Any] = np.zeros(0, dtype=np.int32)
    percentages = Percentages(nothing, nothing, nothing, nothing, nothing, nothing)
    loose = result.loose[numbers]
    ties = ties_of(vector, relations, judgement, loose, percentages, frozenset())
    return Judged(
        vector,
        relations,
        judgement,
        result.verdicts[numbers],
        np.array([bool(loose.any())]),
        percentages,
        nothing.astype(np.int8),
        Rounding.UNKNOWN,
        ties,
    )


def number_at(data: Data, figure: int) -> Number:
    """A figure with the decimals that it is written with."""
    row, column = divmod(figure, len(data.amounts))
    value = int(data.result.figures.values[figure])
    decimals = int(data.amounts[column].decimals[row])
    return from_scaled(value, data.result.figures.scale, min(-decimals, 0))


def _page(data: Data, figures: Sequence[int]) -> _PrintedRows:
    """Which figure stands where: a row an item, a column a measure; payments have own rows."""
    width = len(data.amounts)
    columns = {} if data.mapping.measure else {name: at for at, name in enumerate(data.names, 1)}
    rows: list[dict[int, int]] = []
    keys: list[int] = []
    items: dict[tuple[str, ...], list[int]] = {}
    names = (*apart_columns(data.mapping), *data.mapping.labels, data.mapping.code)
    for figure in figures:
        row, at = divmod(figure, width)
        column = columns.setdefault(data.heading(row, at), len(columns) + 1)
        item = tuple(data.labels[name].text(row) for name in names if name)
        own = (
            items.setdefault(item, [])
            if data.mapping.measure
            else items.setdefault((str(row),), [])
        )
        place = next((r for r in own if column not in rows[r]), -1)
        if place < 0:
            place = len(rows)
            own.append(place)
            rows.append({})
            keys.append(row)
        rows[place][column] = figure
    if not data.mapping.measure:  # what stands beside a figure is printed, too
        for place, row in enumerate(keys):
            rows[place] = {
                at + 1: row * width + at
                for at, found in enumerate(data.amounts)
                if found.statuses[row] == Status.FIGURE
            }
    return _PrintedRows(data, columns, rows, keys)


def _table(page: _PrintedRows, at: Mapping[int, int]) -> tuple[TableFacts, dict[int, Spot]]:
    """The printed table, and the place of each figure that some relation has."""
    data, width = page.data, len(page.columns) + 1
    spots: dict[int, Spot] = {}
    cells: list[tuple[Cell | None, ...]] = []
    numerals: list[tuple[Numeral, ...]] = []
    grid: list[tuple[int, ...]] = []
    rows: list[Row] = []
    for place, (key, figures) in enumerate(zip(page.keys, page.rows, strict=True)):
        label = data.label(key)
        home = data.mapping.labels[-1]
        line = [
            Cell(
                label, place + 1, 0, address=data.sheet.place(key, home), line=data.sheet.line(key)
            )
        ]
        line += [
            _cell(data, figures.get(column), key, (place + 1, column)) for column in range(1, width)
        ]
        cells.append(tuple(line))
        read = [_numeral(data, figures.get(column)) for column in range(1, width)]
        numerals.append((Numeral(CellKind.TEXT), *read))
        across = (at.get(figures.get(column, BLANK), BLANK) for column in range(1, width))
        grid.append((BLANK, *across))
        role = RowRole.TOTAL if data.rows.totals[key] else RowRole.ITEM
        rows.append(Row(place + 1, label, role, depth=int(data.rows.depths[key])))
        spots |= {figure: Spot(0, place, column) for column, figure in figures.items()}
    heading = data.mapping.labels[-1] if data.mapping.hierarchy else " ".join(data.mapping.labels)
    columns = [Column(0, heading, ColumnRole.LABEL)]
    columns += [Column(n, name, ColumnRole.AMOUNT) for name, n in page.columns.items()]
    table = TableFacts(
        0,
        None,
        None,
        "",
        data.mapping.unit,
        0,
        tuple(columns),
        tuple(rows),
        tuple(cells),
        tuple(numerals),
        tuple(grid),
        address=data.sheet.place(0, data.mapping.labels[-1]),
    )
    return table, spots


def _cell(data: Data, figure: int | None, key: int, at: tuple[int, int]) -> Cell:
    row, column = divmod(figure, len(data.amounts)) if figure is not None else (key, 0)
    name = data.names[column]
    return Cell(
        "" if figure is None else text_of(data, row, column),
        *at,
        address=data.sheet.place(row, name),
        line=data.sheet.line(row),
    )


def text_of(data: Data, row: int, column: int) -> str:
    """A figure as the file writes it."""
    raw = data.sheet.columns[data.names[column]][row].as_py()
    if isinstance(raw, str):
        return raw.strip()
    return str(decimal_of(number_at(data, row * len(data.amounts) + column)))


def _numeral(data: Data, figure: int | None) -> Numeral:
    return _NOTHING if figure is None else Numeral(CellKind.FIGURE, number_at(data, figure))


def _document_table(table: TableFacts, page: _PrintedRows) -> Table:
    """The same table as a reader would have handed it on, with its headings."""
    sheet = page.data.sheet
    heading = tuple(
        Cell(column.heading, 0, column.index, address=table.address, line=sheet.line(0))
        for column in table.columns
    )
    rows = tuple(tuple(cell for cell in row if cell is not None) for row in table.cells)
    return Table((heading, *rows), len(table.columns), table.address, sheet=sheet.name)


def plain_finding(
    data: Data, relation: int, rules: Sequence[Rule], path: str, language: str
) -> Finding:
    """The finding about one sum, at the figure that it states."""
    result = data.result
    rule = rules[int(result.relations.rules[relation])]
    (figure, _), *parts = result.relations.terms(relation)
    row, column = divmod(figure, len(data.amounts))
    scale = result.figures.scale
    exponent = min(-int(data.amounts[column].decimals[row]), 0)
    value, residual = int(result.figures.values[figure]), int(result.judgement.residuals[relation])
    doubled = int(result.judgement.allowances[relation])
    stated, computed, difference = (
        decimal_of(from_scaled(each, scale, exponent))
        for each in (value, value - residual, residual)
    )
    allowance = decimal_of(Number(doubled * 5, scale - 1) if doubled else Number(0))
    where = Where(
        path,
        row=data.label(row),
        column=data.heading(row, column),
        address=data.sheet.place(row, data.names[column]),
        line=data.sheet.line(row),
    )
    home = (_figure(data, each) for each in (figure, *(part for part, _ in parts)))
    notation = learned(home, ())
    told = {
        "row": where.row or "",
        "column": where.column or "",
        "stated": printed(number_of(stated), notation),
        "computed": printed(number_of(computed), notation),
        "residual": printed(number_of(difference), notation),
        "allowance": printed(number_of(allowance), notation),
        "count": str(len(parts)),
        "parts": f"... ({len(parts)})",
    }
    sure = result.verdicts[relation] == Verdict.IMPOSSIBLE
    level = CONFIDENCES.index(rule.confidence) - (not sure)
    finding = Finding(
        rule.code,
        rule.name,
        rule.severity if sure or rule.severity is not Severity.ERROR else Severity.WARNING,
        CONFIDENCES[max(level, CONFIDENCES.index(Confidence.LOW))],
        path,
        where,
        str(stated),
        stated,
        computed,
        difference,
        allowance,
        "",
        (Proof(rule.code, where, stated, computed, difference, allowance, ()),),
        localisation=Localisation.NONE,
        advice=rule_text(rule, "fix", language),
        notation=notation,
    )
    return spoken(finding, language, message_of(rule, language, where, **told))


def _figure(data: Data, figure: int) -> tuple[str, Number]:
    """A figure as the file writes it, and its value."""
    return text_of(data, *divmod(figure, len(data.amounts))), number_at(data, figure)
