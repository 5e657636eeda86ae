"""What more than two figures must explain: the change that mends most is applied, step by step.

Every tie of a figure names the changes that would satisfy it; where most of these intervals meet,
less those that the change would leave, it is applied. Nothing is applied that has a rival.

Two changes that together mend a relation which neither mends alone.

Two wrong figures of one row, or two figures of a column that were exchanged: each is named by its
other relation, and only both make the relation hold that they share.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from unbudget_check.diagnosis.localisation.board import middle
from unbudget_check.diagnosis.localisation.search import Move, best_moves
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from unbudget_check.diagnosis.localisation.board import Board
    from unbudget_check.diagnosis.localisation.search import Search, Suspicion

# Groups with more broken ties are not localised: each tie is reported by itself.
MOST_BROKEN_TIES = 400
# Among more moves than this, pairs meet by chance; and a search that has looked at so many in all
# is given up: what is so entangled is better told as it stands.
CROWDED, MOST = 4_000, 100_000


@dataclass(frozen=True, slots=True)
class MovePair:
    """Two moves and the relation in which they meet."""

    one: Move
    other: Move
    settled: frozenset[int]
    spoiled: frozenset[int]

    @property
    def moves(self) -> tuple[Move, ...]:
        """What there is to do: both."""
        return self.one, self.other

    @property
    def gain(self) -> int:
        """How many ties fewer are broken afterwards."""
        return len(self.settled) - len(self.spoiled)


def pairs_of(board: Board, moves: Sequence[Move], lost: Collection[int]) -> Iterator[MovePair]:
    """All pairs of these moves that meet in a relation and make it hold."""
    meeting: defaultdict[int, list[tuple[int, Move]]] = defaultdict(list)
    for move in moves:
        for tie in board.touching[move.figure]:
            if tie in board.sums and tie not in move.settled and tie not in board.silent:
                effect = board.coefficients[tie, move.figure] * middle(*move.span)
                meeting[tie].append((effect, move))
    for tie, found in meeting.items():
        for one, other in _completing(found, -board.residuals[tie], board.limits[tie] // 2):
            yield _pair(one, other, tie, lost)


def _completing(
    found: list[tuple[int, Move]], missing: int, reach: int
) -> Iterator[tuple[Move, Move]]:
    """Moves of two figures whose effects add up to what is missing, more or less."""
    found.sort(key=lambda pair: pair[0])
    effects = [effect for effect, _ in found]
    for at, (effect, move) in enumerate(found):
        first = max(bisect_left(effects, missing - effect - reach), at + 1)
        for _, other in found[first : bisect_right(effects, missing - effect + reach)]:
            if other.figure != move.figure:
                yield move, other


def _pair(one: Move, other: Move, tie: int, lost: Collection[int]) -> MovePair:
    return MovePair(
        one,
        other,
        one.settled | other.settled | ({tie} if tie in lost else set()),
        (one.spoiled | other.spoiled) - {tie},
    )


Mending = TypeVar("Mending", Move, MovePair)


def stab(search: Search, group: Collection[int]) -> bool:
    """Apply the change that mends most, if none has a rival; whether anything was applied."""
    moves = _moves(search, group)
    best = max((_rank(move) for move in moves), default=(0, 0))
    search.looks += len(moves)
    if best[0] <= 1 and _stab_twice(search, moves, 2 * max(best[0], 0)):
        return True
    if best[0] <= 0 or search.looks > MOST:
        return False
    rivals = _by_tie([move for move in moves if _rank(move) == best])
    alone = [found[0] for found in rivals.values() if _is_alone(found[0], rivals)]
    if alone:
        _apply(search, alone)
    return bool(alone)


def _stab_twice(search: Search, moves: Sequence[Move], least: int) -> bool:
    """Apply the two changes that mend more together than two do alone, if no others do as much."""
    pairs = list(pairs_of(search.board, moves, search.lost)) if len(moves) <= CROWDED else []
    most = max((pair.gain for pair in pairs), default=0)
    rivals = _by_tie([pair for pair in pairs if pair.gain == most])
    alone = [found[0] for found in rivals.values() if _is_alone(found[0], rivals)]
    if most <= least or not alone:
        return False
    _apply(search, alone)
    return True


def _apply(search: Search, alone: Iterable[Mending]) -> None:
    """Apply the likeliest of what has no rival; what is as likely in every way, together."""
    weighed = {found: [_compared(search, move) for move in found.moves] for found in alone}
    oddness = {found: sorted(map(_oddness, suspects)) for found, suspects in weighed.items()}
    least = min(oddness.values(), key=lambda each: (sum(cost for cost, *_ in each), each))
    chosen = [found for found, each in oddness.items() if each == least]
    # Two pairs may have a figure in common, and a figure is corrected once.
    for suspicion in {s.figure: s for found in chosen for s in weighed[found]}.values():
        search.name(suspicion)
    search.close({tie for found in chosen for tie in found.settled})


def _by_tie(found: Iterable[Mending]) -> dict[int, list[Mending]]:
    """What mends each tie."""
    rivals: dict[int, list[Mending]] = {}
    for each in found:
        for tie in each.settled:
            rivals.setdefault(tie, []).append(each)
    return rivals


def _is_alone(found: Mending, rivals: Mapping[int, Sequence[Mending]]) -> bool:
    """Whether nothing else mends as much of the same."""
    return all(rivals[tie] == [found] for tie in found.settled)


def _oddness(suspicion: Suspicion) -> tuple[int, int, int]:
    """How unlikely a change is; of changes equally likely, the smaller is preferred."""
    return suspicion.cost, abs(suspicion.change), suspicion.change


def tell_rivals(search: Search, group: Collection[int]) -> bool:
    """Several changes mend the same ties equally well: one cause, all its figures.

    Where the fewest rivals are found for several ties, all are reported at once; ties that two of
    these causes would share are neither's, and left for later. False where no change mends more
    than it breaks.
    """
    moves = _moves(search, group)
    best = max((_rank(move) for move in moves), default=(0, 0))
    if best[0] <= 0 or search.looks > MOST:
        return False
    rivals = _by_tie([move for move in moves if _rank(move) == best]).values()
    fewest = min(map(len, rivals))
    alike = list(dict.fromkeys(tuple(found) for found in rivals if len(found) == fewest))
    mended = [frozenset.intersection(*(move.settled for move in found)) for found in alike]
    shares = Counter(tie for ties in mended for tie in ties)
    told = []
    for found, ties in zip(alike, mended, strict=True):
        ranked: dict[int, Suspicion] = {}
        for suspicion in sorted((_compared(search, move) for move in found), key=_oddness):
            ranked.setdefault(suspicion.figure, suspicion)
        told.append((frozenset(tie for tie in ties if shares[tie] == 1), tuple(ranked.values())))
    for ties, suspects in told:
        search.tell(ties, suspects)
        search.close(ties)
    return True


def _moves(search: Search, group: Collection[int]) -> list[Move]:
    """Every move of every figure that may be suspected in some ties; known ones are kept."""
    figures = {figure for tie in group for figure in search.board.members[tie]}
    figures = (figures & search.board.touching.keys()) - search.board.settled
    for figure in figures - search.moves.keys():
        search.moves[figure] = best_moves(search.board, figure, search.lost)
    return [move for figure in sorted(figures) for move in search.moves[figure]]


def _compared(search: Search, move: Move) -> Suspicion:
    return search.compared(search.suspect(move.figure, move.span))


def _rank(move: Move) -> tuple[int, int]:
    """How many ties fewer are broken afterwards, and how many it mends."""
    return move.gain, len(move.settled)


def give_up(search: Search, group: Collection[int]) -> None:
    """Tell each tie by itself, with the changes that break no more than they mend."""
    bounded = len(group) > MOST_BROKEN_TIES or search.looks > MOST
    moves = [] if bounded else _moves(search, group)
    how = Localisation.GIVEN_UP if bounded else Localisation.NONE
    for tie in sorted(group):
        able = [_compared(search, m) for m in moves if tie in m.settled and not m.gain]
        search.tell_alone(tie, sorted(able, key=lambda each: each.cost), how)
    search.close(group)
