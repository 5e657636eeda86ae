"""Rows whose labels name the rows that they follow from: "lines 10 and 17", "#9 less #10"."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from unbudget_check.checks.places import place_of
from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.weight import standing_of, weigh
from unbudget_check.languages import plain_digits
from unbudget_check.model.facts import UNSUMMED, RowRole, Spot
from unbudget_check.model.reading import Reading, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

    # Rows with the sign by which they enter.
    Way = Sequence[tuple[int, int]]

# A label that names rows by their numbers speaks of them, in all but one of a thousand.
NAMES_BITS = 10
# Of more rows not every combination of signs is tried.
MOST_NAMED = 4
_NAME, _NUMBER = re.compile(r"\w{1,4}"), re.compile(r"(?<![\d.,])\d{1,3}(?![\d.,%]|\s?%)")
_RANGE = re.compile(r"(?<![\d.,])(\d{1,3})\s*[-–]\s*(\d{1,3})(?![\d.,%])")


def check_named_rows(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write stated - rows named in the label = 0, with the signs that the columns bear out."""
    del rule
    for index, table in enumerate(facts.tables):
        names = _names(table)
        for at, row in enumerate(table.rows):
            ways = list(_ways(table, at, names)) if row.role is not RowRole.HEADING else []
            found = _best(facts, table, at, ways)
            if found is None:
                continue
            way, prior = found
            label = ", ".join(table.rows[each].label for each, _ in way)
            reading = claims.read(Reading("derived", Spot(index, at, 0), label, prior))
            signs = [1, *(-sign for _, sign in way)]
            for column in table.columns:
                members = [table.grid[each][column.index] for each in (at, *(r for r, _ in way))]
                if column.role not in UNSUMMED and members[0] >= 0:
                    place = place_of(table, at, column.index)
                    claims.add(index, number, [members], signs, [place], reading=reading)


def _names(table: TableFacts) -> Mapping[str, int]:
    """The rows by their printed numbers, where each has one of its own."""
    found: dict[str, int] = {}
    for at, row in enumerate(table.rows):
        cell = table.cells[at][0] if table.cells[at] else None
        first = plain_digits(cell.text.strip(" .)(#")) if cell is not None else ""
        name = row.marker or (first if _NAME.fullmatch(first) else "")
        if name.isdigit():
            if name in found:
                return {}
            found[name] = at
    return found


def _ways(table: TableFacts, at: int, names: Mapping[str, int]) -> Iterator[Way]:
    """What a row may follow from, as its label names them: a run of rows, or some with signs."""
    if not names:
        return
    cells = zip(table.cells[at], table.grid[at], strict=True)
    texts = [cell.text for cell, figure in cells if cell is not None and figure < 0]
    text = plain_digits(" ".join(texts))
    for first, last in _RANGE.findall(text):
        run = [row for name, row in names.items() if int(first) <= int(name) <= int(last)]
        if len(run) > 1 and at not in run:
            yield [(row, 1) for row in run]
    named = [names[name] for name in dict.fromkeys(_NUMBER.findall(text)) if name in names]
    rows = [row for row in named if row != at]
    if 1 < len(rows) <= MOST_NAMED:
        for signs in product((1, -1), repeat=len(rows)):
            if max(signs) > 0:
                yield list(zip(rows, signs, strict=True))


def _best(
    facts: DocumentFacts, table: TableFacts, at: int, ways: Sequence[Way]
) -> tuple[Way, int] | None:
    """The way that the columns bear out best, with the bits for it before they are looked at."""
    prior = NAMES_BITS - len(ways).bit_length()
    best: tuple[int, Way] | None = None
    for way in ways:
        trials = []
        for column in table.columns:
            figures = [table.grid[each][column.index] for each in (at, *(row for row, _ in way))]
            signs = [1, *(-sign for _, sign in way)]
            terms = [(f, sign) for f, sign in zip(figures, signs, strict=True) if f >= 0]
            if column.role not in UNSUMMED and figures[0] >= 0 and len(terms) > 1:
                trials.append(trial_of(terms, facts.numbers, facts.counts))
        weight = weigh(trials, prior)
        is_told = standing_of(weight) is Standing.BORNE_OUT and weight.said > 0
        if is_told and (best is None or weight.bits > best[0]):
            best = weight.bits, way
    return (best[1], prior) if best is not None else None
