"""Which rows each total adds up: words propose, and the columns bear it out or refute it.

Rows are read from the top down, and again from the bottom up for totals that stand above their
parts. Open rows wait on a stack; a total takes the rows from some point of the stack to its top.
Labels, markers and indentation say where these rows naturally begin; every other choice is weighed
against that one, and the reading with most evidence is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import PAIR, significance, standing_of
from unbudget_check.lexicon import normalise
from unbudget_check.model.facts import ROWS_OF_TOTALS, Footing, Row, RowRole, Standing
from unbudget_check.notation.names import named_parts
from unbudget_check.understand.tables.candidates import (
    DIFFERENCE_ROWS,
    Guess,
    Open,
    but_one,
    changes,
    differences,
    guess_of,
    mixed,
    plain,
    screened,
    shallowest,
    unrepeated,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.model.number import Number
    from unbudget_check.understand.tables.candidates import Declared

    Declarations = Mapping[int, Declared]
    Values = Sequence[tuple[int | None, ...]]

_NUMBERS = re.compile(r"[(（]([^()（）]*\d[^()（）]*)[)）]")
# Open rows that are tried as the parts of one total; words may name more.
MOST_OPEN_ROWS = 120
COUNTED, DEDUCTED = "counted", "deducted"
LEADING_ON = frozenset({DEDUCTED, "adjustment"})
DIFFERENCES = frozenset({"change", "balance"})

# What words say, in bits. A row that is called a total adds up its natural rows in all but one of
# some 250 cases.
NATURAL_BITS = 8
# Below a caption whose unit is money or posts, all but 5 of 543 totals in 31 documents hold in most
# columns: a lone one that is far off is misprinted. The bits are set so that one failure is told.
UNIT_BITS = 5
# A label that names its parts leaves no doubt about them.
FORMULA_BITS = 10
# Nor does the formula of a cell, which was run; what it misses is reported by itself.
DECLARED_BITS = 16
# Rows of the smallest indentation, the others "of which"; the rows after a total taken from it.
OF_WHICH_BITS, DIFFERENCE_BITS = 0, -4
# Where words name the totals of a table, what is left of one has a name, too.
NAMED_BITS = -12
# A row of changes is the difference of the two rows above it, more often than of other rows.
CHANGE_BITS = -4
# Of so few rows the last two are what the next one is the difference of.
FEW_OPEN_ROWS = 6
# What follows an adjustment, or deductions, is what they lead to: net = gross - deductions.
NET_BITS = 8
# What follows taxes is their total the more certainly where it is called so.
RATED_BITS = 4
# A row of which a rate is taken right below it is a total, mostly of all rows before it.
BASE_BITS, OTHER_BITS = 7, 4
# Bits of its amount by which a rate proves its base, and rates that follow one another.
SIGNIFICANT, MOST_RATED = 7, 5
# Rows that carry the words of the total: "Subtotal, vacancies" of all rows "Vacancies".
NAMESAKE_BITS = 6
# Numbered rows below one without a number are its parts; rows that are merely deeper may be some
# of its parts, the others not being printed.
DEEPER_BITS, NUMBERED_BITS = 0, 5
# A row without any word is a total once in a dozen or two, and resembles sums of its neighbours.
UNANNOUNCED_BITS = -8
# The last row of a block is its total more often than not.
LAST_BITS = -6
# A total of one other row, or total, is seldom a sum.
ONE_ROW_BITS = -10
# The most that other totals of a table add to what words say of one.
SUPPORT_BITS = 4


@dataclass(slots=True)
class _Namesakes:
    """Rows that carry the same words, and what each column of them adds up to."""

    rows: list[Open] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)

    def add(self, row: Open, sign: int = 1) -> None:
        """Take up one more row; with the sign of minus one, give one back."""
        (self.rows.append if sign > 0 else self.rows.remove)(row)
        self.sums = self.sums or [0] * len(row.values)
        for column, figure in enumerate(row.values):
            self.sums[column] += sign * (figure or 0)


@dataclass(slots=True)
class _Walk:
    """The state of one walk along the rows of a block, down or up."""

    quanta: Sequence[int]
    stack: list[Open]
    inherited: int
    words: int = NATURAL_BITS
    up: bool = False
    declared: Declarations = field(default_factory=dict)
    rates: Mapping[int, Number] = field(default_factory=dict)
    rows: Mapping[int, Row] = field(default_factory=dict)
    coded: dict[int, list[int]] = field(
        default_factory=dict
    )  # rows by the one of a wider code, upwards
    capitals: bool = False
    headings: list[tuple[Row, int]] = field(default_factory=list)
    closed: int = 0
    ended: int = 0
    adjusted: int = -1
    namesakes: dict[str, _Namesakes] = field(default_factory=dict)
    are_named_alike: bool = False  # some rows carry the same words
    begun: tuple[int, tuple[int, ...]] = (-1, ())  # a row "of which", and what is named of it
    has_named: bool = False  # a row that its label calls a total was closed
    balances: list[tuple[int, Open]] = field(default_factory=list)  # where what is left fails
    found: dict[int, _FoundTotal] = field(default_factory=dict)  # by position
    unclear: list[int] = field(default_factory=list)
    seen: set[tuple[int | None, ...]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _FoundTotal:
    """A total, the reading of its parts, and the natural one where that is another."""

    position: int
    row: Row
    guess: Guess
    labelled: bool
    natural: Guess | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The totals of a block, those whose parts stay unclear, and the rows left open."""

    footings: tuple[Footing, ...]
    unclear: tuple[int, ...]
    left: tuple[Open, ...]


