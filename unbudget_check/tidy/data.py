"""A data file as its mapping means it: figures, rows, and the relations that the mapping states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.lexicon import normalise
from unbudget_check.model.message import saying
from unbudget_check.rulebook.equation import parse_equation
from unbudget_check.tidy.amounts import (
    Status,
    amounts_of,
    labels_of,
    number_style,
    release_unused,
)
from unbudget_check.tidy.matrix import (
    STATED,
    equation_of,
    judged,
    long_equation_of,
    sums_of,
    vector_of,
)
from unbudget_check.tidy.tree import numbered, rows_of, trees_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from unbudget_check.model.message import Message
    from unbudget_check.model.options import TidyMapping
    from unbudget_check.model.outcome import Rounding
    from unbudget_check.rulebook.equation import Equation
    from unbudget_check.tidy.amounts import Amounts, Labels
    from unbudget_check.tidy.matrix import JudgedSheet, RelationBlock
    from unbudget_check.tidy.sheet import DataSheet
    from unbudget_check.tidy.tree import Rows, Tree

Complaint = tuple[str, "Message"]


@dataclass(frozen=True, slots=True)
class Data:
    """One sheet under its mapping: ``figures`` by column, ``kinds`` what is doubted together.

    ``valid`` are the rows that fit the mapping; ``trees`` say what adds up, and ``result`` how it
    came out.
    """

    sheet: DataSheet
    mapping: TidyMapping
    names: tuple[str, ...]
    amounts: tuple[Amounts, ...]
    labels: Mapping[str, Labels]
    rows: Rows
    valid: NDArray[np.bool_]
    trees: tuple[Tree, ...]
    kinds: tuple[str, ...]
    result: JudgedSheet
    complaints: tuple[Complaint, ...] = ()

    def heading(self, row: int, column: int) -> str:
        """What the figure of a row in a column of figures measures."""
        if self.mapping.measure is None:
            return self.names[column]
        return self.labels[self.mapping.measure].text(row) or self.names[column]

    def label(self, row: int, *, in_full: bool = False) -> str:
        """What a row is about, the innermost first: "Total, Harbour, North".

        Findings are known again by the short name; ``in_full`` names the item of one group only.
        """
        mapping = self.mapping
        texts = [self.labels[name].text(row) for name in mapping.labels]
        if mapping.hierarchy:
            inner = list(dict.fromkeys(text for text in texts[::-1] if text))
            is_whole = in_full or self.rows.totals[row] or len(inner) > 2
            said = ", ".join(inner if is_whole else inner[:1])
        else:
            said = " ".join(filter(None, texts))
        if mapping.code is not None:
            code = self.labels[mapping.code].text(row)
            said = said if code in texts else " ".join(filter(None, (code, said)))
        apart = [self.labels[name].text(row) for name in apart_columns(mapping)]
        return f"{said} ({', '.join(filter(None, apart))})" if any(apart) else said


def apart_columns(mapping: TidyMapping) -> tuple[str, ...]:
    """The columns across which nothing is summed, besides the measure."""
    names = (mapping.table, *mapping.within)
    return tuple(dict.fromkeys(name for name in names if name))


def text_columns(mapping: TidyMapping) -> tuple[str, ...]:
    """The columns of texts that a mapping names, once."""
    single = (mapping.code, mapping.parent, mapping.kind, mapping.measure)
    names = (*apart_columns(mapping), *mapping.labels, *single, *mapping.unique)
    figures = figure_columns(mapping)
    return tuple(dict.fromkeys(name for name in names if name and name not in figures))


def figure_columns(mapping: TidyMapping) -> tuple[str, ...]:
    """The columns that hold figures."""
    return (mapping.value,) if mapping.value else mapping.measures


def needed_columns(mapping: TidyMapping) -> tuple[str, ...]:
    """Every column that a mapping names, once."""
    return tuple(dict.fromkeys((*text_columns(mapping), *figure_columns(mapping))))


def filled_columns(mapping: TidyMapping) -> tuple[str, ...]:
    """The columns of texts in which no row is blank."""
    if mapping.code is not None:
        labels: tuple[str, ...] = (mapping.code,)
    elif mapping.kind is not None:
        labels = (mapping.kind,)
    else:
        labels = mapping.labels[:1] if mapping.hierarchy else mapping.labels
    names = (*apart_columns(mapping), *labels, mapping.measure)
    return tuple(dict.fromkeys(name for name in names if name))


def data_of(
    sheet: DataSheet, mapping: TidyMapping, language: str | None, rounding: Rounding
) -> Data:
    """A sheet with all columns of its mapping, its relations written and judged."""
    names = figure_columns(mapping)
    style = number_style([sheet.columns[name] for name in names], language)
    amounts = tuple(amounts_of(sheet.columns[name], style) for name in names)
    labels = {name: labels_of(sheet.columns[name]) for name in text_columns(mapping)}
    release_unused()
    valid = _valid_rows(mapping, labels, len(sheet))
    measure = labels[mapping.measure].codes if mapping.measure else np.zeros(len(sheet), np.int32)
    apart = [labels[name].codes for name in apart_columns(mapping)]
    start = np.zeros(len(sheet), dtype=np.int32)
    rows = rows_of(mapping, labels, numbered(start, *apart, measure))
    trees = tuple(trees_of(mapping, rows, labels))
    places = _places(mapping, measure, len(names))
    measures = labels[mapping.measure].texts if mapping.measure else names
    kinds: list[str] = []
    blocks: list[RelationBlock] = []
    for tree in trees:
        for column, found in enumerate(amounts):
            there = valid & (found.statuses == Status.FIGURE)
            at = column, len(amounts)
            blocks.append(sums_of(tree, there, at, places[:, column], len(kinds)))
        kinds += _kinds(tree, measures)
    item = numbered(start, *apart, *(labels[n].codes for n in _item_columns(mapping)))
    complaints: list[Complaint] = []
    for at_text, text in enumerate(mapping.equations):
        equation = parse_equation(text)
        columns = _columns_of(equation, measures)
        absent = [name for name, column in columns.items() if column < 0]
        told = (saying("data-equation-name", equation=text, name=name) for name in absent)
        complaints += [("mapping", each) for each in told]
        numbers = int(places.max(initial=-1)) + 1 + at_text, len(kinds)
        if absent:
            continue
        kinds.append(text)
        if mapping.measure:
            there = valid & (amounts[0].statuses == Status.FIGURE)
            signs = np.where(there, _signs(equation, columns, len(measures))[measure], 0)
            blocks.append(long_equation_of(item, signs, *numbers))
        else:
            blocks.append(_wide(equation, columns, amounts, valid, numbers))
    figures = vector_of(amounts, places, exact=mapping.exact)
    table = figures.values.reshape(len(sheet), len(names))
    # One copy of a million figures is enough.
    amounts = tuple(
        replace(found, values=table[:, at], scale=figures.scale) for at, found in enumerate(amounts)
    )
    result = judged(figures, blocks, rounding)
    return Data(
        sheet,
        mapping,
        names,
        amounts,
        labels,
        rows,
        valid,
        trees,
        tuple(kinds),
        result,
        tuple(complaints),
    )


def _valid_rows(mapping: TidyMapping, labels: Mapping[str, Labels], size: int) -> NDArray[np.bool_]:
    """The rows that say what they are about, in all columns that must."""
    valid = np.ones(size, dtype=bool)
    for name in filled_columns(mapping):
        valid &= labels[name].codes >= 0
    return valid


def _places(mapping: TidyMapping, measure: NDArray[np.int32], width: int) -> NDArray[np.int32]:
    """Where figures are written alike: by measure; rows x columns."""
    if mapping.measure:
        return np.maximum(measure, 0).astype(np.int32)[:, None]
    return np.broadcast_to(np.arange(width, dtype=np.int32), (len(measure), width))


def _item_columns(mapping: TidyMapping) -> tuple[str, ...]:
    names = (*mapping.labels, mapping.code, mapping.kind)
    return tuple(dict.fromkeys(name for name in names if name))


def _kinds(tree: Tree, measures: Sequence[str]) -> list[str]:
    """What the kinds of sums of a tree are called: each measure at each level."""
    levels = [*tree.names, *[""] * (int(tree.levels.max(initial=0)) + 1 - len(tree.names))]
    levels = levels[: int(tree.levels.max(initial=0)) + 1]
    return [", ".join(filter(None, (each, level))) for each in measures for level in levels]


def _columns_of(equation: Equation, known: Sequence[str]) -> dict[str, int]:
    """Where the measures of an equation are among those that are known; -1 where they are not."""
    folded = {_folded(name): at for at, name in reversed(list(enumerate(known)))}
    names = (equation.stated, *(name for _, name in equation.parts))
    return {name: folded.get(_folded(name), -1) for name in names}


def _folded(name: str) -> str:
    return normalise(name.replace("_", " "))


def _signs(equation: Equation, found: Mapping[str, int], measures: int) -> NDArray[np.int64]:
    """How each measure enters an equation; the last one is a blank."""
    signs = np.zeros(measures + 1, dtype=np.int64)
    for coefficient, name in equation.parts:
        signs[found[name]] = coefficient
    signs[found[equation.stated]] = STATED
    return signs


def _wide(
    equation: Equation,
    found: Mapping[str, int],
    amounts: Sequence[Amounts],
    valid: NDArray[np.bool_],
    numbers: tuple[int, int],
) -> RelationBlock:
    columns = [found[equation.stated], *(found[name] for _, name in equation.parts)]
    rows: NDArray[Any] = np.arange(len(valid), dtype=np.int64) * len(amounts)
    members = np.stack(
        [
            np.where(valid & (amounts[at].statuses == Status.FIGURE), rows + at, -1)
            for at in columns
        ],
        axis=1,
    )
    signs = [1, *(-coefficient for coefficient, _ in equation.parts)]
    return equation_of(members, signs, *numbers)
