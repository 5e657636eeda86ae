"""Find total columns and what they add up, and lines that are ratios, growth or averages.

Nothing of the latter is added up. Words that call a line so ("ratio", "average") are bits; figures
alone find the others, in tables whose headings do not say already what follows from what.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, combinations, pairwise, product
from typing import TYPE_CHECKING

from unbudget_check.evidence.averages import find_averages, find_extremes
from unbudget_check.evidence.ratios import GROWTH, RATE, find_ratios, find_turned
from unbudget_check.evidence.weight import BORNE_OUT_BITS, is_doubtful, standing_of, weigh
from unbudget_check.lexicon import normalise, plain_digits
from unbudget_check.model.facts import (
    IN_PER_CENT,
    RATES,
    ROWS_OF_TOTALS,
    Average,
    CellKind,
    Column,
    ColumnRole,
    Ratio,
    RowRole,
    Standing,
    TableFacts,
    Tie,
    Turned,
)
from unbudget_check.notation.column_numbers import parse_sum, replace_terms
from unbudget_check.notation.years import YEAR_ALONE, YEARS
from unbudget_check.understand.tables.found_sums import as_sum, find_sums
from unbudget_check.understand.tables.variance import evidence_of, figures_in, trials_of, wins

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.facts import Weight
    from unbudget_check.understand.tables.variance import Figure, Rows

    Values = Sequence[tuple[int | None, ...]]
    from unbudget_check.lexicon import Language
    from unbudget_check.model.number import Number

    Line = Sequence[Number | None]


# Rows, or groups of columns, that show a habit.
FEWEST_OF_A_HABIT = 3
# A sum has two parts at least.
PAIR = 2
# What a heading that says total adds to the columns before it, and takes from others.
TOTAL_BITS, OTHER_RUN_BITS = 3, 2
# Beyond one, errors are no more than one in so many rows: else the rule has exceptions, or the
# figures were rounded in another way.
FEW_IN_TOTALS = 4
# Columns at most that lead from an opening to a closing balance, with one error among them; and
# what it costs in bits that nothing says the sign of each, nor where they end.
LONGEST_MOVEMENT, MOVEMENT_BITS = 6, 3
# What headings say that number every fourth column, say, from one: few tables of measures do.
NUMBERED_BITS = 8
# Wider tables are not searched for sums of any of their columns.
WIDEST_SUBSETS = 9
_AMOUNTS = frozenset(
    {
        ColumnRole.AMOUNT,
        ColumnRole.EXPENDITURE,
        ColumnRole.BASE,
        ColumnRole.ESTIMATE,
        ColumnRole.NUMBER,
        ColumnRole.CHANGE,
        ColumnRole.FACTOR,
    }
)
_TOTALS = frozenset({ColumnRole.TOTAL, ColumnRole.SUBTOTAL})

# What words say, in bits: of lines that are called an average, few are none.
AVERAGE_BITS = 10
# A table that leads from a base to an estimate says so in its headings.
_EXPLAINED = frozenset({ColumnRole.BASE, ColumnRole.CHANGE, ColumnRole.ESTIMATE})
_WORDY = frozenset({ColumnRole.LABEL, ColumnRole.TEXT})


def find_ties(columns: Sequence[Column], values: Values, quanta: Values) -> tuple[Tie, ...]:
    """All ties across the columns; ``values[row][column]`` and ``quanta`` are in one unit."""
    rows = [
        [
            None if value is None else (value, quantum or 0)
            for value, quantum in zip(figures, weights, strict=True)
        ]
        for figures, weights in zip(values, quanta, strict=True)
    ]
    ties = [*_by_formula(columns, rows), *_by_heading(columns, rows), *_by_group(columns, rows)]
    ties += _by_number(columns, rows, {tie.stated for tie in ties})
    found = [*ties, *_by_figures(columns, rows, ties)]
    return (*found, *_movements(columns, rows, found))


def untied(columns: Sequence[Column], values: Values, ties: Iterable[Tie]) -> tuple[str, ...]:
    """The headings that say total, and are borne out by no tie although there are figures."""
    stated = {tie.stated for tie in ties}
    # Total = not allowed + allowed is allowed = total - not allowed.
    stated |= {
        at for t in ties if t.origin == "found" and len(t.parts) == PAIR for at, _ in t.parts
    }
    return tuple(
        column.heading
        for column in columns
        if column.role is ColumnRole.TOTAL
        and column.index not in stated
        and any(row[column.index] for row in values)
    )


def _by_formula(columns: Sequence[Column], rows: Rows) -> list[Tie]:
    """Ties printed in the headings, such as (5)=(4)-(3).

    Where no row bears a formula out, but all do with another column in it, that one was meant.
    """
    marks = {column.mark: column.index for column in columns if column.mark}
    ties = []
    for column in columns:
        terms = parse_sum(column.formula)
        if len(terms) < 2 or not all(name in marks for _, name in terms):
            continue
        parts = tuple((marks[name], sign) for sign, name in terms)
        tie = _tie(column.index, parts, _weight(rows, column.index, parts), "formula")
        if standing_of(_weight(rows, column.index, parts)) is Standing.REFUTED:
            tie = _meant(column, parts, marks, rows) or tie
        ties.append(tie)
    return ties


def _meant(
    column: Column, parts: Sequence[tuple[int, int]], marks: Mapping[str, int], rows: Rows
) -> Tie | None:
    """A printed formula with one column replaced, or two exchanged, that holds in all rows."""
    printed = {index: mark for mark, index in marks.items()}
    free = [at for at in printed if at != column.index and at not in dict(parts)]
    others = [{part: other} for part, _ in parts for other in free]
    others += [{a: b, b: a} for (a, plus), (b, minus) in pairwise(parts) if plus != minus]
    found = []
    for each in others:
        meant = tuple((each.get(part, part), sign) for part, sign in parts)
        weight = _weight(rows, column.index, meant)
        if not weight.failed and standing_of(weight) is Standing.BORNE_OUT:
            names = {printed[old]: printed[new] for old, new in each.items()}
            text = replace_terms(column.formula, names)
            found.append(replace(_tie(column.index, meant, weight, "formula"), meant=text))
    return found[0] if len(found) == 1 else None


def _by_heading(columns: Sequence[Column], rows: Rows) -> list[Tie]:
    """Subtotal and total columns, in the way in which rows are added up.

    The columns before them since the last total are what the headings suggest; the rows may bear
    out that others are added up: columns before the first of these, or some columns left out.
    """
    ties: list[Tie] = []
    waiting: list[int] = []
    closed = 0
    for column in columns:
        if column.role in _AMOUNTS:
            waiting.append(column.index)
        elif column.role in _TOTALS and waiting:
            start = closed if column.role is ColumnRole.SUBTOTAL and closed < len(waiting) else 0
            tie = _total(column.index, waiting, start, rows)
            if tie is not None:
                ties.append(tie)
                taken = {part for part, _ in tie.parts}
                waiting = [index for index in waiting if index not in taken]
            else:
                # A total of one column, others being blank so far, stands for that one.
                figures = [_amount(row, column.index) for row in rows]
                waiting = [
                    index for index in waiting if [_amount(row, index) for row in rows] != figures
                ]
            waiting.append(column.index)
            closed = len(waiting)
    return ties


def _total(stated: int, waiting: Sequence[int], start: int, rows: Rows) -> Tie | None:
    """What a column that is called a total adds up, if the rows bear anything out."""
    runs = [waiting[start:], *(waiting[at:] for at in range(len(waiting) - 1) if at != start)]
    said = {part for part in waiting if any(_amount(row, part) for row in rows)}
    tried = {
        tuple(run): _weight(rows, stated, [(part, 1) for part in run], _cost(at))
        for at, run in enumerate(runs)
        if len(said.intersection(run)) > 1
    }
    if not tried:
        return None
    best = max(tried, key=lambda run: tried[run].bits)
    # What fails in one run and holds in another is no misprint.
    sound = [run for run in tried if tried[run].held and not tried[run].failed]
    if tried[best].failed and sound:
        other = max(sound, key=lambda run: tried[run].bits)
        best = other if tried[other].gain >= tried[best].gain else best
    if tried[best].failed and len(waiting) <= WIDEST_SUBSETS:
        unsaid = -2 - len(waiting)
        some = {
            parts: _weight(rows, stated, [(part, 1) for part in parts], unsaid)
            for parts in _subsets(stated, waiting, rows)
        }
        other = max(some, key=lambda parts: some[parts].bits, default=best)
        if other not in tried and wins(some[other], tried[best]):
            best, tried = other, some
    first = tuple(runs[0])
    if first in tried and not any(_amount(row, stated) for row in rows):
        best = first  # nothing but dashes under a heading that says total: all of it is missing
    elif not tried[best].held or is_doubtful(tried[best], FEW_IN_TOTALS):
        return None
    return _tie(stated, tuple((part, 1) for part in best), tried[best], "heading")


def _cost(at: int) -> int:
    """What the words say of a run of columns: the first one is what they suggest."""
    return -OTHER_RUN_BITS if at else TOTAL_BITS


def _subsets(stated: int, waiting: Sequence[int], rows: Rows) -> Iterable[tuple[int, ...]]:
    """The sets of columns that make the total in one of the rows that say most."""
    telling = sorted(rows, key=lambda row: -abs(_amount(row, stated)))[:FEWEST_OF_A_HABIT]
    found: dict[tuple[int, ...], None] = {}
    for row in telling:
        for size in range(2, len(waiting)):
            for parts in combinations(waiting, size):
                total = sum(_amount(row, part) for part in parts)
                if total and total == _amount(row, stated):
                    found[parts] = None
    return found


def _by_group(columns: Sequence[Column], rows: Rows) -> list[Tie]:
    """Side by side groups with the same columns, the last of which is their total."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.group and column.role not in RATES:
            groups.setdefault(column.group, []).append(column)
    sets = list(groups.values())
    if len(sets) < FEWEST_OF_A_HABIT or len({tuple(c.role for c in found) for found in sets}) > 1:
        return []
    ties = []
    for place, column in enumerate(sets[-1]):
        parts = tuple((found[place].index, 1) for found in sets[:-1])
        weight = _weight(rows, column.index, parts)
        if standing_of(weight) is Standing.BORNE_OUT:
            ties.append(_tie(column.index, parts, weight, "heading"))
    return ties


