"""The ways in which print alone allows to cut one row, each with its price."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from unbudget_check.readers.text_cuts import (
    ACROSS_WIDE_GAP,
    IRREGULAR,
    LIMIT,
    Cuts,
    Span,
    Tail,
    cut,
)
from unbudget_check.readers.text_labels import MOST_SKIPPED, is_small_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.readers.text_words import Atom

MOST_BLANKS = 2  # blank cells in one row that sums can still place
BLANK = 6  # the price of a blank cell, beside the prices of the cuts
CLEARLY = 20  # a reading that is cheaper by so much leaves no choice
_PART = re.compile(r"[(（]\d[)）]")

Places = tuple[Span | None, ...]


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row before its columns are settled; rows of one block follow the same heading.

    ``is_counted`` where the label is a word that is often followed by a number of its own.
    """

    text: str
    tail: Tail
    block: int = 0
    is_labelled: bool = True
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """One row cut into columns; its first ``skipped`` atoms belong to the label.

    ``chosen`` says that sums decided among equal readings, ``doubtful`` that nothing could.
    """

    places: Places
    skipped: int = 0
    chosen: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to cut a row: atoms left to the label, figures, and how many cells are blank.

    ``is_strained`` where it joins digits that print keeps apart.
    """

    skipped: int
    figures: tuple[Span, ...]
    blanks: int
    is_strained: bool = False


def readings_of_row(row: PrintedRow, count: int, usual: int | None) -> list[Reading]:
    """The cheapest readings of one row; several where print leaves the choice open."""
    offers = list(_offers(row, count, usual))
    best = min((price for price, _, _ in offers), default=0)
    readings = (
        Reading(cuts.skip, figures, blanks, ACROSS_WIDE_GAP <= cuts.price < IRREGULAR)
        for price, blanks, cuts in offers
        if price == best
        for figures in cuts.spans()
    )
    return list(islice(readings, LIMIT))


def _offers(row: PrintedRow, count: int, usual: int | None) -> Iterator[tuple[int, int, Cuts]]:
    """Price, blank cells and cuts for every number of blanks and of atoms left to the label."""
    front = row.tail.atoms[:MOST_SKIPPED] if row.is_labelled else ()
    most_skipped = len(list(takewhile(is_small_number, front)))
    if row.is_counted and not most_skipped:
        # The label may end in the number of a part: Subtotal (1).
        most_skipped = int(_is_number_of_part(row.tail.atoms[0]))
    for blanks in range(min(MOST_BLANKS, count - 1) + 1):
        away = blanks if usual is None else abs(blanks - usual)
        for skipped in range(most_skipped + 1):
            cuts = cut(row.tail, skipped, count - blanks)
            if cuts is None:
                continue
            price = cuts.price + BLANK * away
            if not (row.is_counted and skipped == 1):
                price += IRREGULAR * skipped
            yield price, blanks, cuts


def _is_number_of_part(atom: Atom) -> bool:
    """Whether an atom is a number such as those of parts: (1), (2)."""
    return bool(_PART.fullmatch(atom.text))


def usual_blanks(rows: Sequence[PrintedRow], count: int) -> dict[int, int]:
    """For each block of rows how many cells are blank in those rows that leave no choice."""
    seen: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.tail.fewest == count == row.tail.most:
            seen[row.block][0] += 1
            continue
        prices: dict[int, int] = {}
        for price, blanks, _ in _offers(row, count, None):
            prices[blanks] = min(price, prices.get(blanks, price))
        cheapest = sorted((price, blanks) for blanks, price in prices.items())
        if len(cheapest) == 1 or (cheapest and cheapest[0][0] + CLEARLY < cheapest[1][0]):
            seen[row.block][cheapest[0][1]] += 1
    return {block: counter.most_common(1)[0][0] for block, counter in seen.items()}
