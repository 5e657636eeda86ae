"""Lines that are a printed rate of another: support cost (7%), fringe benefits, taxes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.weight import LEAST_LOSS_BITS, loss_of, standing_of, weigh
from unbudget_check.languages import load_language, normalise, plain_digits
from unbudget_check.model.facts import RATES, ColumnRole, Reading, RowRole, Spot
from unbudget_check.model.number import Number, decimal_of, quantum_of, scaled
from unbudget_check.model.reading import Reading as Decision
from unbudget_check.model.reading import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.evidence.weight import Trial
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

    # The figures of one place: what is stated, and what the rate is of.
    Place = Sequence[int]

# A rate in the name of a line is a rate of some other line in most tables, and there it is seldom
# far: what stands right before is the base, or ends it.
NAMED_BITS, BEFORE_BITS = 4, 2
# All of another amount is a copy of it, and no rate.
HUNDRED = 100
# A base is looked for among so many lines before, and added up of so many.
FARTHEST, LONGEST = 40, 12
_WORDY = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, *RATES})
# The result of a rate is rounded by itself.
_PLACE = ("rate", ColumnRole.SHARE.value)


def check_rates(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write stated - rate x base = 0 for each line whose name, or cell, prints the rate."""
    del rule
    for index, table in enumerate(facts.tables):
        for across in (False, True):
            for line, rate in _rated(table, facts.language, across=across):
                found = _base(facts, table, line, rate, across=across)
                if found is None:
                    continue
                bases, prior = found
                row, column = (0, line) if across else (line, 0)
                names = [
                    table.columns[at].heading if across else table.rows[at].label
                    for at in dict.fromkeys((bases[0], bases[-1]))
                ]
                spot = Spot(table.ordinal, row, column)
                at = claims.read(Decision("derived", spot, ", ".join(names), prior))
                signs = _signs(rate, len(bases))
                members = list(_places(table, line, bases, across=across))
                places = [(*_PLACE, table.part or "")] * len(members)
                claims.add(index, number, members, signs, places, reading=at)


def _rated(table: TableFacts, language: str, *, across: bool) -> Iterator[tuple[int, Number]]:
    """The lines whose names print one rate; of rows also those with one cell in per cent."""
    if across:
        for column in table.columns:
            rates = _rates_in(column.heading, language)
            if len(rates) == 1 and column.role not in _WORDY:
                yield column.index, rates[0]
        return
    for at, row in enumerate(table.rows):
        if row.role is RowRole.HEADING:
            continue
        rates = _rates_in(row.label, language)
        if not rates:
            cells = zip(table.cells[at], table.numerals[at], table.columns, strict=True)
            rates = [
                numeral.number
                for cell, numeral, column in cells
                if numeral.number is not None
                and numeral.reading is Reading.FIGURE
                and (column.role in RATES or (cell is not None and "%" in cell.text))
            ]
        if len(rates) == 1 and 0 < decimal_of(rates[0]) < HUNDRED:
            yield at, rates[0]


def _rates_in(text: str, language: str) -> list[Number]:
    """The rates that a name prints, in per cent."""
    plain = normalise(plain_digits(text))
    found = []
    for whole, decimals in _percentages(language).findall(plain):
        if int(whole + decimals):
            found.append(Number(int(whole + decimals), -len(decimals)))
    return found


@cache
def _percentages(language: str) -> re.Pattern[str]:
    terms = [
        term for u in load_language(language).units if u.kind == "percentage" for term in u.terms
    ]
    words = "|".join(map(re.escape, sorted({*terms, "%", "٪"}, key=len, reverse=True)))
    return re.compile(rf"(?<![\d.,])(\d{{1,2}})(?:[.,](\d{{1,3}}))?\s?(?:{words})")