def find_structure(  # noqa: PLR0913  all that is known of a block
    rows: Sequence[tuple[int, Row]],
    values: Values,
    quanta: Sequence[int],
    above: Sequence[Open] = (),
    *,
    has_unit: bool = False,
    declared: Declarations | None = None,
    rates: Mapping[int, Number] | None = None,
) -> Structure:
    """What the rows of one block add up to, read in the direction with most evidence.

    ``rows`` pairs positions with rows; ``values[position]`` are its figures in all summable
    columns, in one unit; ``above`` are the open rows of the earlier parts of the same table.
    ``has_unit`` says that its caption names money or posts; ``declared`` what formulas add up,
    ``rates`` in which rows a label prints one.
    """
    words = NATURAL_BITS + (UNIT_BITS if has_unit else 0)
    declared = declared or {}
    down = _Walk(quanta, list(above), len(above), words, declared=declared, rates=rates or {})
    down = _walked(rows, values, down)
    up = _Walk(quanta, [], 0, up=True, declared=declared)
    for position, row in rows[::-1]:
        up.coded.setdefault(row.above, []).append(position)
    up = _walked(rows[::-1], values, up)
    told = _told(down), _told(up)
    told = told[0], [each for each in told[1] if not _is_refuted_above(each, down.unclear)]
    is_up = _evidence(told[1]) > _evidence(told[0])
    best = up if is_up else down
    kept, rest = reversed(told) if is_up else told
    stated = {found.position for found in kept}
    # Sections of one block may differ: what holds in the other direction is no contradiction.
    taken = {(part.position, found.position) for found in kept for part in found.guess.parts}
    for found in rest:
        circle = any((found.position, part.position) in taken for part in found.guess.parts)
        if found.position not in stated and not found.guess.weight.failed and not circle:
            kept.append(found)
    stated = {found.position for found in kept}
    unclear = tuple(position for position in best.unclear if position not in stated)
    left = tuple(down.stack[down.inherited :])
    return Structure(tuple(map(_footing, kept)), unclear, left)


def _is_refuted_above(found: _FoundTotal, unclear: Sequence[int]) -> bool:
    """Whether the rows above refute a total of which no column bears out the rows below."""
    follow = all(part.position > found.position for part in found.guess.parts)
    return follow and not found.guess.weight.held and found.position in unclear


def _evidence(told: Sequence[_FoundTotal]) -> int:
    return sum(found.guess.weight.bits for found in told)


def _walked(rows: Sequence[tuple[int, Row]], values: Values, walk: _Walk) -> _Walk:
    """All rows of a block, in this order, each closed over the rows that it adds up."""
    labelled = any(row.role in ROWS_OF_TOTALS for _, row in rows)
    items = [at for at, row in rows if row.role is RowRole.ITEM]
    final = -1 if labelled else (items[-1] if items else -1)
    walk.rows = dict(rows)
    later: list[tuple[int, Row]] = []
    capitals = [row.label[:1].isupper() for _, row in rows if row.label[:1].isalpha()]
    walk.capitals = 2 * sum(capitals) > len(capitals)
    for position, row in rows:
        stated = values[position]
        if row.role is RowRole.HEADING:
            _pass_heading(walk, row)
        elif (base := _base_of(walk, position, stated)) >= 0:
            _close_base(walk, base)
            _push(walk, position, row, stated, rated=True)
        elif row.role in ROWS_OF_TOTALS or (walk.up and row.concept == COUNTED):
            _close_labelled(walk, position, row, stated)
        elif row.concept in DIFFERENCES and walk.up:
            later.append((position, row))
        elif row.concept in DIFFERENCES and len(walk.stack) - walk.inherited > 1:
            _note_change(walk, position, row, stated)
        elif row.role is RowRole.ITEM:
            _close_unlabelled(walk, position, row, stated, last=position == final)
            _go_on(walk, stated)
        elif row.role is RowRole.MEMO and walk.stack and not walk.up:
            _begin(walk, stated)
        walk.seen.add(stated)
    _close_first(walk, rows, values)
    for position, row in later if len(walk.stack) > 1 else ():
        _note_change(walk, position, row, values[position])
    return walk


