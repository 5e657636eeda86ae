"""What the checks write: rows of the matrix, percentages, remarks, what they skip, and places.

To which place a stated figure belongs, so that it can be learned where figures drift.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from unbudget_check.model.facts import UNCALCULATED, UNREAD, WORDS, ColumnRole
from unbudget_check.model.relations import RelationWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.facts import Reading, Settled, Spot, TableFacts
    from unbudget_check.model.message import Message
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Span
    from unbudget_check.model.relations import TieKind


# A place whose regime is learned: unit, kind of column, part of the table.
Place = tuple[str, str, str]
# The unit of a place in which what is stated was divided, and so rounded.
WORKED_OUT = "average"
# The reading of ties that no other interpretation of the document could take away.
CERTAIN = -1
# The table of a tie between several tables, or between sentences.
NO_TABLE = -1
NOT_CALCULATED = "not-calculated"
NOT_READ = "not-read"
WORDS_AMONG = "words-among"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong as it is written, in a cell or a piece of text.

    ``computed`` is the figure that it probably means; ``text`` is what the message says besides:
    how many cells are alike, what can be made out, what it should say. ``stated`` is what is
    printed, where it is not the cell but its heading; the ties under ``reading`` are the proof.
    ``other`` is what it is told against, ``parts`` are cells that it speaks of, as (spot, sign).
    ``changes`` are the figures that would be others were it put right: it explains every tie that
    holds with them, and these are its proof. ``instead`` are figures that may be wrong in its
    place, each with what it would have to be. Where a tie with one of the figures ``unless`` is
    broken, that tells the same.
    """

    rule: int
    at: Spot | Span
    computed: Number | None = None
    text: str = ""
    stated: str = ""
    reading: int = CERTAIN
    other: str = ""
    parts: tuple[tuple[Spot, int], ...] = ()
    changes: tuple[tuple[int, Number], ...] = ()
    instead: tuple[tuple[int, Number], ...] = ()
    unless: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that others make, as the formula of its cell or its column says.

    That is no row of the matrix; where it does not hold, a remark says so. ``rounded`` says that it
    has more digits than are printed.
    """

    stated: int
    parts: tuple[int, ...]
    kind: TieKind | None
    holds: bool = True
    rounded: bool = False


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

    Other powers of ten than that of per cent are plain quotients. With ``growth`` it is what the
    part has more than the base, over the base; ``rounded`` says that whole numbers were rounded.
    ``excuse`` says why a difference proves nothing here, for instance a footnote that adjusts
    the base; it is empty where nothing excuses one.
    """

    rule: int
    table: int
    stated: int
    part: int
    base: int
    excuse: str = ""
    reading: int = CERTAIN
    power: int = 2
    growth: bool = False
    rounded: bool = False

    @property
    def figures(self) -> tuple[int, int, int]:
        """The figures of the tie, the stated one first."""
        return self.stated, self.part, self.base


class Relation(NamedTuple):
    """One relation as a check wrote it; ``reading`` numbers the reading that it stands under."""

    table: int
    rule: int
    terms: tuple[tuple[int, int], ...]
    place: Place
    doubt: str
    excuse: str
    reading: int

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures of the tie, the stated one first."""
        return tuple(figure for figure, _ in self.terms)


@dataclass(slots=True)
class Claims:
    """Everything that the rules claim about one document.

    Checks call ``read`` and ``add``, which collect ``ties``. ``evidence.settle`` then keeps those
    of readings that the document bears out and writes them into the matrix: ``kept[r]`` is what
    was written as relation r. ``settled[i]`` says how reading i came out. ``defects`` are what is
    wrong with the formulas of a workbook, by name, once somebody looked for it; ``computed`` are
    the figures that formulas make, and ``unevaluated`` says which formulas were not evaluated.
    """

    ties: list[Relation] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    percentages: list[PercentClaim] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    places: dict[Place, int] = field(default_factory=dict)
    matrix: RelationWriter = field(default_factory=RelationWriter)
    kept: list[Relation] = field(default_factory=list)
    settled: tuple[Settled, ...] = ()
    announced: dict[Reading, int] = field(default_factory=dict)
    defects: tuple[tuple[str, Remark], ...] | None = None
    computed: list[Computed] = field(default_factory=list)
    unevaluated: list[tuple[str, Message]] = field(default_factory=list)

    def read(self, reading: Reading) -> int:
        """Announce a reading under which ties are added; returns its number.

        Two rules that announce the same reading write their ties under the same one.
        """
        if reading not in self.announced:
            self.announced[reading] = len(self.readings)
            self.readings.append(reading)
        return self.announced[reading]

    def tie(self, number: int) -> Relation | PercentClaim:
        """A tie by its number: relations as they were written into the matrix, then percentages."""
        count = len(self.kept)
        return self.kept[number] if number < count else self.percentages[number - count]

    def lengths(self) -> tuple[int, ...]:
        """How much was written so far."""
        return tuple(map(len, self._lists()))

    def cut(self, lengths: Sequence[int]) -> None:
        """Take back what was written since the lists were as long as this."""
        for each, length in zip(self._lists(), lengths, strict=True):
            del each[length:]
        self.announced = {each: at for at, each in enumerate(self.readings)}

    def _lists(self) -> tuple[list[Any], ...]:
        return (
            self.ties,
            self.readings,
            self.percentages,
            self.remarks,
            self.skipped,
            self.computed,
            self.unevaluated,
        )

    def add(  # noqa: PLR0913  what a tie is made of
        self,
        table: int,
        rule: int,
        members: Sequence[Sequence[int]],
        coefficients: Sequence[int],
        places: Sequence[Place],
        doubt: str = "",
        *,
        reading: int = CERTAIN,
    ) -> None:
        """Write relations of one shape, the stated figure first.

        Where there is no figure, a constant of ``model.facts`` stands for it. Without a reading
        the ties are certain as far as ``doubt`` does not say otherwise.
        """
        for figures, place in zip(members, places, strict=True):
            terms = tuple((f, c) for f, c in zip(figures, coefficients, strict=True) if f >= 0)
            if figures[0] >= 0 and len(terms) > 1:
                why = doubt or (WORDS_AMONG if WORDS in figures else "")
                self.ties.append(
                    Relation(table, rule, terms, place, why, _excuse(figures), reading)
                )


def _excuse(figures: Sequence[int]) -> str:
    """Why a difference proves nothing about a tie with these figures."""
    if UNCALCULATED in figures:
        return NOT_CALCULATED
    return NOT_READ if UNREAD in figures else ""


def place_of(table: TableFacts, row: int, column: int) -> Place:
    """The place that a stated figure belongs to.

    Expenditure comes from the accounts and is rounded cell by cell, all else was added up as
    printed; the parts of a table (its sources of funds) were often prepared by different hands.
    """
    spent = table.columns[column].role is ColumnRole.EXPENDITURE
    return table.rows[row].unit, "expenditure" if spent else "resources", table.part or ""
