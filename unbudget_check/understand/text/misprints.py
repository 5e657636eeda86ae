"""Amounts of sentences that are misprinted from the row of a table which their passage speaks of.

Words name the row (its label, the table that is cited), and so do the other amounts of the passage,
where the row prints them. An amount that no table prints, but that a slip of the pen makes of a
figure of such a row, is that figure; the more rows are meant, the more easily one fits by chance.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.evidence.slips import Slip, cost_of, slip_between
from unbudget_check.evidence.weight import (
    BORNE_OUT_BITS,
    FAILURE_BITS,
    NATS_A_BIT,
    significance,
)
from unbudget_check.lexicon import normalise
from unbudget_check.model.meaning import Kind
from unbudget_check.model.number import Number, scaled
from unbudget_check.model.prose import MentionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.figures import Vector
    from unbudget_check.model.meaning import Fact
    from unbudget_check.model.prose import Mention
    from unbudget_check.understand.text.link_candidates import PrintedFigures

    # The position of a table, and of one of its rows.
    Place = tuple[int, int]

# A sentence that prints the label of a row speaks of such a row, and one that cites a table of its.
LABEL_BITS, CITED_BITS = 5, 3
# Shorter labels are words of any sentence; ideographs say more.
SHORTEST, FEWEST_IDEOGRAPHS = 8, 4
# Amounts of fewer bits are misprints of too many others.
LEAST_BITS = 9
# Of 93 amounts in 31 documents that nothing else states, one has two digits of another one swapped:
# it is misprinted.
ALONE_BITS = 6
# A figure says more the more tables repeat it.
FEWEST_TABLES = 2
_CHANGES = (Kind.CHANGE, Kind.TECHNICAL, Kind.MANDATES, Kind.OTHER)
_TURNS = (Slip.SIGN,)
_DIGITS = (Slip.TRANSPOSED, Slip.DIGIT, Slip.MISSING_DIGIT, Slip.EXTRA_DIGIT)


class Meant(NamedTuple):
    """A figure that an amount was meant to be, and the bits for it, its misprint counted."""

    fact: Fact
    bits: int


class RowsMeant:
    """The rows of all tables, by their labels and by their figures."""

    def __init__(
        self, printed: PrintedFigures, tables: Sequence[TableFacts], vector: Vector
    ) -> None:
        self.printed, self.tables, self.vector = printed, tables, vector
        self.cells: defaultdict[Place, list[Fact]] = defaultdict(list)
        self.of_table: defaultdict[int, list[Place]] = defaultdict(list)
        self.labelled: defaultdict[str, list[Place]] = defaultdict(list)
        for fact in printed.of_figure.values():
            self.cells[self._place(fact)].append(fact)
        for place in self.cells:
            label = normalise(tables[place[0]].rows[place[1]].label)
            self.of_table[place[0]].append(place)
            if len(label) >= (FEWEST_IDEOGRAPHS if label.upper() == label else SHORTEST):
                self.labelled[label].append(place)

    def rows(
        self, sentence: str, cited: Iterable[int], stated: Iterable[Fact]
    ) -> Mapping[Place, int]:
        """The rows that a sentence may speak of, with the bits for each of them.

        ``stated`` are the figures that its passage repeats.
        """
        bits: defaultdict[Place, int] = defaultdict(int)
        words = normalise(sentence)
        named = [p for label, places in self.labelled.items() if label in words for p in places]
        for place in named:
            bits[place] = max(LABEL_BITS - len(named).bit_length(), 0)
        for table in cited:
            for place in self.of_table[table]:
                bits[place] += CITED_BITS
        matched: defaultdict[Place, int] = defaultdict(int)
        for fact in {fact.figure: fact for fact in stated}.values():
            matched[self._place(fact)] += significance(self.vector.numbers[fact.figure].units)
        spread = self.printed.bits_of(None, "money")
        for place, gain in matched.items():
            bits[place] += max(gain - spread, 0)
        return bits

    def named(self, sentence: str, cited: Collection[int]) -> list[Fact]:
        """The figures of the only row whose label a sentence prints, of tables it cites, if any."""
        words = normalise(sentence)
        labels = [label for label in self.labelled if label in words]
        longest = [one for one in labels if not any(one in each for each in labels if each != one)]
        places = {
            place
            for label in longest
            for place in self.labelled[label]
            if not cited or place[0] in cited
        }
        return [fact for place in places for fact in self.cells[place]] if len(places) == 1 else []

    def repeated(self, number: Number) -> Meant | None:
        """The only figure that tables repeat of which an amount has two digits swapped.

        Nothing else may state the amount. The fewer figures stand in so many tables, the less
        easily one of them is meant by chance.
        """
        digits = str(abs(number.units)).rstrip("0")
        noughts = len(str(abs(number.units))) - len(digits)
        found: list[Meant] = []
        for at in range(len(digits) - 1):
            swapped = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
            meant = Number(swapped * 10**noughts, number.exponent)
            facts = self.printed.same(meant, "money") if swapped != int(digits) else []
            tables = len({fact.table for fact in facts})
            if tables >= FEWEST_TABLES:
                spread = self.printed.repeated_bits(tables) + len(digits).bit_length()
                bits = significance(swapped) - spread - FAILURE_BITS + ALONE_BITS
                found.append(Meant(facts[0], bits))
        return found[0] if len(found) == 1 and found[0].bits >= BORNE_OUT_BITS else None

    def misprinted(
        self,
        mention: Mention,
        rows: Mapping[Place, int],
        stated: Iterable[Fact],
        *,
        is_turned: bool,
    ) -> Meant | None:
        """The figure of these rows of which an amount is a misprint, if one is clearly meant.

        With ``is_turned`` its sign is wrong, else a digit is; ``stated`` are figures that others
        repeat.
        """
        number = self.vector.numbers[mention.figure]
        says = significance(number.units)
        if says < LEAST_BITS:
            return None
        is_change = mention.kind is MentionKind.CHANGE
        others = {fact.figure for fact in stated}
        found = sorted(
            (
                Meant(fact, rows[place] + says - FAILURE_BITS - cost)
                for place in rows
                for fact in self.cells[place]
                if fact.figure not in others and (fact.meaning.kind in _CHANGES) is is_change
                if (cost := self._cost(number, fact, _TURNS if is_turned else _DIGITS)) is not None
            ),
            key=lambda each: -each.bits,
        )
        spread = sum(len(self.cells[place]) for place in rows).bit_length()
        if not found or found[0].bits - spread < BORNE_OUT_BITS:
            return None
        best, *rivals = found
        rival = any(
            best.bits - each.bits < BORNE_OUT_BITS and self._differ(best.fact, each.fact)
            for each in rivals
        )
        return None if rival else best._replace(bits=best.bits - spread)

    def _cost(self, number: Number, fact: Fact, slips: Collection[Slip]) -> int | None:
        """The bits of the slip that makes an amount of a figure, if one of these does."""
        shown = self.vector.numbers[fact.figure]
        exponent = shown.exponent + fact.scale
        if number.exponent > exponent or not shown.units:
            return None
        stated, rest = divmod(
            scaled(number, number.exponent), 10 ** int(exponent - number.exponent)
        )
        meant = shown.units
        if Slip.SIGN not in slips:
            stated, meant = abs(stated), abs(meant)
        slip = None if rest else slip_between(stated, meant)
        return cost_of(slip, stated, meant) // NATS_A_BIT if slip in slips else None

    def _differ(self, one: Fact, other: Fact) -> bool:
        first, second = (self.vector.numbers[fact.figure] for fact in (one, other))
        return (first.units, first.exponent + one.scale) != (
            second.units,
            second.exponent + other.scale,
        )

    def _place(self, fact: Fact) -> Place:
        return fact.table, getattr(self.vector.spots[fact.figure], "row", -1)