def _begin(walk: _Walk, stated: tuple[int | None, ...]) -> None:
    """A row "of which" begins the parts of the row before it, which further rows may complete."""
    at, named = walk.begun
    last = len(walk.stack) - 1
    before = named if at == last else (0,) * len(stated)
    walk.begun = (
        last,
        tuple(so_far + (part or 0) for so_far, part in zip(before, stated, strict=True)),
    )


def _go_on(walk: _Walk, stated: tuple[int | None, ...]) -> None:
    """Rows that complete what a row "of which" began, to the last digit, are deeper than it."""
    at, named = walk.begun
    if not 0 <= at < len(walk.stack) - 1:
        return
    whole = walk.stack[at]
    named = tuple(so_far + (part or 0) for so_far, part in zip(named, stated, strict=True))
    walk.begun = at, named
    is_told = any(significance(each) >= SIGNIFICANT for each in named)
    if is_told and named == tuple(value or 0 for value in whole.values):
        walk.stack[at + 1 :] = [
            replace(part, depth=max(part.depth, whole.depth + 1)) for part in walk.stack[at + 1 :]
        ]
        walk.begun = -1, ()


def _base_of(walk: _Walk, position: int, stated: tuple[int | None, ...]) -> int:
    """Which open row a row is the printed rate of, or -1: the last one, before other rates."""
    rate = walk.rates.get(position)
    if rate is None:
        return -1
    for at in range(len(walk.stack) - 1, walk.inherited - 1, -1):
        part = walk.stack[at]
        hundred = 100 * int(10**-rate.exponent)
        told = False
        for value, base, quantum in zip(stated, part.values, walk.quanta, strict=True):
            if value is not None and base is not None and (value or base):
                missed = hundred * abs(value) - rate.units * abs(base)
                if 2 * abs(missed) > (hundred + rate.units) * max(quantum, 1):
                    break
                told = told or significance(value) >= SIGNIFICANT
        else:
            if told:
                return at
        if not part.adjusts:
            break
    return -1


def _close_base(walk: _Walk, at: int) -> None:
    """What a rate is taken of, right above it, is the total of the rows before it."""
    base, rest = walk.stack[at], walk.stack[at + 1 :]
    row = walk.rows.get(base.position)
    start = max(walk.inherited, walk.closed if walk.closed < at else 0)
    if row is None or base.is_total or base.above or base.adjusts or at - start < PAIR:
        return
    del walk.stack[at:]
    starts = {start, *screened(walk.stack, walk.inherited, base.values, walk.quanta)}
    guesses = [
        plain(walk.stack, each, base.values, walk.quanta, BASE_BITS - (each != start) * OTHER_BITS)
        for each in sorted(starts)
        if at - each >= PAIR
    ]
    best = max(guesses, key=_rank(walk))
    if standing_of(best.weight) is Standing.BORNE_OUT and _adds_up(walk, best, base.values):
        walk.found[base.position] = _FoundTotal(base.position, row, best, labelled=False)
        _replace(walk, best, base.position, base.values, row)
    else:
        walk.stack.append(base)
    walk.stack += rest


def _pass_heading(walk: _Walk, row: Row) -> None:
    if not walk.up:
        walk.headings.append((row, len(walk.stack)))
    elif row.marker:
        walk.closed = len(walk.stack)  # what stands below a lettered heading is no part above it


def _close_labelled(walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...]) -> None:
    """Settle the parts of a row that its label calls a total."""
    if len(walk.stack) <= (walk.closed if walk.up else 0):
        _push(walk, position, row, stated)
        return
    start = _natural_start(walk, row)
    declared, said = _declared(walk, position, stated)
    led = RATED_BITS if walk.adjusted == len(walk.stack) and walk.stack[-1].rated else 0
    natural = _spelled(row, _plain(walk, start, said, walk.words + led))
    others = (_spelled(row, guess) for guess in _others(walk, row, said, start))
    best = max((natural, *declared, *others), key=_rank(walk))
    if standing_of(best.weight) is not Standing.BORNE_OUT:
        best = natural
    if not best.weight.held and _is_lone_total(walk, best):
        _push(walk, position, row, stated)
        return
    labelled = best is natural or (row.role is RowRole.TOTAL and best.start == 0)
    other = None if best is natural or best in declared else natural
    if _is_stray(stated, best) or _lacks_parts(row, best):
        walk.unclear.append(position)
    else:
        walk.found[position] = _FoundTotal(position, row, best, labelled, other)
    walk.has_named = walk.has_named or row.role in ROWS_OF_TOTALS
    for _, balance in walk.balances:
        if balance in best.parts:
            del walk.found[balance.position]  # it fills up an account, and is left of nothing here
    walk.balances = []
    _replace(walk, best, position, stated, row)