def _by_number(columns: Sequence[Column], rows: Rows, known: Collection[int]) -> list[Tie]:
    """Totals that the headings number at equal distances: three months, Q1, three months, Q2.

    What no quarter proves by itself, all of them may. The column behind the last adds them up.
    """
    amounts = [c for c in columns if c.role in (*_AMOUNTS, *_TOTALS)]
    places: dict[str, list[tuple[int, int]]] = {}
    for at, column in enumerate(amounts):
        heading = YEAR_ALONE.sub("", plain_digits(normalise(column.heading)))
        if len(printed := re.findall(r"\d+", heading)) == 1:
            # 1er and 2e are one word.
            places.setdefault(re.sub(r"\d+\w*", "#", heading), []).append((int(printed[0]), at))
    ties: list[Tie] = []
    for found in places.values():
        numbers, ends = zip(*found, strict=True)
        step = ends[0] + 1
        if len(ends) < PAIR or step <= PAIR or numbers != tuple(range(1, len(ends) + 1)):
            continue
        if ends != tuple(range(ends[0], step * len(ends), step)):
            continue
        runs = [(end, range(end - step + 1, end)) for end in ends]
        sums = [(amounts[end].index, [amounts[at].index for at in run]) for end, run in runs]
        if step * len(ends) < len(amounts):
            whole = amounts[step * len(ends)].index
            sums.append((whole, [stated for stated, _ in sums]))
        weights = [_weight(rows, stated, [(part, 1) for part in parts]) for stated, parts in sums]
        bits = NUMBERED_BITS + sum(weight.bits for weight in weights)
        if bits >= BORNE_OUT_BITS and all(weight.held for weight in weights):
            for (stated, parts), weight in zip(sums, weights, strict=True):
                if stated not in known:
                    ties.append(_tie(stated, tuple((p, 1) for p in parts), weight, "heading"))
    return ties


