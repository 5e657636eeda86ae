"""Why a document's figures contradict each other: each root cause with all that it breaks.

A whole row or column of missing values is one cause: somebody left out a line, not its cells.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.diagnosis.hints import hints_of, is_telling
from unbudget_check.diagnosis.judging import broken_ties, percentages_broken_by
from unbudget_check.diagnosis.localisation.board import board_around
from unbudget_check.diagnosis.localisation.localise import localise
from unbudget_check.diagnosis.localisation.repairs import Repair
from unbudget_check.diagnosis.localisation.search import Cause, Search, Suspicion
from unbudget_check.evidence.weight import significance
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.facts import UNSUMMED, CellKind, Spot
from unbudget_check.model.finding import Localisation
from unbudget_check.model.number import Number, scaled
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from unbudget_check.diagnosis.localisation.repairs import Hints
    from unbudget_check.diagnosis.proofs import Case
    from unbudget_check.model.claims import Remark
    from unbudget_check.model.facts import DocumentFacts


# One missing value is reported by itself, and one place of a figure.
FEWEST_MISSING = FEWEST_PLACES = 2
# Two differences of few digits are those of some row by chance.
TELLING_BITS = 7
# Of the suspects of such a cause one is to blame.
ONE_OF_THEM = frozenset({Localisation.CELL, Localisation.ALTERNATIVES})


class Explained(NamedTuple):
    """The broken ties that hold once a remark is put right.

    ``instead`` is the figure that they blame in place of the one that is remarked on, with what it
    should be.
    """

    ties: tuple[int, ...] = ()
    instead: tuple[int, Number] | None = None


# What names the line, and whether its causes have no other suspect: both kinds stay apart.
Line = tuple[int, str, int, str, Localisation]


def whole_lines(facts: DocumentFacts, causes: Sequence[Cause]) -> Iterator[Cause]:
    """The causes, with those that lie in one line without any value as one, at its first cell."""
    lines: dict[Line, list[Cause]] = {}
    for cause in causes:
        missing = _missing(facts, cause)
        for line in _empty_lines(facts, missing.figure) if missing else ():
            lines.setdefault((*line, cause.localisation), []).append(cause)
    folded: dict[int, list[Cause]] = {}
    for cells in sorted(lines.values(), key=len, reverse=True):
        left = [cause for cause in cells if id(cause) not in folded]
        if len(left) >= FEWEST_MISSING:
            folded.update((id(cause), left) for cause in left)
    for cause in causes:
        cells = folded.get(id(cause), [cause])
        if cells == [cause]:
            yield cause
        elif cells[0] is cause:
            yield _joined(facts, cells)


def printed_again(case: Case, causes: Sequence[Cause]) -> Iterator[Cause]:
    """The causes, with those that blame the same long figure in several places as one.

    Sums of other rows that state the same figure and miss it by the same amount have one cause:
    that figure was copied, or the same rows were left as they were. Where nothing else can be wrong
    in any of the places, the figure is wrong in all of them.
    """
    facts, values = case.facts, case.judged.figures.values
    blamed: dict[int, list[tuple[Cause, Suspicion]]] = {}
    for cause in causes:
        if cause.localisation not in ONE_OF_THEM or cause.misplaced:
            continue
        for each in cause.suspects:
            if not each.is_open and is_telling(facts, each.figure):
                blamed.setdefault(int(values[each.figure]), []).append((cause, each))
    folded: dict[int, Cause | None] = {}
    for found in blamed.values():
        first = min(found, key=lambda pair: pair[0].localisation is not Localisation.CELL)[1]
        alike = [pair for pair in found if _share_a_change(pair[1], first)]
        known = {id(cause) for cause, _ in alike}
        if len(known) >= FEWEST_PLACES and known.isdisjoint(folded):
            alike.sort(key=lambda pair: _place(facts.spots[pair[1].figure]))
            folded |= dict.fromkeys(known) | {id(alike[0][0]): _together(alike)}
    for cause in causes:
        kept = folded.get(id(cause), cause)
        if kept is not None:
            yield kept


def _together(alike: Sequence[tuple[Cause, Suspicion]]) -> Cause:
    """Several causes as one that blames these figures before all others."""
    ties = dict.fromkeys(tie for cause, _ in alike for tie in cause.ties)
    copies = tuple(each for _, each in alike)
    if all(cause.localisation is Localisation.CELL for cause, _ in alike):
        return Cause(tuple(ties), copies, Localisation.CELLS)
    others = (each for cause, _ in alike for each in cause.suspects if each not in copies)
    return Cause(tuple(ties), (*copies, *dict.fromkeys(others)), Localisation.ALTERNATIVES)


def _share_a_change(one: Suspicion, other: Suspicion) -> bool:
    """Whether one correction is possible for both figures."""
    return max(min(one.span), min(other.span)) <= min(max(one.span), max(other.span))


def rows_left_out(case: Case, causes: Sequence[Cause]) -> Iterator[Cause]:
    """The causes, with those as one by which a total leaves out one row in all its columns.

    Where every column of a total misses just what one row prints there, that row was not added.
    """
    totals: dict[tuple[int, int], dict[int, Cause]] = {}
    for cause in causes:
        total = _lone_total(case, cause)
        if total is not None:
            totals.setdefault((total.table, total.row), {})[total.column] = cause
    folded: dict[int, Cause | None] = {}
    for broken in totals.values():
        whole = _left_out(case, broken) if len(broken) >= FEWEST_MISSING else None
        if whole is not None:
            first, *rest = broken.values()
            folded |= {id(first): whole} | {id(cause): None for cause in rest}
    for cause in causes:
        kept = folded.get(id(cause), cause)
        if kept is not None:
            yield kept


def _lone_total(case: Case, cause: Cause) -> Spot | None:
    """The cell of the total in a column that is broken by itself, and where no cell is sure."""
    if len(cause.ties) > 1 or cause.misplaced or cause.localisation is Localisation.CELL:
        return None
    claim = case.claims.tie(cause.ties[0])
    if isinstance(claim, PercentClaim):
        return None
    spots = [case.facts.spots[figure] for figure in claim.figures]
    cells = [spot for spot in spots if isinstance(spot, Spot) and not spot.item]
    is_column = len(cells) == len(spots) and len({(at.table, at.column) for at in cells}) == 1
    return cells[0] if is_column else None


def _left_out(case: Case, broken: Mapping[int, Cause]) -> Cause | None:
    """One cause of several broken columns of a total, if one row of its parts explains them all."""
    facts, judged = case.facts, case.judged
    ties = {column: cause.ties[0] for column, cause in broken.items()}
    missed: dict[int, int] = {}
    rows: list[set[Spot]] = []
    for tie in ties.values():
        (stated, _), *parts = judged.relations.terms(tie)
        missed[stated] = -int(judged.judgement.residuals[tie])
        alike = (f for f, sign in parts if -sign * int(judged.figures.values[f]) == missed[stated])
        rows.append({at for f in alike if isinstance(at := facts.spots[f], Spot)})
    found = set.intersection(*({at.row for at in spots} for spots in rows))
    telling = len(ties) > FEWEST_MISSING or max(map(significance, missed.values())) >= TELLING_BITS
    if len(found) != 1 or not telling:
        return None
    (row,) = found
    table = facts.tables[next(iter(rows[0])).table]
    for column in table.columns:
        # Where the total holds, the row has nothing to add.
        figure = table.grid[row][column.index]
        is_beside = column.role not in UNSUMMED and column.index not in broken
        if is_beside and figure >= 0 and facts.numbers[figure].units:
            return None
    suspects = tuple(
        Suspicion(figure, (change, change), (Repair(change, None, 0),), 0)
        for figure, change in missed.items()
    )
    first = table.grid[row][next(iter(ties))]
    return Cause(tuple(ties.values()), suspects, Localisation.CELLS, left_out=first)


def _joined(facts: DocumentFacts, causes: Sequence[Cause]) -> Cause:
    """Several causes as one that lists their cells in reading order."""
    found = [(missing, cause) for cause in causes if (missing := _missing(facts, cause))]
    found.sort(key=lambda pair: _place(facts.spots[pair[0].figure]))
    ties = dict.fromkeys(tie for _, cause in found for tie in cause.ties)
    return Cause(tuple(ties), tuple(missing for missing, _ in found), Localisation.CELLS)


def _place(spot: Spot | Span) -> tuple[int, int, int]:
    """Reading order among cells; a line of dashes has no other places."""
    if isinstance(spot, Span):
        return -1, spot.passage, spot.start
    return spot.table, spot.row, spot.column


def _missing(facts: DocumentFacts, cause: Cause) -> Suspicion | None:
    """The one suspect that is a missing value in a line without any."""
    if cause.localisation not in ONE_OF_THEM or cause.misplaced:
        return None
    found = [each for each in cause.suspects if any(_empty_lines(facts, each.figure))]
    return found[0] if len(found) == 1 else None


def _empty_lines(facts: DocumentFacts, figure: int) -> Iterator[tuple[int, str, int, str]]:
    """The column and the row of a missing value, where these print no value at all."""
    spot = facts.spots[figure]
    if isinstance(spot, Span):
        return
    table = facts.tables[spot.table]
    if spot.item or table.numerals[spot.row][spot.column].reading is not CellKind.NIL:
        return
    unit, group = table.rows[spot.row].unit, table.columns[spot.column].group
    below = [
        table.numerals[at][spot.column].reading
        for at, row in enumerate(table.rows)
        if row.unit == unit
    ]
    if CellKind.FIGURE not in below:
        yield spot.table, "column", spot.column, unit
    beside = [
        table.numerals[spot.row][column.index].reading
        for column in table.columns
        if column.group == group
    ]
    if CellKind.FIGURE not in beside:
        yield spot.table, "row", spot.row, group


def explained(case: Case) -> dict[int, Explained]:
    """By number of a remark, the broken ties that hold once it is put right; each is told once."""
    judged, scale = case.judged, case.judged.figures.scale
    left = broken_ties(judged)
    found: dict[int, Explained] = {}
    for at, remark in enumerate(case.claims.remarks):
        best, most = Explained(), 0
        # A remark that names no correction explains nothing.
        ways = (way for way in (remark.changes, *((each,) for each in remark.instead)) if way)
        for way in ways:
            changes = {
                figure: scaled(number, scale) - int(judged.figures.values[figure])
                for figure, number in way
            }
            rates = set(percentages_broken_by(judged, changes))
            held = tuple(tie for tie in left if _holds_with(case, tie, changes, rates))
            shared = 0 if way is remark.changes else _agreeing(case, remark, way[0])
            if len(held) + shared > most:
                most = len(held) + shared
                best = Explained(held, None if way is remark.changes else way[0])
        found[at] = best
        left = [tie for tie in left if tie not in best.ties]
    return found


def _agreeing(case: Case, remark: Remark, instead: tuple[int, Number]) -> int:
    """How many other remarks hold with the same correction of a figure that they share."""
    others = (each for each in case.claims.remarks if each is not remark)
    return sum(is_corrected(case, each, dict([instead])) for each in others)


def is_corrected(case: Case, remark: Remark, meant: Mapping[int, Number]) -> bool:
    """Whether one of the figures that a remark may blame is, corrected, what it must be there."""
    scale = case.judged.figures.scale
    return any(
        abs(scaled(number, scale) - scaled(meant[figure], scale))
        <= scaled(Number(1, number.exponent), scale)
        for figure, number in remark.instead
        if figure in meant
    )


def _holds_with(case: Case, tie: int, changes: Mapping[int, int], rates: Container[int]) -> bool:
    judgement, claim = case.judged.judgement, case.claims.tie(tie)
    if isinstance(claim, PercentClaim):
        return tie not in rates
    change = sum(weight * changes.get(figure, 0) for figure, weight in claim.terms)
    missed = int(judgement.residuals[tie]) + change
    return bool(change) and 2 * abs(missed) <= int(judgement.allowances[tie])


def causes_of(case: Case, told: Container[int] = ()) -> tuple[Cause, ...]:
    """Every root cause in a document; a whole row or column of missing values is one.

    The ties that are ``told`` elsewhere have a cause already.
    """
    judged, facts = case.judged, case.facts
    hints = hints_of(facts, judged.figures.scale, _written_wrongly(case))
    broken = [tie for tie in broken_ties(judged) if tie not in told]
    found = localise(judged.ties, broken, hints)
    late = _percentages_of_wrong_amounts(case, hints, found)
    possible = tuple(_possible(case, cause) for cause in (*found, *late))
    apart = tuple(rows_left_out(case, tuple(printed_again(case, possible))))
    return tuple(whole_lines(facts, apart))


def unexplained(case: Case) -> tuple[Cause, ...]:
    """Every broken tie by itself, without any figure to blame."""
    return tuple(Cause((tie,), (), Localisation.GIVEN_UP) for tie in broken_ties(case.judged))


def _possible(case: Case, cause: Cause) -> Cause:
    """A cause without the suspects that nobody meant: text counts no posts below nothing.

    A figure that is no figure as it is printed is to blame before all others.
    """
    if cause.localisation is not Localisation.ALTERNATIVES or cause.misplaced:
        return cause
    facts, values = case.facts, case.judged.figures.values
    malformed = [each for each in cause.suspects if _is_malformed(facts, each.figure)]
    if len(malformed) == 1:
        return Cause(cause.ties, (malformed[0],), Localisation.CELL)
    kept = tuple(
        each
        for each in cause.suspects
        if not facts.counts[each.figure]
        or not isinstance(facts.spots[each.figure], Span)
        or values[each.figure] + each.change >= 0
    )
    return replace(cause, suspects=kept) if kept else cause


def _is_malformed(facts: DocumentFacts, figure: int) -> bool:
    spot = facts.spots[figure]
    if isinstance(spot, Span) or spot.item:
        return False
    return facts.tables[spot.table].numerals[spot.row][spot.column].reading is CellKind.MALFORMED


def changes_of(causes: Iterable[Cause]) -> dict[int, int]:
    """Figure -> the likeliest change of each figure that is to blame, where it has a likely one."""
    certain = (Localisation.CELL, Localisation.CELLS)
    return {
        suspicion.figure: suspicion.change
        for cause in causes
        if cause.localisation in certain
        for suspicion in cause.suspects
        if not suspicion.is_open
    }


def _percentages_of_wrong_amounts(
    case: Case, hints: Hints, found: Sequence[Cause]
) -> Iterator[Cause]:
    """The percentages that held only for the wrong amounts, judged with the corrected ones."""
    changes = changes_of(found)
    explained = {tie for cause in found for tie in cause.ties} | set(case.judged.ties.excused)
    late = [tie for tie in percentages_broken_by(case.judged, changes) if tie not in explained]
    if not late:
        return
    board = board_around(case.judged.ties, late)
    for figure, change in changes.items():
        if figure in board.touching:
            board.change(figure, change)
    search = Search(board, hints, set(late), frozenset(late))
    for tie in late:
        search.tell_stated(tie)
    yield from search.causes


def _written_wrongly(case: Case) -> frozenset[int]:
    """The figures whose notation a rule remarks on."""
    tables = case.facts.tables
    cells = (remark.at for remark in case.claims.remarks if isinstance(remark.at, Spot))
    return frozenset(tables[at.table].grid[at.row][at.column] for at in cells)