def _is_stray(stated: tuple[int | None, ...], guess: Guess) -> bool:
    """Whether a row is a heading with a stray dash: blank in most columns that its parts fill."""
    if any(stated) or guess.weight.held:
        return False
    columns = zip(stated, *(part.values for part in guess.parts), strict=True)
    blank = [total is None for total, *parts in columns if any(parts)]
    return 2 * sum(blank) > len(blank)


def _lacks_parts(row: Row, guess: Guess) -> bool:
    """Whether a label adds up more parts than there are, and some column needs the others."""
    return len(guess.parts) < len(named_parts(row.label)) and guess.weight.failed > 0


def _is_lone_total(walk: _Walk, guess: Guess) -> bool:
    """Whether what a total would add up is one total beside it: of a summary, revenue and costs."""
    first = walk.rows.get(guess.parts[0].position)
    is_total = first is not None and first.role in ROWS_OF_TOTALS
    return is_total and len(guess.parts) == 1 and not guess.said


def _spelled(row: Row, guess: Guess) -> Guess:
    """The guess, likelier where the label names the numbers of its parts: "(line 4 less line 5)".

    Of more parts it may name the first and the last: "(sum of lines 1-6)".
    """
    found = _NUMBERS.search(row.label)
    named = re.findall(r"\d+", found[1]) if found else []
    parts = [part.marker for part in guess.parts]
    ends = [parts[0], parts[-1]] if parts else []
    is_named = len(named) > 1 and (sorted(named) == sorted(parts) or named == ends)
    return _supported(guess, FORMULA_BITS) if is_named else guess


def _rank(walk: _Walk) -> Callable[[Guess], tuple[int, int, int, int]]:
    """Orders readings by their evidence.

    Of equals the one that fails least comes first, passes fewest headings, and reaches farthest.
    """

    def rank(guess: Guess) -> tuple[int, int, int, int]:
        passed = len(walk.headings) - bisect_right(walk.headings, guess.start, key=itemgetter(1))
        return guess.weight.bits, -guess.weight.failed, -passed, -guess.start

    return rank


def _plain(walk: _Walk, start: int, stated: tuple[int | None, ...], prior: int) -> Guess:
    """All open rows from a start on; a total of one other total is no sum."""
    if len(walk.stack) - start == 1 and walk.stack[start].is_total:
        prior += ONE_ROW_BITS
    return plain(walk.stack, start, stated, walk.quanta, prior)


def _others(walk: _Walk, row: Row, stated: tuple[int | None, ...], natural: int) -> Iterator[Guess]:
    """What else a labelled total may add up."""
    length = len(walk.stack)
    for at in screened(walk.stack, max(length - MOST_OPEN_ROWS, 0), stated, walk.quanta):
        if at != natural:
            alone = ONE_ROW_BITS if at == length - 1 and not walk.stack[at].is_total else 0
            # The rows of its own part are as natural as those of all parts.
            prior = walk.words - 1 if at == walk.inherited > natural else -length.bit_length()
            yield _plain(walk, at, stated, alone + prior)
    if row.role is RowRole.TOTAL and walk.inherited < walk.ended == natural:
        # Behind a grand total stands what it leaves out as well as what begins anew.
        yield _plain(walk, walk.ended - 1, stated, walk.words - 1)
    for without, bits in ((shallowest, OF_WHICH_BITS), (unrepeated, ONE_ROW_BITS)):
        guess = without(walk.stack, natural, stated, walk.quanta, bits)
        if guess is not None:
            yield guess
    filling = [balance for at, balance in walk.balances if at > natural]
    if filling:
        parts = [*walk.stack[natural:], *filling]
        signs = [part.sign for part in parts]
        yield guess_of(parts, signs, natural, stated, walk.quanta, DIFFERENCE_BITS)
    without_one = but_one(walk.stack, natural, stated, walk.quanta, -2 * length.bit_length())
    if without_one is not None:
        yield without_one
    said = _NUMBERS.search(row.label) is not None
    yield from differences(
        walk.stack, walk.inherited, stated, walk.quanta, DIFFERENCE_BITS, said=said
    )
    yield from _from_gross(walk, stated)
    yield from _named_alike(walk, row, stated, NAMESAKE_BITS)
    yield from _by_formula(walk, row, stated)