def _by_figures(columns: Sequence[Column], rows: Rows, said: Sequence[Tie]) -> Iterator[Tie]:
    """Sums that the rows bear out although no heading says so: months make quarters, and a year."""
    amounts = [column.index for column in columns if column.role in (*_AMOUNTS, *_TOTALS)]
    place = {index: at for at, index in enumerate(amounts)}
    lines = [[row[index] for row in rows] for index in amounts]
    known = [
        as_sum(place[tie.stated], [place[p] for p, _ in tie.parts], [s for _, s in tie.parts])
        for tie in said
        if {tie.stated, *dict(tie.parts)} <= place.keys()
    ]
    groups = [columns[index].group for index in amounts]
    sections = list(accumulate((a != b for a, b in pairwise(groups)), initial=0))
    for found in find_sums(lines, known, sections, FEWEST_OF_A_HABIT):
        parts = tuple((amounts[part], 1) for part in found.parts)
        tie = _tie(amounts[found.total], parts, found.weight, "found")
        yield replace(tie, exceptions=found.exceptions)


def _movements(columns: Sequence[Column], rows: Rows, said: Sequence[Tie]) -> Iterator[Tie]:
    """Columns that lead from one to another by what comes in and what goes out.

    Opening + added - written off = closing: the first is added, the signs of the others are for
    the figures to say. The first column opens, or the one behind a closing; sums without
    deductions are found elsewhere.
    """
    amounts = [column.index for column in columns if column.role in (*_AMOUNTS, *_TOTALS)]
    known = [{tie.stated, *dict(tie.parts)} for tie in said]
    start = 0
    while start + PAIR + 1 < len(amounts):
        ends = range(start + PAIR + 1, min(start + LONGEST_MOVEMENT, len(amounts) - 1) + 1)
        tie = next((t for end in ends if (t := _movement(amounts[start : end + 1], rows))), None)
        if tie is None or any(each <= {tie.stated, *dict(tie.parts)} for each in known):
            return  # or it says nothing new
        yield tie
        start = amounts.index(tie.stated) + 1


