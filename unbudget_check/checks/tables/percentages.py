"""Percentages, quotients, growth, averages and shares, at the printed precision."""

from __future__ import annotations

import re
from itertools import chain, combinations, permutations, product
from typing import TYPE_CHECKING

from unbudget_check.checks.tables.equations import sides_of
from unbudget_check.checks.tables.footing import read_footing
from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.weight import (
    HEADINGS_BITS,
    growth_trial,
    in_one_unit,
    is_doubtful,
    quotient_trial,
    rate_trial,
    ratio_trial,
    standing_of,
    weigh,
)
from unbudget_check.model.claims import WORKED_OUT, PercentClaim, place_of
from unbudget_check.model.facts import (
    IN_PER_CENT,
    RATES,
    UNSUMMED,
    CellKind,
    ColumnRole,
    Reading,
    RowRole,
    Spot,
    Standing,
    Weight,
)
from unbudget_check.model.number import Number, decimal_of
from unbudget_check.notation.column_numbers import parse_quotient
from unbudget_check.notation.years import YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.evidence.weight import Amount, Trial
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

    Pair = tuple[int, int]
    Way = tuple[tuple[int, ...], tuple[int, ...]]
    Rows = Sequence[tuple[Number, Mapping[int, Amount]]]
    from unbudget_check.model.facts import Average, Column, Footing, Ratio, Turned


# A quotient that the heading prints may be a rate, which is not in per cent.
FORMULA_BITS = 4
# Where nothing else that the table prints can be the base, the headings are believed against a
# handful of figures: a whole column was then calculated from others.
UNRIVALLED_BITS = 40
# Wider tables are not searched for part and base.
WIDEST_SEARCHED_COLUMNS = 14
ADJUSTED = "adjusted"
_YEARS = re.compile(r"\d+")

PERCENT = 2
# A rate that is a multiple of this was typed with fewer decimals: its zeros are no chance.
LEAST_TYPED = 1000
GROWTH, PERCENTAGE, QUOTIENT = "growth", "percentage", "quotient"
# The figures of an average are rounded each on its own, and so is the average.
_PLACE = (WORKED_OUT, ColumnRole.SHARE.value)

WHOLE = decimal_of(Number(100))
_SHARES = frozenset({ColumnRole.PERCENTAGE, ColumnRole.SHARE})
# A column of shares has some amounts behind it. So many of them must say so, and of several that
# are wrong (two may stand in each other's row) no more than one in so many.
SHARE_BITS, FEWEST_SHARES, FEW_WRONG_SHARES = 4, 2, 5