def _from_gross(walk: _Walk, stated: tuple[int | None, ...]) -> Iterator[Guess]:
    """The total of what the last net was taken from and the rows after the net.

    Gross, less income, net, contributions in kind: the total may start again from the gross.
    """
    at = len(walk.stack) - 1
    while at >= walk.inherited and not walk.stack[at].is_total:
        at -= 1
    net = walk.found.get(walk.stack[at].position) if at >= walk.inherited else None
    if net is not None and net.guess.signs[0] > min(net.guess.signs):
        rest = walk.stack[at + 1 :]
        parts, signs = (net.guess.parts[0], *rest), (1, *(part.sign for part in rest))
        yield guess_of(parts, signs, at, stated, walk.quanta, walk.words - 1)


def _declared(
    walk: _Walk, position: int, stated: tuple[int | None, ...]
) -> tuple[list[Guess], tuple[int | None, ...]]:
    """What the formulas of a row add up, and its figures that are left to say something.

    What a formula came to bears itself out, whatever it should have added. So it is no evidence.
    """
    declared = walk.declared.get(position)
    if declared is None:
        return [], stated
    opened = {part.position: at for at, part in enumerate(walk.stack) if part.above is None}
    found = [each for each in declared.sums if all(part in opened for part, _ in each)]
    if not found:
        return [], stated
    said = tuple(None if at in declared.columns else value for at, value in enumerate(stated))
    guesses: list[Guess] = []
    for each in found:
        chosen = sorted((opened[part], sign) for part, sign in each)
        start = chosen[0][0]
        whole = [at for at, _ in chosen] == list(range(start, len(walk.stack)))
        guess = guess_of(
            [walk.stack[at] for at, _ in chosen],
            [sign for _, sign in chosen],
            start if whole else len(walk.stack),
            said,
            walk.quanta,
            0 if guesses else DECLARED_BITS,
        )
        guesses.append(replace(guess, said=True))
    return guesses, said


def _by_formula(walk: _Walk, row: Row, stated: tuple[int | None, ...]) -> Iterator[Guess]:
    """The totals that a label adds up in so many words: "Direct costs (A+B)"."""
    names = named_parts(row.label)
    # Few labels name parts; only for these all open rows are gone through.
    parts = [part for part in walk.stack if part.reference in names] if names else []
    if names and len(parts) == len(names):
        start = walk.stack.index(parts[0])
        whole = parts == walk.stack[start:]
        signs = [1] * len(parts)
        cut = start if whole else len(walk.stack)
        guess = guess_of(parts, signs, cut, stated, walk.quanta, FORMULA_BITS)
        yield replace(guess, said=True)


def _named_alike(
    walk: _Walk, row: Row, stated: tuple[int | None, ...], prior: int
) -> Iterator[Guess]:
    """All rows before this one that carry its words: the same measure of several blocks.

    Many of them, or those of a row that no word calls a total, are weighed only where a column
    agrees: else each row of a long table would be weighed against all rows before it.
    """
    words = normalise(row.label).split(" ") if walk.are_named_alike else []
    for at in range(len(words)):
        alike = walk.namesakes.get(" ".join(words[at:]))
        if alike is None or len(alike.rows) < PAIR:
            continue
        is_likely = len(alike.rows) <= MOST_OPEN_ROWS and prior > 0
        if is_likely or _agrees(alike, stated, walk.quanta):
            signs = [1] * len(alike.rows)
            yield guess_of(alike.rows, signs, len(walk.stack), stated, walk.quanta, prior)


def _agrees(alike: _Namesakes, stated: Sequence[int | None], quanta: Sequence[int]) -> bool:
    """Whether the sum of some column of these rows is what is stated, within rounding."""
    terms = len(alike.rows) + 1
    return any(
        value and 2 * abs(value - total) <= quantum * terms
        for value, total, quantum in zip(stated, alike.sums, quanta, strict=True)
    )


def _natural_start(walk: _Walk, row: Row) -> int:
    """Where the parts of a total begin, as its label says it."""
    named, led = _named_heading(walk, row), _led_from(walk)
    if named >= 0 or (led < len(walk.stack) - 1 and walk.stack[led].is_total):
        return named if named >= 0 else led  # what is taken off a total leads to the next one
    if row.role is RowRole.TOTAL:
        return walk.ended if walk.ended < len(walk.stack) else 0
    if row.reference and not walk.up:
        for heading, at in reversed(walk.headings):
            if heading.marker == row.reference and at < len(walk.stack):
                return at
        # A reference to no heading above names the part itself: Subtotal, 1.
        return min(walk.inherited, max(len(walk.stack) - 1, 0))
    start = walk.closed if walk.inherited <= walk.closed < len(walk.stack) else walk.inherited
    return min(start, max(len(walk.stack) - 1, 0))


def _led_from(walk: _Walk) -> int:
    """The open row that the deductions, taxes and adjustments at the end lead on from."""
    start = len(walk.stack) - 1
    while start > walk.inherited and walk.stack[start].adjusts:
        start -= 1
    return start