def _movement(columns: Sequence[int], rows: Rows) -> Tie | None:
    """That the last of these columns is what the first becomes by those between them."""
    opening, *others, closing = columns
    telling = sorted(rows, key=lambda row: -abs(_amount(row, closing)))[:FEWEST_OF_A_HABIT]
    for signs in product((1, -1), repeat=len(others)):
        parts = ((opening, 1), *zip(others, signs, strict=True))
        if min(signs) > 0 or not _agree(telling, closing, parts):
            continue
        # What goes out again with what came in is no movement, but two columns that are alike.
        moving = [row for row in rows if not _is_copied(row, closing, parts)]
        weight = _weight(moving, closing, parts, -MOVEMENT_BITS * len(others))
        # Rows that fail alike count once as evidence, and twice as slips: months are no movements.
        missed = sum(not trial.holds for trial in trials_of(rows, closing, parts))
        moved = all(
            sum(bool(_amount(row, part)) for row in moving) >= FEWEST_OF_A_HABIT for part in others
        )
        is_sure = standing_of(weight) is Standing.BORNE_OUT and weight.held >= FEWEST_OF_A_HABIT
        if is_sure and moved and missed <= 1 and len(moving) > len(others) + missed:
            return _tie(closing, parts, weight, "found")
    return None


def _is_copied(row: Sequence[Figure], stated: int, parts: Iterable[tuple[int, int]]) -> bool:
    """Whether one part alone is what is stated, and the others take one another back."""
    amounts = [sign * _amount(row, part) for part, sign in parts]
    total = _amount(row, stated)
    return total in amounts and sum(amounts) == total


def _agree(rows: Rows, stated: int, parts: Iterable[tuple[int, int]]) -> bool:
    """Whether the parts make what is stated in all of these rows but one."""
    trials = list(trials_of(rows, stated, parts))
    return sum(trial.holds for trial in trials) >= max(len(trials) - 1, PAIR)


def _amount(row: Sequence[Figure], column: int) -> int:
    """A figure of a row; blanks are nothing."""
    figure = row[column]
    return 0 if figure is None else figure[0]


def _weight(rows: Rows, stated: int, parts: Iterable[tuple[int, int]], prior: int = 0) -> Weight:
    return weigh(trials_of(rows, stated, parts), prior)


def _tie(stated: int, parts: tuple[tuple[int, int], ...], weight: Weight, origin: str) -> Tie:
    return Tie(stated, parts, weight.held, weight.said, origin)


def with_derived(table: TableFacts, language: Language) -> TableFacts:
    """The table with the lines that follow from others, which are no addends of anything.

    Columns among them are rates, whatever their headings are, and rows are memo items.
    """
    if _is_explained(table):
        return table
    found = [*_found(table, language, across=True), *_found(table, language, across=False)]
    turned = tuple(_turned(table))
    columns = {each.stated for each in found if each.across} | {each.stated for each in turned}
    rows = {each.stated for each in found if not each.across} | set(_extremes(table))
    return replace(
        table,
        columns=tuple(
            replace(column, role=ColumnRole.RATE)
            if column.index in columns and column.role not in {*RATES, *_TOTALS}
            else column
            for column in table.columns
        ),
        rows=tuple(
            replace(
                row, role=RowRole.MEMO if row.role is RowRole.ITEM else row.role, unit=IN_PER_CENT
            )
            if at in rows
            else row
            for at, row in enumerate(table.rows)
        ),
        ratios=tuple(each for each in found if isinstance(each, Ratio)),
        averages=tuple(each for each in found if isinstance(each, Average)),
        turned=turned,
    )


