"""All sensible ways to cut the end of a printed line into a known number of figures.

Two neighbouring atoms can be one figure when a group of exactly three digits follows one to three
digits. Each such pair has a price for joining and one for parting, drawn from the print alone: the
width of the gap, brackets, leading zeros, decimals. The prices of different pairs do not depend on
each other, so the cheapest cuts are found by sorting, however long the line is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING

from unbudget_check.readers.text_words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.readers.text_words import Atom

LIMIT = 32  # equal cuts that are looked at for one row
WIDE = 2  # blanks from which a gap is wide
MOST_ATOMS = 400  # a longer tail is no row of a table

# Prices; only their order matters. The larger ones are as good as proof.
ACROSS_WIDE_GAP = 30
LEADING_ZERO = 30
TORN_BRACKET = 40
UNSPACED = 20
BOUND = 8  # a typesetter's blank binds the digits
WHOLE_AMONG_DECIMALS = 10
NARROW_AMONG_WIDE = 3
IRREGULAR = 100  # joined although the digits are not grouped by three

_DIGITS = frozenset({Kind.FIGURE, Kind.TORN, Kind.LOOKALIKE})
Span = tuple[int, int]  # first and last atom of one figure


@dataclass(frozen=True, slots=True)
class Pair:
    """Atom ``at`` and the next one: what it costs to join them, above what parting them costs."""

    at: int
    price: int


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of one printed line, with the pairs that may be joined regularly or at a pinch."""

    atoms: tuple[Atom, ...]
    regular: tuple[Pair, ...]
    irregular: tuple[int, ...]

    @property
    def fewest(self) -> int:
        """How many figures there are if every pair is joined that print does not part."""
        return len(self.atoms) - sum(pair.price <= 0 for pair in self.regular)

    @property
    def most(self) -> int:
        """How many figures there are if only those pairs are joined that print binds."""
        return len(self.atoms) - sum(pair.price < 0 for pair in self.regular)


@dataclass(frozen=True, slots=True)
class Cuts:
    """The cheapest cuts of a tail into one number of figures, and their common price.

    The pairs in ``sure`` are joined in all of them; of those in ``equal`` any ``some``.
    """

    price: int
    tail: Tail
    skip: int
    sure: tuple[int, ...]
    equal: tuple[int, ...]
    some: int

    def spans(self) -> Iterator[tuple[Span, ...]]:
        """Each of the cuts, up to a limit: the first and last atom of every figure."""
        for chosen in islice(combinations(self.equal, self.some), LIMIT):
            yield _spans(self.tail, self.skip, {*self.sure, *chosen})


def weigh(atoms: Sequence[Atom], *, spaced: bool) -> Tail:
    """The tail with the price of every join; ``spaced`` where blanks set thousands apart."""
    atoms = tuple(atoms[-MOST_ATOMS:])
    has_decimals = any(atom.decimals > 0 for atom in atoms)
    joinable = [at for at in range(len(atoms) - 1) if atoms[at].carries and atoms[at + 1].groups]
    free = set(joinable)
    forced = [atoms[at + 1].gap for at in range(len(atoms) - 1) if at not in free]
    wide_rule = len(forced) > 1 and min(forced) >= WIDE
    # Where such blanks also stand between figures that cannot be one, they bind nothing.
    binds = 0 not in forced
    regular = []
    for at in joinable:
        price = _joining(atoms[at + 1], spaced=spaced)
        price -= _parting(atoms, at, has_decimals=has_decimals, wide_rule=wide_rule)
        price -= BOUND if binds and atoms[at + 1].gap == 0 else 0
        regular.append(Pair(at, price))
    irregular = tuple(at for at in range(len(atoms) - 1) if at not in free and _torn(atoms, at))
    return Tail(atoms, tuple(regular), irregular)


def cut(tail: Tail, skip: int, count: int) -> Cuts | None:
    """The cheapest ways to read all but the first ``skip`` atoms as ``count`` figures, if any."""
    joins = len(tail.atoms) - skip - count
    if joins < 0 or count < 1:
        return None
    pairs = sorted(
        (pair for pair in tail.regular if pair.at >= skip), key=lambda p: (p.price, p.at)
    )
    missing = joins - len(pairs)
    if missing > 0:
        return _cut_irregularly(tail, skip, missing)
    price = sum(pair.price for pair in pairs[:joins])
    edge = pairs[joins - 1].price if joins else 0
    sure = [pair.at for pair in pairs if joins and pair.price < edge]
    equal = [pair.at for pair in pairs if joins and pair.price == edge]
    return Cuts(price, tail, skip, tuple(sure), tuple(equal), joins - len(sure))


def _cut_irregularly(tail: Tail, skip: int, missing: int) -> Cuts | None:
    """Every regular pair is joined, and ``missing`` others that look like one torn figure."""
    others = [at for at in tail.irregular if at >= skip]
    if missing > min(len(others), 1):
        return None
    regular = [pair for pair in tail.regular if pair.at >= skip]
    sure = tuple(pair.at for pair in regular)
    price = IRREGULAR + sum(pair.price for pair in regular)
    return Cuts(price, tail, skip, sure, tuple(others), missing)


def _joining(right: Atom, *, spaced: bool) -> int:
    price = ACROSS_WIDE_GAP if right.gap >= WIDE else 0
    return price + (0 if spaced else UNSPACED)


def _parting(atoms: Sequence[Atom], at: int, *, has_decimals: bool, wide_rule: bool) -> int:
    left, right = atoms[at], atoms[at + 1]
    price = 0
    if right.text[:1] == "0" and right.text[1:2].isdigit():
        price += LEADING_ZERO
    if (left.opened or right.closed) and _is_opened(atoms, at):
        price += TORN_BRACKET
    if has_decimals and left.decimals == 0:
        price += WHOLE_AMONG_DECIMALS
    if wide_rule and right.gap < WIDE:
        price += NARROW_AMONG_WIDE
    return price


def _is_opened(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a bracket was opened in this atom, or in the digits right before it."""
    while at > 0 and not atoms[at].opened and atoms[at - 1].carries:
        at -= 1
    return atoms[at].opened


def _torn(atoms: Sequence[Atom], at: int) -> bool:
    """Whether two neighbours look like one figure with a digit too few or a stray blank."""
    left, right = atoms[at], atoms[at + 1]
    both = left.kind in _DIGITS and right.kind in _DIGITS
    is_begun = left.carries or left.kind is Kind.TORN
    return both and is_begun and right.gap < WIDE and not right.opened


def _spans(tail: Tail, skip: int, joined: set[int]) -> tuple[Span, ...]:
    spans = []
    first = skip
    for at in range(skip, len(tail.atoms)):
        if at not in joined:
            spans.append((first, at))
            first = at + 1
    return tuple(spans)