def _named_heading(walk: _Walk, row: Row) -> int:
    """Where the rows below the heading begin whose words a total repeats, or -1."""
    label = f" {normalise(row.label)} "
    best, named = 0, -1
    for heading, at in walk.headings:
        words = normalise(heading.label).strip(" :：")
        if at < len(walk.stack) and len(words) >= best and words in label:
            is_whole = not words.isascii() or re.search(rf"\W{re.escape(words)}\W", label)
            if words and is_whole:
                best, named = len(words), at
    return named


def _note_change(walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...]) -> None:
    """A row of changes is what one row has more than another; it is no part of a total."""
    last = walk.stack[-2:] if walk.up else walk.stack[-2:][::-1]
    # Of two totals either may be taken from the other: revenue, expenditure, balance.
    ordered = row.concept == "change" and not all(part.is_total for part in last)
    either = ((1, -1),) if ordered else ((-1, 1), (1, -1))
    # Of many open rows the last two are no more likely than others.
    alone = len(walk.stack) - walk.inherited <= FEW_OPEN_ROWS or last[0].is_total
    natural = NATURAL_BITS if row.concept == "change" or alone else CHANGE_BITS
    guesses = [
        guess_of(last, signs, len(walk.stack), stated, walk.quanta, natural) for signs in either
    ]
    guesses += changes(walk.stack, walk.inherited, stated, walk.quanta, CHANGE_BITS)
    if row.concept == "balance" and not walk.up:
        guesses += mixed(walk.stack, walk.inherited, stated, walk.quanta, DIFFERENCE_BITS)
    guesses += _declared(walk, position, stated)[0]
    best = max(guesses, key=lambda guess: guess.weight.bits)
    if any(stated) or best.weight.held or best.said:  # nil is no difference that was left out
        walk.found[position] = _FoundTotal(position, row, best, labelled=True)
        if row.concept == "balance" and not best.weight.held:
            walk.balances.append((len(walk.stack), Open(position, stated, row.depth)))
    # What is left of two totals leads on: operating result, interest, result of the year.
    start = len(walk.stack) - len(best.parts)
    leads = row.concept == "balance" and not walk.up and start >= walk.inherited
    if leads and set(best.parts) == set(walk.stack[start:]) and best.parts[0].is_total:
        _replace(walk, replace(best, start=start), position, stated, row)


def _close_unlabelled(
    walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...], *, last: bool
) -> None:
    """A row that no label calls a total is one all the same, if chance cannot explain its sums."""
    declared, said = _declared(walk, position, stated)
    guesses = [
        guess
        for guess in (*declared, *_unannounced(walk, position, row, said, last=last))
        if standing_of(guess.weight) is Standing.BORNE_OUT
        and (guess.said or _adds_up(walk, guess, stated))
    ]
    if not guesses:
        _push(walk, position, row, stated)
        return
    best = max(guesses, key=_rank(walk))
    walk.found[position] = _FoundTotal(position, row, best, labelled=best.said)
    _replace(walk, best, position, stated, row)