def _is_explained(table: TableFacts) -> bool:
    """Whether the headings say what leads from a base to an estimate, and the rows bear it out."""
    if not {column.role for column in table.columns} >= _EXPLAINED:
        return False
    known = evidence_of(table.columns, figures_in(table.numerals), table.numerals)
    return known.held > known.failed


def _found(table: TableFacts, language: Language, *, across: bool) -> Iterator[Ratio | Average]:
    """The columns, or the rows, that follow from others."""
    columns = [column.index for column in table.columns if column.role not in _WORDY]
    grid = [[_number(table, row, column) for column in columns] for row in range(len(table.rows))]
    figured = [
        row for row, figures in enumerate(grid) if any(figures) and not _is_of_years(figures)
    ]
    lines: list[Line]
    if across:
        lines, numbers = [[grid[r][c] for r in figured] for c in range(len(columns))], columns
        texts = [_heading(table.columns[index]) for index in columns]
    else:
        lines, numbers = [grid[row] for row in figured], figured
        texts = [normalise(table.rows[row].label) for row in figured]
    words = language.derived
    taken = set()
    for mean in find_averages(lines, dict.fromkeys(_called(texts, words["average"]), AVERAGE_BITS)):
        taken.add(mean.stated)
        first, last = numbers[mean.parts[0]], numbers[mean.parts[-1]]
        parts = tuple(columns if across else range(len(table.rows)))
        run = tuple(part for part in parts if first <= part <= last)
        if mean.blanks:
            run = tuple(numbers[part] for part in mean.parts)
        yield replace(mean, across=across, stated=numbers[mean.stated], parts=run)
    named = {at: kind for kind in (GROWTH, RATE) for at in _called(texts, words[kind])}
    if across:
        rates = (at for at, c in enumerate(columns) if table.columns[c].role in RATES)
        named |= dict.fromkeys(rates, RATE)
    for ratio in find_ratios(lines, named, strict=not across):
        if ratio.stated not in taken:
            stated, part, base = (numbers[at] for at in (ratio.stated, ratio.part, ratio.base))
            yield replace(ratio, across=across, stated=stated, part=part, base=base)


def _extremes(table: TableFacts) -> Iterator[int]:
    """The rows of the highest, or the lowest, figures of the columns."""
    columns = [c.index for c in table.columns if c.role not in {*_WORDY, *_TOTALS}]
    figured = [
        row
        for row in range(len(table.rows))
        if table.rows[row].role not in ROWS_OF_TOTALS
        and any(_number(table, row, column) is not None for column in columns)
    ]
    lines = [[_number(table, row, column) for column in columns] for row in figured]
    return (figured[at] for at in find_extremes(lines))


def _turned(table: TableFacts) -> Iterator[Turned]:
    """The columns of variances whose sign is turned in some rows."""
    columns = [c.index for c in table.columns if c.role not in {*_WORDY, *RATES}]
    rows = range(len(table.rows))
    lines = [[_number(table, row, column) for row in rows] for column in columns]
    for each in find_turned(lines):
        one, other = (columns[part] for part in each.parts)
        yield replace(each, stated=columns[each.stated], parts=(one, other))


def _is_of_years(figures: Line) -> bool:
    """Whether a row prints nothing but years: it belongs to the headings."""
    whole = [n.units // 10**-n.exponent for n in figures if n is not None and n.exponent <= 0]
    return bool(whole) and all(each in YEARS for each in whole)


def _called(texts: Sequence[str], words: Sequence[str]) -> list[int]:
    """The lines whose headings or labels have one of the words."""
    return [at for at, text in enumerate(texts) if any(_has(text, word) for word in words)]


def _has(text: str, word: str) -> bool:
    """Whether a word stands in a text; letters of an alphabet may not go on before or after it."""
    at = text.find(word)
    if at < 0:
        return False
    around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
    return not (word[0].isalpha() and any(c.isalpha() and c < "\u2e80" for c in around))


def _heading(column: Column) -> str:
    return normalise(f"{column.group} {column.heading}")


def _number(table: TableFacts, row: int, column: int) -> Number | None:
    numeral = table.numerals[row][column]
    return numeral.number if numeral.reading is CellKind.FIGURE else None