def check_percentage(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Claim percentage = part / base for every row that prints all three.

    Part and base are those that a formula in the heading divides, or the columns that the rule
    names, unless the rows bear out two others.
    """
    for index, table, columns in sides_of(facts):
        for stated in columns.get(ColumnRole.PERCENTAGE, ()):
            said, prior = said_pair(table, stated, rule.parameters["part"], rule.parameters["base"])
            if said is None or _is_share(facts, table, table.columns[stated], said):
                continue
            found = _borne_out(facts, index, stated, said, prior)
            if found is not None:
                pair, prior = found
                reading = claims.read(_percentage_reading(table, stated, pair, prior))
                claims.percentages += _percentage_claims(
                    facts, index, (stated, *pair), number, reading
                )


def said_pair(
    table: TableFacts, stated: int, part: str = ColumnRole.CHANGE, base: str = ColumnRole.BASE
) -> tuple[Pair | None, int]:
    """Part and base by the words of the headings, and the bits of these words."""
    names = parse_quotient(table.columns[stated].formula)
    marks = {column.mark: column.index for column in table.columns if column.mark}
    if names and all(name in marks for name in names):
        return (marks[names[0]], marks[names[1]]), FORMULA_BITS
    side = table.columns[stated].side
    named = [
        next((c.index for c in table.columns if c.side == side and c.role == role), None)
        for role in (part, base)
    ]
    is_rate = table.columns[stated].role is ColumnRole.PERCENTAGE
    if not is_rate or named[0] is None or named[1] is None:
        return None, 0
    return (named[0], named[1]), HEADINGS_BITS


def _borne_out(
    facts: DocumentFacts, index: int, stated: int, said: Pair, prior: int
) -> tuple[Pair, int] | None:
    """The pair that the rows bear out, with the bits for it before they are looked at.

    None where the base is another sum.
    """
    table = facts.tables[index]
    weight = _weight(table, facts.numbers, (stated, *said), prior)
    if not weight.failed:
        return said, prior
    amounts = [c.index for c in table.columns if c.role not in UNSUMMED]
    if len(amounts) > WIDEST_SEARCHED_COLUMNS:
        return said, prior
    rows = list(_rows(table, facts.numbers, stated, amounts))
    pairs = [((part,), (base,)) for part, base in permutations(amounts, 2)]
    unsaid = -len(pairs).bit_length()
    other, best = _best(rows, pairs, rate_trial, unsaid)
    # How much one column exceeds a base, which is one or two others: that base is seldom named in
    # full ("compared with what was approved, without transfers").
    bases = [*((base,) for base in amounts), *combinations(amounts, 2)]
    excesses = [((later,), base) for later, base in product(amounts, bases) if later not in base]
    cost = -(len(amounts) * len(bases)).bit_length()
    growth, _ = _best(rows, excesses, growth_trial, cost)
    least = max(weight.bits, 0)
    if max(other.bits, growth.bits) > least:
        if standing_of(growth) is Standing.BORNE_OUT and growth.bits > other.bits:
            return None
        if best and standing_of(other) is Standing.BORNE_OUT:
            (part,), (base,) = best
            return (part, base), unsaid
    # A formula may divide without meaning per cent: nothing but the rows can say that.
    prior += UNRIVALLED_BITS if prior == HEADINGS_BITS else 0
    return said, prior


def _best(
    rows: Rows, ways: Sequence[Way], trial_of: Callable[[Number, Amount, Amount], Trial], prior: int
) -> tuple[Weight, Way | None]:
    """The way to make the rates of all rows for which most speaks, if any rate comes right."""
    shown = {
        columns: [_sum(amounts, columns) for _, amounts in rows] for columns in {*chain(*ways)}
    }
    best: tuple[Weight, Way | None] = Weight(), None
    for way in ways:
        parts, bases = (shown[columns] for columns in way)
        trials = [
            trial_of(rate, part, base)
            for (rate, _), part, base in zip(rows, parts, bases, strict=True)
            if part and base
        ]
        if any(trial.spread and trial.holds for trial in trials):
            weight = weigh(trials, prior)
            best = (weight, way) if weight.bits > best[0].bits else best
    return best


def _rows(
    table: TableFacts, numbers: Sequence[Number], stated: int, amounts: Sequence[int]
) -> Iterator[tuple[Number, Mapping[int, Amount]]]:
    """The rate of each row that prints one, and its amounts by column, in one unit."""
    for row in table.grid:
        printed = [column for column in amounts if row[column] >= 0]
        if row[stated] >= 0 and printed:
            found = in_one_unit([numbers[row[column]] for column in printed])
            yield numbers[row[stated]], dict(zip(printed, found, strict=True))


def _sum(amounts: Mapping[int, Amount], columns: Sequence[int]) -> Amount | None:
    """The amounts of some columns added up, where the row prints them all."""
    found = [amounts[column] for column in columns if column in amounts]
    if len(found) < len(columns):
        return None
    return sum(amount for amount, _ in found), sum(hidden for _, hidden in found)


def _weight(
    table: TableFacts, numbers: Sequence[Number], columns: Sequence[int], prior: int
) -> Weight:
    """What the rows say of stated = part / base in these columns."""
    rows = ([row[column] for column in columns] for row in table.grid)
    figures = ([numbers[f] for f in row] for row in rows if min(row) >= 0)
    return weigh((quotient_trial(*each) for each in figures), prior)


def _percentage_reading(table: TableFacts, stated: int, pair: Pair, prior: int) -> Reading:
    """That a column is the percentage of these two; like tables have the same base."""
    headings = [table.columns[column].heading for column in (stated, *pair)]
    alike = tuple(_YEARS.sub("", heading.casefold()) for heading in headings)
    other = " / ".join(headings[1:])
    spot = Spot(table.ordinal, 0, stated)
    return Reading("percentage", spot, other, prior, alike=(("percentage", alike),))


def _percentage_claims(
    facts: DocumentFacts, index: int, columns: Sequence[int], number: int, reading: int
) -> Iterator[PercentClaim]:
    """The percentages of all rows that print the three columns."""
    table = facts.tables[index]
    for r, row in enumerate(table.rows):
        stated, part, base = (table.grid[r][column] for column in columns)
        if row.role is RowRole.HEADING or min(stated, part, base) < 0:
            continue
        excuse = ADJUSTED if _is_footnoted(table, r, (columns[0], columns[2])) else ""
        yield PercentClaim(number, index, stated, part, base, excuse, reading)


def _is_footnoted(table: TableFacts, row: int, columns: tuple[int, ...]) -> bool:
    """Whether one of the cells carries a footnote mark of its own."""
    return any(
        bool(table.numerals[row][column].marks)
        or ((cell := table.cells[row][column]) is not None and bool(cell.marks))
        for column in columns
    )


def check_ratios(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Claim stated = part / base, or their growth, for each line that the figures bear out."""
    for index, table in enumerate(facts.tables):
        for ratio in table.ratios:
            if _kind(ratio) != rule.parameters["kind"] or _is_said(table, ratio):
                continue
            at = claims.read(_ratio_reading(table, ratio, (ratio.part, ratio.base)))
            for stated, part, base in _places(table, ratio, ratio.part, ratio.base):
                if min(stated, part, base) >= 0 and _says(facts, ratio, (stated, part, base)):
                    claims.percentages.append(
                        PercentClaim(
                            number,
                            index,
                            stated,
                            part,
                            base,
                            reading=at,
                            power=ratio.power,
                            growth=ratio.growth,
                            rounded=ratio.rounded,
                        )
                    )


def check_averages(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write n x average - sum of the n figures = 0, place by place; blanks are left out.

    An average of rates, or of averages, may be weighted; one that fails there says nothing.
    """
    for index, table in enumerate(facts.tables):
        rates = {column.index for column in table.columns if column.role in RATES}
        derived = {row for row, each in enumerate(table.rows) if each.unit == IN_PER_CENT}
        for mean in table.averages:
            at = claims.read(_ratio_reading(table, mean, (mean.parts[0], mean.parts[-1])))
            for spot, (stated, *parts) in _placed(table, mean, *mean.parts):
                figures = [part for part in parts if part >= 0]
                count = len(parts) if mean.blanks else len(figures)
                if stated >= 0 and len(figures) > 1:
                    signs = [count, *[-1] * len(figures)]
                    terms = list(zip([stated, *figures], signs, strict=True))
                    is_weighted = spot in (derived if mean.across else rates)
                    if is_weighted and not trial_of(terms, facts.numbers, facts.counts).holds:
                        continue
                    place = (*_PLACE, table.part or "")
                    claims.add(index, number, [[stated, *figures]], signs, [place], reading=at)


def check_turned(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write variance = budget - actual, or its opposite, row by row with the sign of its rows."""
    for index, table in enumerate(facts.tables):
        for each in table.turned:
            headings = ", ".join(table.columns[part].heading for part in each.parts)
            spot = Spot(table.ordinal, 0, each.stated)
            at = claims.read(Reading("derived", spot, headings, each.weight.prior))
            for row, (figures, way) in enumerate(zip(table.grid, each.signs, strict=True)):
                sign = -way if _is_slip(facts, table, each, row) else way
                members = [figures[column] for column in (each.stated, *each.parts)]
                if min(members) >= 0 and all(_is_printed(facts, f) for f in members):
                    place = place_of(table, row, each.stated)
                    claims.add(index, number, [members], [1, -sign, sign], [place], reading=at)


def _is_slip(facts: DocumentFacts, table: TableFacts, turned: Turned, row: int) -> bool:
    """Whether a lone sign among others is a slip: its total holds with the opposite one."""
    for footing in table.footings:
        rows = (footing.total, *footing.parts)
        ways = [turned.signs[each] for each in footing.parts]
        is_lone = row in footing.parts and ways.count(turned.signs[row]) == 1 < len(ways) - 1
        figures = [table.grid[each][turned.stated] for each in rows]
        if is_lone and min(figures) >= 0 and not footing.signs:
            signs = [1, *(1 if part == row else -1 for part in footing.parts)]
            terms = tuple(zip(figures, signs, strict=True))
            if trial_of(terms, facts.numbers, facts.counts).holds:
                return True
    return False


def _says(facts: DocumentFacts, ratio: Ratio, figures: Sequence[int]) -> bool:
    """Whether a place says anything: years do not, nor does one number three times, a code.

    A dash among percentages is nil; elsewhere it may stand for what does not apply.
    """
    rate, part, base = (facts.numbers[figure] for figure in figures)
    is_share = ratio.across and ratio.power == PERCENT and not ratio.growth
    if not is_share and not all(_is_printed(facts, figure) for figure in figures):
        return False
    if all(decimal_of(each) in YEARS for each in (rate, part, base)):
        return False
    is_nothing = not rate.units and not part.units
    if decimal_of(rate) == decimal_of(part) == decimal_of(base) and not is_nothing:
        return False
    power, growth, rounded = ratio.power, ratio.growth, ratio.rounded
    trial = ratio_trial(rate, part, base, power=power, growth=growth, rounded=rounded)
    if not trial.holds and _is_typed(rate, trial):
        return False
    return bool(trial.stated or trial.computed) or is_nothing


def _is_typed(rate: Number, trial: Trial) -> bool:
    """Whether a rate is rounded to fewer decimals than the program prints: somebody typed it."""
    units, one = abs(rate.units), 1
    while units and units % 10 == 0 and one < 10**-rate.exponent:
        units, one = units // 10, one * 10
    return one >= LEAST_TYPED and 2 * abs(trial.stated - trial.computed) <= one


def _is_printed(facts: DocumentFacts, figure: int) -> bool:
    spot = facts.spots[figure]
    if not isinstance(spot, Spot):
        return False
    return facts.tables[spot.table].numerals[spot.row][spot.column].reading is CellKind.FIGURE


def _kind(ratio: Ratio) -> str:
    if ratio.growth:
        return GROWTH
    return PERCENTAGE if ratio.power == PERCENT else QUOTIENT


def _is_said(table: TableFacts, ratio: Ratio) -> bool:
    """Whether the headings say of a column of percentages which two columns it divides."""
    return ratio.across and said_pair(table, ratio.stated)[0] is not None


def _places(table: TableFacts, line: Ratio | Average, *others: int) -> Iterator[Sequence[int]]:
    """The figures of each place of some lines, the stated one first."""
    return (figures for _, figures in _placed(table, line, *others))


def _placed(
    table: TableFacts, line: Ratio | Average, *others: int
) -> Iterator[tuple[int, Sequence[int]]]:
    """The same with the row, or the column, of each place."""
    lines = (line.stated, *others)
    if line.across:
        for at, (row, figures) in enumerate(zip(table.rows, table.grid, strict=True)):
            if row.role is not RowRole.HEADING:
                yield at, [figures[each] for each in lines]
    else:
        for column in range(len(table.columns)):
            yield column, [table.grid[each][column] for each in lines]


def _ratio_reading(table: TableFacts, line: Ratio | Average, others: Sequence[int]) -> Reading:
    """That a line follows from these others."""
    names = [
        table.columns[at].heading if line.across else table.rows[at].label
        for at in dict.fromkeys(others)
    ]
    row, column = (0, line.stated) if line.across else (line.stated, 0)
    spot = Spot(table.ordinal, row, column)
    return Reading("derived", spot, ", ".join(names), line.weight.prior)


def check_shares(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write 100 - shares = 0 where the total row of a column of shares prints 100."""
    for index, table in enumerate(facts.tables):
        for column, footing in _totalled(facts, table):
            members = [table.grid[row][column.index] for row in (footing.total, *footing.parts)]
            signs = [1] + [-1] * len(footing.parts)
            place = ("percentage", "share", table.part or "")
            reading = read_footing(facts, index, footing, claims)
            claims.add(index, number, [members], signs, [place], reading=reading)


def check_share_of_total(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Claim share = amount / total amount, for the amounts that the shares of a column fit best.

    What a share is of prints 100, or is the total of all others where no row does; of several
    such totals each is the whole of its own block.
    """
    for index, table in enumerate(facts.tables):
        for column in (column for column in table.columns if column.role in _SHARES):
            if any(ratio.across and ratio.stated == column.index for ratio in table.ratios):
                continue
            pair = said_pair(table, column.index)[0]
            wholes = _wholes(facts, table, column)
            found = _amounts_behind(facts, table, column, wholes)
            if found is None or (pair and not _is_share(facts, table, column, pair)):
                continue
            amounts, prior = found
            spot = Spot(table.ordinal, 0, column.index)
            at = claims.read(Reading("derived", spot, amounts.heading, prior))
            for stated, part, base in _shares(table, column, amounts, wholes):
                if not _is_adjusted(facts, (stated, part, base)):
                    claims.percentages.append(
                        PercentClaim(number, index, stated, part, base, reading=at)
                    )


def _is_share(facts: DocumentFacts, table: TableFacts, column: Column, said: Pair) -> bool:
    """Whether percentages are shares of a total, and not of what the headings beside them name."""
    weight = _weight(table, facts.numbers, (column.index, *said), 0)
    if weight.failed <= weight.held:
        return False
    return _amounts_behind(facts, table, column, _wholes(facts, table, column)) is not None


def _wholes(facts: DocumentFacts, table: TableFacts, column: Column) -> dict[int, int]:
    """Row -> the row of which it is a share, as far as the totals tell."""
    whole = [
        r
        for r, figures in enumerate(table.grid)
        if figures[column.index] >= 0
        and decimal_of(facts.numbers[figures[column.index]]) == WHOLE
        and table.rows[r].role is not RowRole.HEADING
    ]
    above = {part: footing.total for footing in table.footings for part in footing.parts}
    tops = [footing.total for footing in table.footings if footing.total not in above]
    found: dict[int, int] = {}
    for row in range(len(table.rows)):
        chain_of, at = {row}, above.get(row, -1)
        while at >= 0 and at not in whole and at not in chain_of:
            chain_of.add(at)
            at = above.get(at, -1)
        if at in whole:
            found[row] = at
        elif len(whole) == 1 or (not whole and len(tops) == 1):
            found[row] = (whole or tops)[0]
    return found


def _shares(
    table: TableFacts, column: Column, amounts: Column, wholes: Mapping[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Share, part and whole of each row that has them; a whole is all of itself."""
    for row, whole in wholes.items():
        stated, part = table.grid[row][column.index], table.grid[row][amounts.index]
        base = table.grid[whole][amounts.index]
        if row != whole and min(stated, part, base) >= 0:
            yield stated, part, base


def _amounts_behind(
    facts: DocumentFacts, table: TableFacts, column: Column, wholes: Mapping[int, int]
) -> tuple[Column, int] | None:
    """The column of amounts that the shares fit, with the bits of its words, if they fit one."""
    amounts = [c for c in table.columns if c.role not in UNSUMMED]
    prior = SHARE_BITS - len(amounts).bit_length()
    best: tuple[Weight, Column] | None = None
    for each in amounts:
        trials = (
            quotient_trial(*(facts.numbers[figure] for figure in trio))
            for trio in _shares(table, column, each, wholes)
        )
        weight = weigh(trials, prior)
        if best is None or weight.bits > best[0].bits:
            best = weight, each
    if best is None or best[0].held < FEWEST_SHARES or is_doubtful(best[0], FEW_WRONG_SHARES):
        return None
    return (best[1], prior) if standing_of(best[0]) is Standing.BORNE_OUT else None


def _is_adjusted(facts: DocumentFacts, trio: Sequence[int]) -> bool:
    """Whether a share is off by one unit printed: so some are, that all may add up to 100."""
    trial = quotient_trial(*(facts.numbers[figure] for figure in trio))
    return not trial.holds and abs(trial.stated - trial.computed) == 1


def _totalled(facts: DocumentFacts, table: TableFacts) -> Iterator[tuple[Column, Footing]]:
    """Columns of shares whose total row prints 100, with that total."""
    for column in table.columns:
        if column.role not in (ColumnRole.PERCENTAGE, ColumnRole.SHARE):
            continue
        for footing in table.footings:
            stated = table.grid[footing.total][column.index]
            if (
                stated >= 0
                and decimal_of(facts.numbers[stated]) == WHOLE
                and len(footing.parts) > 1
                and (column.role is ColumnRole.SHARE or _may_share(facts, table, column, footing))
            ):
                yield column, footing


def _may_share(facts: DocumentFacts, table: TableFacts, column: Column, footing: Footing) -> bool:
    """Whether percentages that no word calls shares may be those of a total.

    Of some column of amounts one of them is: two growth rates may come to a hundred, too.
    """
    amounts = [each for each in table.columns if each.role not in UNSUMMED]
    for row, each in product(footing.parts, amounts):
        stated, part = table.grid[row][column.index], table.grid[row][each.index]
        base = table.grid[footing.total][each.index]
        if min(stated, part, base) >= 0:
            trial = quotient_trial(*(facts.numbers[figure] for figure in (stated, part, base)))
            if trial.holds and trial.stated:
                return True
    return not amounts