def _unannounced(
    walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...], *, last: bool
) -> Iterator[Guess]:
    """What a row may add up that no label calls a total.

    The more starts and rows there are to try, the less a match proves.
    """
    lowest = walk.inherited
    length = len(walk.stack) - lowest
    prior = UNANNOUNCED_BITS - 2 * length.bit_length()
    if length > 1:
        if walk.adjusted == len(walk.stack):
            start = _led_from(walk)
            yield replace(_plain(walk, start, stated, NET_BITS), said=True)
            yield from _with_rates(walk, start, stated)
            led, bits = walk.stack[start + 1 :], NET_BITS - 2 * length.bit_length()
            for row_above in walk.stack[max(lowest, start - DIFFERENCE_ROWS) : start]:
                parts, signs = (row_above, *led), [1, *(part.sign for part in led)]
                guess = guess_of(parts, signs, len(walk.stack), stated, walk.quanta, bits)
                yield replace(guess, said=True)
        for at in screened(
            walk.stack, max(lowest, len(walk.stack) - MOST_OPEN_ROWS // 2), stated, walk.quanta
        ):
            if at < len(walk.stack) - 1:
                whole = last and at == lowest
                yield _plain(walk, at, stated, LAST_BITS if whole else prior)
        if length <= MOST_OPEN_ROWS:
            bits = LAST_BITS if last else prior
            without = shallowest(walk.stack, lowest, stated, walk.quanta, bits)
            if without is not None and len(without.parts) > 1:
                yield without
        # What stands under a heading of its own is not net of what stands above the heading.
        inner = max([lowest, *(at for _, at in walk.headings[-1:])])
        less = prior + DIFFERENCE_BITS + (NAMED_BITS if walk.has_named else 0)
        yield from mixed(walk.stack, inner, stated, walk.quanta, less)
        yield from differences(walk.stack, inner, stated, walk.quanta, less, said=False)
    if walk.up:
        yield from _deeper(walk, row, stated)
        yield from _coded(walk, position, stated)
    yield from _named_alike(walk, row, stated, prior)
    yield from _by_formula(walk, row, stated)


def _deeper(walk: _Walk, row: Row, stated: tuple[int | None, ...]) -> Iterator[Guess]:
    """The rows right below one that are deeper than it."""
    deeper = len(walk.stack)
    while deeper > walk.inherited and walk.stack[deeper - 1].depth > row.depth:
        deeper -= 1
    if deeper < len(walk.stack) - 1:  # one deeper row is no sum
        numbered = not row.marker.isdigit() and all(p.numbered for p in walk.stack[deeper:])
        bits = NUMBERED_BITS if numbered else DEEPER_BITS
        yield replace(_plain(walk, deeper, stated, bits), said=True)
        nearest = shallowest(walk.stack, deeper, stated, walk.quanta, bits)
        if nearest is not None and len(nearest.parts) > 1:
            yield replace(nearest, said=True)


def _coded(walk: _Walk, position: int, stated: tuple[int | None, ...]) -> Iterator[Guess]:
    """The rows below one whose codes say that they are its parts."""
    children = walk.coded.get(position, ())
    # Upwards, the open rows stand in the order of their positions, the last row first.
    places = ((bisect_left(walk.stack, -at, key=_upwards), at) for at in children)
    found = [
        place
        for place, at in places
        if place < len(walk.stack) and walk.stack[place].position == at
    ]
    if found:
        start = found[0]
        parts = [walk.stack[at] for at in found]
        signs = [part.sign for part in parts]
        guess = guess_of(parts, signs, start, stated, walk.quanta, walk.words)
        # Of one part alone it may be all, or some: most columns must say so.
        if len(found) >= PAIR or guess.weight.held > guess.weight.failed:
            yield replace(guess, said=True)


def _upwards(part: Open) -> int:
    return -part.position


def _with_rates(walk: _Walk, start: int, stated: tuple[int | None, ...]) -> Iterator[Guess]:
    """What discounts and taxes lead to, each added or taken off: no word may say which."""
    parts = walk.stack[start:]
    rated = [part.rated for part in parts[1:]]
    if any(rated) and len(parts) <= MOST_RATED:
        for signs in product((1, -1), repeat=len(rated)):
            if min(signs) < 0:
                guess = guess_of(parts, (1, *signs), start, stated, walk.quanta, NET_BITS - 1)
                yield replace(guess, said=True)


def _adds_up(walk: _Walk, guess: Guess, stated: tuple[int | None, ...]) -> bool:
    """Whether at least two parts hold figures where it agrees: what repeats a row is no total.

    Nor is what more than a third of the columns break: their like differences count as one slip
    among the bits, which a whole crowd of columns is not. Two are no crowd, as a wrong amount is
    carried into the change beside it.
    """
    if min(guess.signs) < 0 and stated in walk.seen:
        return False  # what is left of a total may be any of its parts, printed again
    agreed, failing = [], 0
    for column, value in enumerate(stated):
        figures = [part.values[column] or 0 for part in guess.parts]
        total = sum(sign * figure for sign, figure in zip(guess.signs, figures, strict=True))
        reach = walk.quanta[column] * (len(figures) + 1)
        if value is not None and 2 * abs(value - total) <= reach:
            agreed.append(figures)
        elif value is not None and any(figures):
            failing += 1
    if failing > PAIR and 2 * failing > len(agreed):
        return False
    return sum(map(any, zip(*agreed, strict=True))) > 1


def _close_first(walk: _Walk, rows: Sequence[tuple[int, Row]], values: Values) -> None:
    """A total that came first, with nothing to add up, may add up all that is left open."""
    first = walk.stack[walk.inherited : walk.inherited + 1]
    rest = walk.stack[walk.inherited + 1 :]
    row = next((row for at, row in rows if first and at == first[0].position), None)
    if row is None or row.role not in ROWS_OF_TOTALS or first[0].is_total or len(rest) < PAIR:
        return
    at = first[0].position
    guess = _plain(walk, walk.inherited + 1, values[at], NATURAL_BITS)
    if standing_of(guess.weight) is Standing.BORNE_OUT:
        walk.found[at] = _FoundTotal(at, row, guess, labelled=True)


def _push(
    walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...], *, rated: bool = False
) -> None:
    """One more open row; ``rated`` where it is a rate of the row before it."""
    sign = -1 if row.concept == DEDUCTED else 1
    label = normalise(row.label) if row.label else ""
    falls = _falls(walk.stack, stated, sign)
    opened = Open(
        position,
        stated,
        row.depth + (walk.capitals and row.label[:1].islower()),  # "of which ..." goes on
        sign=sign,
        numbered=row.marker.isdigit(),
        adjusts=rated or row.concept in LEADING_ON,
        rated=rated,
        reference=row.marker,
        marker=row.marker,
        label=label,
        falls=falls,
        under=row.above,
    )
    walk.stack.append(opened)
    if opened.adjusts:
        walk.adjusted = len(walk.stack)
    if label:
        alike = walk.namesakes.setdefault(label, _Namesakes())
        alike.add(opened)
        walk.are_named_alike = walk.are_named_alike or len(alike.rows) >= PAIR


