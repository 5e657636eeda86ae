"""Lines of figures that are quotients of two others, or the growth of one over another.

A *line* is a column or a row, and a *place* a cell in it; a ratio ties the figures of three lines
place by place. Figures alone find it: for each figure of a line and each possible base, what the
part must be is looked up among the other figures of the same place.

Columns of variances whose sign is turned in some rows: favourable for revenue, and for costs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import (
    PAIR,
    Trial,
    gain_of,
    is_doubtful,
    ratio_trial,
    significance,
    standing_of,
    weigh,
)
from unbudget_check.model.facts import Ratio, Standing, Turned, Weight
from unbudget_check.model.number import Number, comparable, quantum_of, scaled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Line = Sequence[Number | None]


# Different rates that must hold: one rate, or one average, may stand in a whole line.
FEWEST_RATES = 3
# Errors are no more than one place in so many, or one: no word announces these ratios.
PLACES_PER_ERROR = 12
# In so many places a ratio is looked for before it is weighed in all of them.
SAMPLES = 4
# More lines, and bases farther away than so many lines, are not searched.
MOST_LINES, FARTHEST = 240, 60
# A rate so coarse that more figures than that could be its part says nothing.
MOST_PARTS = 6
# A base that varies by less than one part in so many is the same everywhere.
LEAST_SPREAD_PARTS = 20
# Where strictness is called for: what a tie must say at least, and what bears a ratio out of which
# no word speaks.
FEWEST_BITS, STRICT_BITS = 5, 12
# What a word says, in bits: of lines that are called a rate few are none.
RATE, GROWTH, WORD_BITS = "rate", "growth", 6
# It says as much of which line is the rate as two more decimals do.
WORD_DECIMALS = 2
# Parts and bases of a line that are weighed in all places.
MOST_CANDIDATES = 24
# Powers of ten between a quotient and its rate, and what they cost beside the lines to choose from:
# plain, in per cent, or amounts in thousands and millions per head.
FORMS = ((0, False, 0), (2, False, 0), (0, True, 0), (2, True, 0), (3, False, 4), (6, False, 4))

# Rows of either sign at least: fewer are a slip of the sign.
FEWEST_OF_EITHER_SIGN = 2
# Wider tables are not searched.
WIDEST_TURNED_COLUMNS = 12
# How much closer the opposite difference must be to what is stated to be the one that was meant.
CLOSER_TIMES = 4


def find_ratios(
    lines: Sequence[Line], words: Mapping[int, str] | None = None, *, strict: bool = False
) -> list[Ratio]:
    """The ratio of each line that is borne out, the one with most evidence.

    ``lines`` are of one length, with None where there is no figure; ``words`` are the lines that
    are called a RATE, or GROWTH, which may be an amount as well. Of three lines one is the rate:
    the one that words call so, or that has more decimals, as quotients have. ``strict`` asks for
    more evidence: the more lines there are and the fewer places, the more like one another small
    figures are.
    """
    if not FEWEST_RATES <= len(lines) <= MOST_LINES:
        return []
    search = _Search(lines, words or {}, strict=strict)
    found = [ratio for at in range(len(lines)) for ratio in search.of_line(at)]
    products = {_trio(ratio) for ratio in found if _is_product(lines, ratio)}
    trios: dict[frozenset[int], Ratio] = {}
    for ratio in found:
        trio = _trio(ratio)
        if trio in products:
            continue
        other = trios.setdefault(trio, ratio)
        if search.rank(ratio) > search.rank(other):
            trios[trio] = ratio
    best: dict[int, Ratio] = {}
    for ratio in _independent(trios):
        other = best.setdefault(ratio.stated, ratio)
        if _strength(ratio) > _strength(other):
            best[ratio.stated] = ratio
    return [best[at] for at in sorted(best)]


def _independent(trios: Mapping[frozenset[int], Ratio]) -> Iterator[Ratio]:
    """The ratios without those that fail where another one holds of two of their lines.

    The third line is then a copy of the other's third, but for a figure that was set otherwise.
    """
    sound = [(trio, ratio) for trio, ratio in trios.items() if not ratio.weight.failed]
    for trio, ratio in trios.items():
        if not ratio.weight.failed or not any(
            len(trio & other) == PAIR and ratio.weight.held <= whole.weight.held
            for other, whole in sound
        ):
            yield ratio


def _trio(ratio: Ratio) -> frozenset[int]:
    return frozenset((ratio.stated, ratio.part, ratio.base))


class _Search:
    """The figures of each place, sorted once."""

    def __init__(self, lines: Sequence[Line], words: Mapping[int, str], *, strict: bool) -> None:
        self.lines = lines
        self.strict = strict
        self.words = words
        figures = [number for line in lines for number in line if number is not None]
        self.finest = min((number.exponent for number in figures), default=0)
        self.sorted: dict[int, tuple[list[int], list[int], list[int]]] = {}
        self.decimals = [decimals_of(line) for line in lines]

    def rank(self, ratio: Ratio) -> tuple[int, int]:
        """Which line of three is the rate: that of the decimals and the words, or the left one."""
        at = ratio.stated
        is_named = self._is_named(at, growth=ratio.growth)
        return self.decimals[at] + (WORD_DECIMALS if is_named else 0), -at

    def _is_named(self, line: int, *, growth: bool) -> bool:
        """Whether words call a line what it would be."""
        return self.words.get(line) in ((RATE, GROWTH) if growth else (RATE,))

    def of_line(self, stated: int) -> Iterator[Ratio]:
        """The ratios that a line states and that are borne out."""
        count = len(self.lines)
        unsaid = -(count * (count - 1) * (count - 2)).bit_length()
        for part, base, form in self._candidates(stated):
            power, growth, cost = FORMS[form]
            least = FEWEST_BITS if self.strict else 0
            trio = stated, part, base
            if not _may_hold(self.lines, trio, power, growth=growth):
                continue
            is_named = self._is_named(stated, growth=growth)
            prior = unsaid - cost + (WORD_BITS if is_named else 0)
            ratio = weighed(self.lines, trio, power, prior, growth=growth, least=least)
            known = STRICT_BITS if self.strict and not is_named else 0
            if is_borne_out(ratio.weight) and ratio.weight.bits >= known:
                yield ratio

    def _candidates(self, stated: int) -> list[tuple[int, int, int]]:
        """Part, base and form that hold in two of the places that say most."""
        line = self.lines[stated]
        known = {n.units: at for at, n in enumerate(line) if n is not None and n.units}
        samples = sorted(known.values(), key=lambda at: -_says(line[at]))[:SAMPLES]
        if len(samples) < FEWEST_RATES:
            return []
        found: dict[tuple[int, int, int], None] = {}
        for at, first in enumerate(samples[:-1]):
            for candidate in self._fitting(stated, first):
                if any(self._fits(stated, second, candidate) for second in samples[at + 1 :]):
                    found[candidate] = None
            if found:
                break
        return list(found)[:MOST_CANDIDATES]

    def _fitting(self, stated: int, at: int) -> Iterator[tuple[int, int, int]]:
        """Part, base and form that make the rate of one place."""
        rate = self.lines[stated][at]
        values, owners, quanta = self._at(at)
        if rate is None or len(values) < FEWEST_RATES:
            return
        least, most = values[0], values[-1]
        for form, (power, growth, _) in enumerate(FORMS):
            units, reach, one = _as_fraction(rate, power, growth=growth)
            start, end = 0, len(values)
            if 2 * units > reach:
                # Beyond these amounts no figure is as large as the part would be.
                times, hidden = 2 * units - reach, max(quanta) * (1 + units // one) + 2
                low, high = (2 * one * (each + hidden) // times for each in (-least, most))
                start = bisect_left(values, min(-low - 1, 0))
                end = bisect_right(values, max(high, 0))
            for amount, base, quantum in zip(
                values[start:end], owners[start:end], quanta[start:end], strict=True
            ):
                # The part lies between these, a unit more for what was rounded.
                hidden = quantum * (1 + abs(units) // one) + 1
                middle, half = amount * units // one, abs(amount) * reach // (2 * one) + hidden
                low, high = middle - half, middle + half
                if low > most or high < least or not amount or abs(base - stated) > FARTHEST:
                    continue
                first, last = bisect_left(values, low), bisect_right(values, high)
                if base != stated and first < last <= first + MOST_PARTS:
                    for part in owners[first:last]:
                        if part not in (stated, base):
                            yield part, base, form

    def _fits(self, stated: int, at: int, candidate: tuple[int, int, int]) -> bool:
        """Whether a candidate makes the rate of another place, too."""
        part, base, form = candidate
        rate, amount, number = (self.lines[line][at] for line in (stated, part, base))
        if rate is None or amount is None or number is None:
            return False
        power, growth, _ = FORMS[form]
        units, reach, one = _as_fraction(rate, power, growth=growth)
        before = scaled(number, self.finest)
        hidden = quantum_of(number, self.finest) * (1 + abs(units) // one) + 1
        half = abs(before) * reach // (2 * one) + hidden
        return abs(scaled(amount, self.finest) - before * units // one) <= half

    def _at(self, at: int) -> tuple[list[int], list[int], list[int]]:
        """The amounts of a place in order, their lines, and to what they were printed."""
        if at not in self.sorted:
            numbers = [(line[at], owner) for owner, line in enumerate(self.lines)]
            found = sorted(
                (scaled(n, self.finest), owner, quantum_of(n, self.finest))
                for n, owner in numbers
                if n is not None
            )
            values, owners, quanta = (list(each) for each in zip(*found, strict=True))
            self.sorted[at] = values, owners, quanta
        return self.sorted[at]


def _as_fraction(rate: Number, power: int, *, growth: bool) -> tuple[int, int, int]:
    """What a base is multiplied by for its part: units, to how many they were rounded, over one."""
    digits = power - rate.exponent
    one, finer = int(10 ** max(digits, 0)), int(10 ** max(-digits, 0))
    return rate.units * finer + (one if growth else 0), finer * rate.step, one


def weighed(
    lines: Sequence[Line],
    trio: tuple[int, int, int],
    power: int,
    prior: int,
    *,
    growth: bool,
    least: int,
) -> Ratio:
    """What all places say of one ratio; whole numbers are exact or rounded, as fits better."""
    found = []
    for rounded in (False, True):
        trials = [
            trial
            for trial in _trials(lines, trio, power, growth=growth, rounded=rounded)
            if not trial.holds or gain_of(trial) >= least
        ]
        weight = weigh(trials, prior)
        rates = _distinct([trial for trial in trials if trial.holds and trial.stated])
        if rates < FEWEST_RATES or not _varies(lines, trio, power, growth=growth):
            weight = Weight(0, weight.failed, 0, weight.loss, prior)
        found.append(Ratio(*trio, power, growth, weight, rounded))
        if not weight.failed:
            break
    return max(found, key=lambda ratio: ratio.weight.bits)


def _distinct(trials: Sequence[Trial]) -> int:
    """How many rates differ by more than rounding may hide: those that do not may be one rate."""
    found = 0
    last: Trial | None = None
    for trial in sorted(trials, key=lambda trial: trial.stated):
        if last is None or trial.stated - last.stated >= max(trial.allowance, last.allowance, 1):
            found, last = found + 1, trial
    return found


def _may_hold(
    lines: Sequence[Line], trio: tuple[int, int, int], power: int, *, growth: bool
) -> bool:
    """Whether enough rates hold, and few enough fail, to bear a ratio out, rounded as may be."""
    left = max(len(lines[trio[0]]) // PLACES_PER_ERROR, 1)
    rates = set()
    for trial in _trials(lines, trio, power, growth=growth, rounded=True):
        if trial.holds:
            rates.add(trial.stated)
        elif not left:
            return False
        else:
            left -= 1
    return len(rates - {0}) >= FEWEST_RATES


def _trials(
    lines: Sequence[Line], trio: tuple[int, int, int], power: int, *, growth: bool, rounded: bool
) -> Iterator[Trial]:
    """The ties of all places; what equals its base, or is divided by one, proves no ratio."""
    for rate, part, base in zip(*(lines[at] for at in trio), strict=True):
        if rate is None or part is None or base is None:
            continue
        trial = ratio_trial(rate, part, base, power=power, growth=growth, rounded=rounded)
        if not trial.holds or (part != base and not _is_about_one(base)):
            yield trial


def _is_product(lines: Sequence[Line], ratio: Ratio) -> bool:
    """Whether the part was rather multiplied: a price times a quantity is exact to its last digit.

    No quotient is so everywhere, but that of a part which is no larger than its base. Or the digits
    of the part say more for a product than those of the rate for a quotient.
    """
    if ratio.growth:
        return False
    trials, larger = [], 0
    trio = (lines[at] for at in (ratio.stated, ratio.part, ratio.base))
    for rate, part, base in zip(*trio, strict=True):
        if rate is not None and part is not None and base is not None and part != base:
            trials.append(product_trial(part, (rate, base), ratio.power))
            larger += comparable(part) > comparable(base)
    weight = weigh(trials, ratio.weight.prior)
    is_exact = ratio.power == 0 and 2 * larger > len(trials)
    says_more = is_exact or weight.bits > ratio.weight.bits
    # A quantity of few digits divides all the same where its price, or the product, has a slip.
    allowed = max(ratio.weight.failed, 1) if is_exact and weight.held >= FEWEST_RATES else 0
    return weight.failed <= max(ratio.weight.failed, allowed) and says_more


def product_trial(stated: Number, factors: Sequence[Number], power: int = 0) -> Trial:
    """That a figure is the product of others, over ten to a power, to half its own last digit."""
    units, exponent = 1, -power
    for factor in factors:
        units, exponent = units * factor.units, exponent + factor.exponent
    finest = min(exponent, stated.exponent)
    computed = units * int(10 ** (exponent - finest))
    return Trial(scaled(stated, finest), computed, int(10 ** (stated.exponent - finest)))


def _is_about_one(number: Number) -> bool:
    """Whether a figure is one, ten or a hundred, or nearly so: dividing by it changes no digit."""
    units = abs(number.units)
    power = 10 ** (len(str(units)) - 1)
    return any(LEAST_SPREAD_PARTS * abs(units - each) <= each for each in (power, 10 * power))


def _varies(lines: Sequence[Line], trio: tuple[int, int, int], power: int, *, growth: bool) -> bool:
    """Whether the base varies; all amounts are some multiple of one that does not.

    Where the base is the same everywhere, the rates must be shares of it.
    """
    both = [pair for pair in zip(lines[trio[0]], lines[trio[2]], strict=True) if None not in pair]
    times = Counter(comparable(base) for _, base in both if base)
    bases = sorted(times)
    varied = len(bases) >= FEWEST_RATES and LEAST_SPREAD_PARTS * (bases[-1] - bases[0]) > abs(
        bases[0]
    )
    is_same = not varied or 2 * max(times.values()) > times.total()
    return not is_same or (
        not growth
        and all(comparable(rate) <= 2 * comparable(Number(1, power)) for rate, _ in both if rate)
    )


def is_borne_out(weight: Weight) -> bool:
    """Whether figures alone bear a ratio out, with hardly an error."""
    return standing_of(weight) is Standing.BORNE_OUT and not is_doubtful(weight, PLACES_PER_ERROR)


def _strength(ratio: Ratio) -> tuple[int, int, int]:
    """Most evidence first; of equals the nearer lines."""
    far = abs(ratio.stated - ratio.part) + abs(ratio.stated - ratio.base)
    return ratio.weight.bits, -ratio.weight.failed, -far


def _says(number: Number | None) -> int:
    return significance(number.units) if number is not None else 0


def decimals_of(line: Line) -> int:
    """How many digits after the point most figures of a line have, noughts at the end left out."""
    found = sorted(_own_decimals(number) for number in line if number is not None and number.units)
    return found[len(found) // 2] if found else 0


def _own_decimals(number: Number) -> int:
    units, exponent = number.units, number.exponent
    while exponent < 0 and units % 10 == 0:
        units, exponent = units // 10, exponent + 1
    return -exponent


def find_turned(lines: Sequence[Line]) -> Iterator[Turned]:
    """The lines that are the difference of two others, or its opposite, in runs of places."""
    if not FEWEST_OF_EITHER_SIGN < len(lines) <= WIDEST_TURNED_COLUMNS:
        return
    for stated in range(len(lines)):
        others = [at for at in range(len(lines)) if at != stated]
        pairs = list(combinations(others, 2))
        for one, other in pairs:
            found = _turned(lines, (stated, one, other), len(pairs) * len(lines))
            if found is not None:
                yield found
                break


def _turned(lines: Sequence[Line], trio: tuple[int, int, int], tried: int) -> Turned | None:
    """The signs of all places, where both occur, they seldom change, and the figures agree."""
    signs: list[int] = []
    told: list[int] = []
    trials: list[Trial] = []
    for stated, one, other in zip(*(lines[at] for at in trio), strict=True):
        sign = signs[-1] if signs else 1
        if stated is not None and one is not None and other is not None:
            finest = min(each.exponent for each in (stated, one, other))
            amounts = [scaled(each, finest) for each in (stated, one, other)]
            hidden = sum(quantum_of(n, finest) for n in (stated, one, other) if n.exponent < 0)
            gap = amounts[1] - amounts[2]
            if gap and 2 * abs(amounts[0] + gap) <= hidden:
                sign = -1
            elif gap and 2 * abs(amounts[0] - gap) <= hidden:
                sign = 1
            elif CLOSER_TIMES * abs(amounts[0] + sign * gap) < abs(amounts[0] - sign * gap):
                sign = -sign  # a slip in a row that is turned
            # What repeats one figure, the other being nil, is no difference of the two.
            if all(amounts[1:]) or abs(amounts[0]) != abs(gap):
                trials.append(Trial(amounts[0], sign * gap, hidden, sum(map(bool, amounts[1:]))))
                told.append(sign)
            if len(trials) == FEWEST_OF_EITHER_SIGN + 1 and not any(t.holds for t in trials):
                return None
        signs.append(sign)
    changes = sum(before != after for before, after in pairwise(told))
    weight = weigh(trials, -tried.bit_length() - changes * len(told).bit_length())
    is_mixed = min(told.count(1), told.count(-1)) >= FEWEST_OF_EITHER_SIGN
    is_sure = standing_of(weight) is Standing.BORNE_OUT and not is_doubtful(
        weight, PLACES_PER_ERROR
    )
    if not is_mixed or not is_sure or weight.held < 2 * FEWEST_OF_EITHER_SIGN:
        return None
    return Turned(trio[0], (trio[1], trio[2]), tuple(signs), weight)
