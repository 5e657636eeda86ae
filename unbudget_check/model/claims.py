"""What the checks write: rows of the matrix, percentages, remarks on notation, what they skip."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.model.facts import UNCALCULATED, UNREAD, WORDS
from unbudget_check.model.relations import RelationWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.facts import Spot
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Span

# A place whose regime is learned: unit, kind of column, part of the table.
Place = tuple[str, str, str]
# The table of a tie between several tables, or between sentences.
NO_TABLE = -1
NOT_CALCULATED = "not-calculated"
NOT_READ = "not-read"
WORDS_AMONG = "words-among"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong as it is written, in a cell or a piece of text.

    ``computed`` is the figure that it probably means; ``text`` is what the message says besides:
    how many cells are alike, what can be made out, what it should say.
    """

    rule: int
    at: Spot | Span
    computed: Number | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Relations that could not be judged, and why; ``relations`` counts them."""

    table: int
    reason: str
    relations: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class PercentClaim:
    """Figure ``stated`` is ``part`` over ``base`` in per cent; ``table`` may be NO_TABLE.

    ``excuse`` says why a difference proves nothing here, for instance a footnote that adjusts
    the base; it is empty where nothing excuses one.
    """

    rule: int
    table: int
    stated: int
    part: int
    base: int
    excuse: str = ""


@dataclass(slots=True)
class Claims:
    """Everything that the rules claim about one document.

    ``tables[r]``, ``doubts[r]`` and ``excuses[r]`` go with relation r of the matrix: the table it
    stands in or NO_TABLE, why its structure is less than certain, and why a difference proves
    nothing ("" where nothing excuses one).
    """

    matrix: RelationWriter = field(default_factory=RelationWriter)
    tables: list[int] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    excuses: list[str] = field(default_factory=list)
    places: dict[Place, int] = field(default_factory=dict)
    percentages: list[PercentClaim] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    _written: set[tuple[tuple[int, int], ...]] = field(default_factory=set)

    def add(
        self,
        table: int,
        rule: int,
        members: Sequence[Sequence[int]],
        coefficients: Sequence[int],
        places: Sequence[Place],
        doubt: str = "",
    ) -> None:
        """Write relations of one shape, the stated figure first.

        Where there is no figure, a constant of ``model.facts`` stands for it. A tie that was
        written before, perhaps solved for another figure, is not written again.
        """
        for figures, place in zip(members, places, strict=True):
            terms = [(f, c) for f, c in zip(figures, coefficients, strict=True) if f >= 0]
            if figures[0] < 0 or not terms[1:] or not self._is_new(terms):
                continue
            self.matrix.append(terms, rule, self.places.setdefault(place, len(self.places)))
            self.tables.append(table)
            self.doubts.append(doubt or (WORDS_AMONG if WORDS in figures else ""))
            self.excuses.append(_excuse(figures))

    def _is_new(self, terms: Sequence[tuple[int, int]]) -> bool:
        """Whether no tie of the same figures was written, perhaps solved for another one."""
        ordered = sorted(terms)
        sign = ordered[0][1]
        key = tuple((figure, coefficient * sign) for figure, coefficient in ordered)
        if key in self._written:
            return False
        self._written.add(key)
        return True


def _excuse(figures: Sequence[int]) -> str:
    """Why a difference proves nothing about a tie with these figures."""
    if UNCALCULATED in figures:
        return NOT_CALCULATED
    return NOT_READ if UNREAD in figures else ""