def _replace(
    walk: _Walk, guess: Guess, position: int, stated: tuple[int | None, ...], row: Row
) -> None:
    """The total stands for its parts from here on."""
    start = guess.start
    if start == len(walk.stack):  # rows from all over the stack
        start = _take_out(walk, guess.parts)
    del walk.stack[start:]
    walk.begun = -1, ()
    walk.inherited = min(walk.inherited, start)
    opened = Open(
        position,
        stated,
        row.depth,
        is_total=True,
        reference=row.reference or row.marker,
        marker=row.marker,
        falls=_falls(walk.stack, stated, 1),
        under=row.above,
    )
    walk.stack.append(opened)
    walk.closed = len(walk.stack)
    if row.role is RowRole.TOTAL:
        walk.ended = len(walk.stack)
    # The innermost heading ends here; those that opened with it, further out, go on.
    while walk.headings and walk.headings[-1][1] > start:
        walk.headings.pop()
    if walk.headings and walk.headings[-1][1] == start:
        walk.headings.pop()


def _falls(stack: Sequence[Open], figures: Sequence[int | None], sign: int) -> frozenset[int]:
    """The columns in which one more row, or an open one before it, may make sums smaller."""
    before = stack[-1].falls if stack else frozenset[int]()
    own = [at for at, figure in enumerate(figures) if figure and figure * sign < 0]
    return before if before.issuperset(own) else before.union(own)


def _take_out(walk: _Walk, parts: Sequence[Open]) -> int:
    """Take single rows off the stack; returns its new length."""
    gone = {part.position for part in parts}
    places = [at for at, part in enumerate(walk.stack) if part.position in gone and not part.above]

    def moved(index: int) -> int:
        return index - sum(at < index for at in places)

    walk.stack = [part for at, part in enumerate(walk.stack) if at not in places]
    walk.closed, walk.ended = moved(walk.closed), moved(walk.ended)
    walk.headings = [(marker, moved(at)) for marker, at in walk.headings]
    for part in parts:
        if part.label and part.above is None:
            walk.namesakes[part.label].add(part, -1)
    return len(walk.stack)


def _told(walk: _Walk) -> list[_FoundTotal]:
    """The totals whose parts the figures do not refute, the others being unclear.

    Totals of one table that add up what their words say support one another. A total that would
    leave rows to nobody adds up its natural rows instead: its own figures are wrong.
    """
    gains = sum(each.guess.weight.bits for each in walk.found.values() if _is_natural(each))
    left = {part.position for part in walk.stack}
    told = []
    for each in walk.found.values():
        own = each.guess.weight.bits if _is_natural(each) else 0
        support = max(min(gains - own, SUPPORT_BITS), 0)
        found = replace(each, guess=_supported(each.guess, support)) if each.labelled else each
        if each.natural is not None and each.row.role is RowRole.SUBTOTAL:
            skipped = each.natural.parts[: len(each.natural.parts) - len(each.guess.parts)]
            orphans = bool(skipped) and all(part.position in left for part in skipped)
            whole = _supported(each.natural, support)
            if orphans and walk.ended and standing_of(whole.weight) is Standing.BORNE_OUT:
                found = replace(found, guess=whole, labelled=True)
        if standing_of(found.guess.weight) is Standing.REFUTED:
            walk.unclear.append(each.position)
        else:
            told.append(found)
    return told


def _is_natural(found: _FoundTotal) -> bool:
    return found.labelled and standing_of(found.guess.weight) is Standing.BORNE_OUT


def _supported(guess: Guess, support: int) -> Guess:
    if not support:
        return guess
    return replace(guess, weight=replace(guess.weight, prior=guess.weight.prior + support))


def _footing(found: _FoundTotal) -> Footing:
    paired = list(zip(found.guess.parts, found.guess.signs, strict=True))
    own = sorted(
        ((part.position, sign) for part, sign in paired if part.above is None),
        key=lambda pair: pair[0],
    )
    others = [(part.above, sign) for part, sign in paired if part.above is not None]
    return Footing(
        found.position,
        tuple(position for position, _ in own),
        found.labelled,
        tuple(above for above, _ in others),
        signs=tuple(sign for _, sign in (*own, *others)),
        weight=found.guess.weight,
    )