def _base(
    facts: DocumentFacts, table: TableFacts, line: int, rate: Number, *, across: bool
) -> tuple[list[int], int] | None:
    """The lines that the rate is of, with the bits for them before figures are looked at."""
    runs = list(_runs(table, line, across=across))
    others = sorted({at for bases in runs for at in bases})
    rows = [
        dict(zip((line, *others), place, strict=True))
        for place in _places(table, line, others, across=across)
    ]
    shown = _in_one_unit(facts, [row for row in rows if row[line] >= 0])
    unsaid = NAMED_BITS - len(runs).bit_length()
    best: tuple[int, list[int], int] | None = None
    for bases in runs:
        is_before = bases == [line - 1]
        # Nothing but figures speaks for bases that do not stand right before.
        if not is_before and not any(_holds(place, line, bases, rate) for place in shown):
            continue
        places = ([row[at] for at in (line, *bases)] for row in rows)
        trials = [
            _trial(facts, place, rate) for place in places if place[0] >= 0 and max(place[1:]) >= 0
        ]
        # A lone figure that is far off, or not right below its base, is a rate of something else.
        is_lone = is_before and len(trials) == 1
        is_slip = is_lone and loss_of(trials[0]) <= LEAST_LOSS_BITS
        if not is_slip and not any(trial.holds for trial in trials):
            continue
        prior = NAMED_BITS + BEFORE_BITS if is_before else unsaid
        weight = weigh(trials, prior)
        is_told = standing_of(weight) is Standing.BORNE_OUT
        if is_told and (best is None or weight.bits > best[0]):
            best = weight.bits, bases, prior
    return (best[1], best[2]) if best is not None else None


def _in_one_unit(
    facts: DocumentFacts, rows: Sequence[Mapping[int, int]]
) -> list[dict[int, tuple[int, int]]]:
    """The figures of each place by line, and to what they were rounded; blanks are left out."""
    numbers, counts = facts.numbers, facts.counts
    printed = {figure for row in rows for figure in row.values() if figure >= 0}
    finest = min((numbers[figure].exponent for figure in printed), default=0)
    amounts = {
        figure: (
            scaled(numbers[figure], finest),
            0 if counts[figure] else quantum_of(numbers[figure], finest),
        )
        for figure in printed
    }
    return [{at: amounts[figure] for at, figure in row.items() if figure >= 0} for row in rows]


def _holds(
    place: Mapping[int, tuple[int, int]], line: int, bases: Sequence[int], rate: Number
) -> bool:
    """Whether the rate of some bases comes right in one place, and says something."""
    whole, part = _signs(rate, 1)
    (stated, quantum), found = place[line], [place[at] for at in bases if at in place]
    base = sum([amount for amount, _ in found])
    hidden = whole * quantum + abs(part) * sum([each for _, each in found])
    # Nil = nil says nothing.
    return bool(stated or base) and 2 * abs(whole * stated + part * base) <= hidden


def _runs(table: TableFacts, line: int, *, across: bool) -> Iterator[list[int]]:
    """What the rate may be of: another line, or the lines right before it added up."""
    if across:
        others = [c.index for c in table.columns if c.role not in _WORDY and c.index != line]
        before = [at for at in others if at < line]
    else:
        kept = (RowRole.HEADING, RowRole.SPACER, RowRole.MEMO)
        others = [at for at, row in enumerate(table.rows) if row.role not in kept and at != line]
        others = [at for at in others if abs(at - line) <= FARTHEST]
        before = [at for at in others if at < line]
    yield from ([at] for at in sorted(others, key=lambda at: abs(at - line)))
    for count in range(2, min(len(before), LONGEST) + 1):
        run = before[-count:]
        if not across and table.rows[run[0]].role is not RowRole.ITEM:
            return  # a total is no addend beside its parts
        yield run


def _places(
    table: TableFacts, line: int, bases: Sequence[int], *, across: bool
) -> Iterator[list[int]]:
    """The figures of each place, the stated one first; of rows the columns that hold amounts.

    Totals of a column that is a rate of another add up what was rounded in each row.
    """
    if across:
        totals = {footing.total for footing in table.footings}
        for at_row, (row, figures) in enumerate(zip(table.rows, table.grid, strict=True)):
            if row.role is RowRole.ITEM and at_row not in totals:
                yield [figures[at] for at in (line, *bases)]
        return
    for column in table.columns:
        if column.role not in _WORDY:
            yield [table.grid[at][column.index] for at in (line, *bases)]


def _signs(rate: Number, count: int) -> list[int]:
    """The coefficients of stated x 100 - rate x base, in whole numbers."""
    return [100 * int(10**-rate.exponent), *[-rate.units] * count]


def _trial(facts: DocumentFacts, place: Place, rate: Number) -> Trial:
    signs = _signs(rate, len(place) - 1)
    terms = [(f, sign) for f, sign in zip(place, signs, strict=True) if f >= 0]
    return trial_of(terms, facts.numbers, facts.counts)
