"""How a table prints its figures, learned from them, so that computed figures look alike.

What a table does not show (it has no figure above a thousand, or no negative one) is taken from the
other figures of its document, and else from the usage of United Nations documents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

from unbudget_check.model.facts import BLANK, CellKind, Spot
from unbudget_check.model.number import UNITED_NATIONS, Notation
from unbudget_check.notation.figures import DIGITS, FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Span

# Figures that show the habit of a table.
SAMPLE = 80
# Whole amounts of four digits are often printed without groups where larger ones have them.
LEAST_GROUPED = 4
_MINUS = {"(": "(", "（": "(", "-": "-", "−": "−", "–": "–", "‑": "-", "△": "△", "▲": "▲"}
_DECIMALS, _GROUPS = frozenset(".,"), frozenset(" ,.'’")
# Marks of Arabic print as they are written between other digits.
_PLAIN = {"٫": ".", "٬": ","}


def notation_in(facts: DocumentFacts, at: Spot | Span | None = None) -> Notation:
    """How figures are printed around a place; without one, in the document as a whole."""
    tables = [facts.tables[at.table]] if isinstance(at, Spot) else []
    home = chain.from_iterable(map(_of_table, tables)) if tables else _of_text(facts)
    others = chain(_of_text(facts), chain.from_iterable(map(_of_table, facts.tables)))
    return learned(home, others)


def learned(home: Iterable[tuple[str, Number]], others: Iterable[tuple[str, Number]]) -> Notation:
    """The notation of printed figures with their values; ``others`` say what these do not."""
    first = _Marks(home)
    if first.groups and first.decimals and first.minus:
        return first.notation(first)
    return first.notation(_Marks(others))


class _Marks:
    """How often each mark was seen."""

    def __init__(self, figures: Iterable[tuple[str, Number]]) -> None:
        self.groups: Counter[str] = Counter()
        self.decimals: Counter[str] = Counter()
        self.minus: Counter[str] = Counter()
        self.pairs: Counter[bool] = Counter()
        for text, number in islice(figures, SAMPLE):
            whole = FIGURE.fullmatch(text.strip())
            found = [whole["digits"]] if whole else DIGITS.findall(text)
            if len(found) == 1:
                self._see(text, found[0], number)

    def _see(self, text: str, figure: str, number: Number) -> None:
        if number.units < 0:
            sign = next((_MINUS[c] for c in text if c in _MINUS), "")
            self.minus[sign] += bool(sign)
        decimals = -number.exponent if number.exponent < 0 else 0
        whole, mark, fraction = figure, "", ""
        if decimals:
            whole, mark, fraction = (
                figure[: -decimals - 1],
                figure[-decimals - 1 : -decimals],
                figure[-decimals:],
            )
        pieces = re.split(r"[^0-9]", whole)
        digits = "".join(pieces) + fraction
        if not digits.isdecimal() or int(digits) != abs(number.units) or mark.isdecimal():
            return  # read in another unit, or of binary digits
        mark = _PLAIN.get(mark, mark)
        self.decimals[mark] += mark in _DECIMALS
        if len(pieces) > 1:
            group = whole[len(whole) - len(pieces[-1]) - 1]
            group = " " if group.isspace() else _PLAIN.get(group, group)
            self.groups[group] += group in _GROUPS
            self.pairs[any(len(piece) == 2 for piece in pieces[1:-1])] += len(pieces) > 2
        elif len(pieces[0]) > LEAST_GROUPED:
            self.groups[""] += 1

    def notation(self, others: _Marks) -> Notation:
        """What was seen most often, here or else there."""
        groups = +self.groups or +others.groups
        decimal = _most(self.decimals) or _most(others.decimals)
        group = max(groups, key=lambda mark: groups[mark]) if groups else None
        if group is None:
            group = UNITED_NATIONS.group
        if not decimal:
            decimal = "," if group == "." else UNITED_NATIONS.decimal
        if group == decimal:
            group = UNITED_NATIONS.group
        minus = _most(self.minus) or _most(others.minus)
        if not minus:
            minus = UNITED_NATIONS.minus if group == UNITED_NATIONS.group else "-"
        return Notation(decimal, group, minus, (self.pairs or others.pairs)[True] > 0)


def _most(marks: Counter[str]) -> str:
    return max(marks, key=lambda mark: marks[mark], default="")


def _of_table(table: TableFacts) -> Iterator[tuple[str, Number]]:
    for cells, numerals, figures in zip(table.cells, table.numerals, table.grid, strict=True):
        for cell, numeral, figure in zip(cells, numerals, figures, strict=True):
            is_figure = figure != BLANK and numeral.reading is CellKind.FIGURE
            if is_figure and cell is not None and numeral.number is not None:
                yield cell.text, numeral.number


def _of_text(facts: DocumentFacts) -> Iterator[tuple[str, Number]]:
    # Figures of tables come first: there may be a million, and every finding asks.
    first = bisect_left(facts.spots, 1, key=lambda spot: int(not isinstance(spot, Spot)))
    for figure in range(first, len(facts.spots)):
        spot = facts.spots[figure]
        if not isinstance(spot, Spot):
            text = facts.prose.passages[spot.passage].text
            yield text[spot.start : spot.end], facts.numbers[figure]
