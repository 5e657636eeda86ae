"""Cut the end of a printed line into figures: all sensible ways, each with its price.

Two neighbouring atoms can be one figure when a group of exactly three digits follows one to three
digits. Each such pair has a price for joining and one for parting, drawn from the print alone: the
width of the gap, brackets, leading zeros, decimals. The prices of different pairs do not depend on
each other, so the cheapest cuts are found by sorting, however long the line is. Numbers that end a
row label, such as "Subprogramme 2", are taken off first, all lines of a table weighed together.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, islice, takewhile
from typing import TYPE_CHECKING

from unbudget_check.notation.figures import WordKind
from unbudget_check.notation.years import is_year
from unbudget_check.readers.text.words import has_open_bracket, spaces_thousands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.readers.text.pages import Textline
    from unbudget_check.readers.text.words import Atom


LIMIT = 32  # equal cuts that are looked at for one row
WIDE_GAP_BLANKS = 2  # blanks from which a gap is wide
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

_DIGITS = frozenset({WordKind.FIGURE, WordKind.TORN, WordKind.LOOKALIKE})
Span = tuple[int, int]  # first and last atom of one figure

LARGEST_LABEL_NUMBER = 99
LONG_LABEL = 30  # characters from which a label with a colon is a text
MOST_SKIPPED = 3  # atoms at the front that may belong to the label
# A label does not end so: the number that follows is part of it, as in "Subtotal, 1".
_OPEN_ENDS = (",", "，", "、", "/", "&")

# Figures that a line must have before it counts as a row whose columns are not known yet.
VOTES = 2

MOST_BLANKS = 2  # blank cells in one row that sums can still place
BLANK = 6  # the price of a blank cell, beside the prices of the cuts
CLEARLY = 20  # a reading that is cheaper by so much leaves no choice
_PART = re.compile(r"[(（]\d[)）]")

Places = tuple[Span | None, ...]


@dataclass(frozen=True, slots=True)
class AtomPair:
    """Atom ``at`` and the next one: what it costs to join them, above what parting them costs."""

    at: int
    price: int


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of one printed line, with the pairs that may be joined regularly or at a pinch."""

    atoms: tuple[Atom, ...]
    regular: tuple[AtomPair, ...]
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
    wide_rule = len(forced) > 1 and min(forced) >= WIDE_GAP_BLANKS
    # Where such blanks also stand between figures that cannot be one, they bind nothing.
    binds = 0 not in forced
    regular = []
    for at in joinable:
        price = _joining(atoms[at + 1], spaced=spaced)
        price -= _parting(atoms, at, has_decimals=has_decimals, wide_rule=wide_rule)
        price -= BOUND if binds and atoms[at + 1].gap == 0 else 0
        regular.append(AtomPair(at, price))
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
    price = ACROSS_WIDE_GAP if right.gap >= WIDE_GAP_BLANKS else 0
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
    if wide_rule and right.gap < WIDE_GAP_BLANKS:
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
    is_begun = left.carries or left.kind is WordKind.TORN
    return both and is_begun and right.gap < WIDE_GAP_BLANKS and not right.opened


def _spans(tail: Tail, skip: int, joined: set[int]) -> tuple[Span, ...]:
    spans = []
    first = skip
    for at in range(skip, len(tail.atoms)):
        if at not in joined:
            spans.append((first, at))
            first = at + 1
    return tuple(spans)


def atoms_of_label(label: str, atoms: Sequence[Atom], *, spaced: bool) -> int:
    """How many of the first atoms belong to the label, by print alone.

    A bracket that the label opens is closed by them; a number follows a comma. A year that follows
    words belongs to them, too, where thousands are spaced: 2 025 would be a figure.
    """
    if not label or not atoms:
        return 0
    if has_open_bracket(label):
        ends = [at for at, atom in enumerate(atoms[:-1]) if atom.closed and not atom.opened]
        return ends[0] + 1 if ends and ends[0] < MOST_SKIPPED else 0
    if len(atoms) == 1 or atoms[0].kind is not WordKind.FIGURE:
        return 0
    is_text = len(label) > LONG_LABEL and label.endswith((":", "："))
    if is_text and any(atom.decimals > 0 for atom in atoms):
        # "Number of sessions: 1" among amounts with decimals.
        return int(is_small_number(atoms[0]))
    if label.endswith(_OPEN_ENDS):
        return int(is_small_number(atoms[0]))
    return int(spaced and is_year(atoms[0].text))


def is_small_number(atom: Atom) -> bool:
    """Whether an atom is a number such as labels end in."""
    return atom.text.isdecimal() and int(atom.text) <= LARGEST_LABEL_NUMBER


def numbers_in_labels(
    labels: Sequence[str], tails: Sequence[Tail], headed: Iterable[int]
) -> frozenset[int]:
    """The rows whose first atom counts labels that are otherwise the same: 1, 2, 3, ...

    Only where these rows have one figure more than the others or than the headings allow.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for at, (label, tail) in enumerate(zip(labels, tails, strict=True)):
        if label and _count(tail) is not None:
            groups[label].append(at)
    found: set[int] = set()
    for members in groups.values():
        counts = [_count(tails[at]) or 0 for at in members]
        if len(members) > 1 and counts == list(range(counts[0], counts[0] + len(counts))):
            others = [tail for at, tail in enumerate(tails) if at not in members]
            if _is_one_too_many([tails[at] for at in members], others, headed):
                found.update(members)
    return frozenset(found)


def _count(tail: Tail) -> int | None:
    """The small whole number that a tail begins with."""
    first = tail.atoms[0]
    return int(first.text) if is_small_number(first) and len(tail.atoms) > 1 else None


def _is_one_too_many(
    members: Sequence[Tail], others: Sequence[Tail], headed: Iterable[int]
) -> bool:
    """Whether the rows fit the headings, or the other rows, only without their first atom."""
    fewest, most = min(t.fewest for t in members), max(t.most for t in members)
    counts = set(headed)
    if any(most - 1 == count for count in counts) and most not in counts:
        return True
    if any(tail.most >= most for tail in others) or not others:
        return False
    return any(tail.fewest <= most - 1 <= tail.most for tail in others) and fewest > 1


def weigh_tails(
    body: Sequence[Textline], atoms: Sequence[tuple[Atom, ...]], counts: Sequence[int]
) -> list[Tail | None]:
    """The tails with the prices of their cuts, numbers that end labels taken off."""
    spaced = spaces_thousands([tail for tail in atoms if len(tail) >= VOTES])
    own = [
        tail[atoms_of_label(textline.text[: tail[0].start].strip(), tail, spaced=spaced) :]
        if tail
        else tail
        for textline, tail in zip(body, atoms, strict=True)
    ]
    tails = [weigh(tail, spaced=spaced) if tail else None for tail in own]
    at_rows = [at for at, tail in enumerate(tails) if tail is not None and len(tail.atoms) >= VOTES]
    labels = [body[at].text[: own[at][0].start].strip() for at in at_rows]
    numbered = numbers_in_labels(labels, [t for at in at_rows if (t := tails[at])], counts)
    for position in numbered:
        tails[at_rows[position]] = weigh(own[at_rows[position]][1:], spaced=spaced)
    return tails


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
class SettledRow:
    """One row cut into columns; its first ``skipped`` atoms belong to the label.

    ``chosen`` says that sums decided among equal readings, ``doubtful`` that nothing could.
    """

    places: Places
    skipped: int = 0
    chosen: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class RowCut:
    """One way to cut a row: atoms left to the label, figures, and how many cells are blank.

    ``is_strained`` where it joins digits that print keeps apart.
    """

    skipped: int
    figures: tuple[Span, ...]
    blanks: int
    is_strained: bool = False


def readings_of_row(row: PrintedRow, count: int, usual: int | None) -> list[RowCut]:
    """The cheapest readings of one row; several where print leaves the choice open."""
    offers = list(_offers(row, count, usual))
    best = min((price for price, _, _ in offers), default=0)
    readings = (
        RowCut(cuts.skip, figures, blanks, ACROSS_WIDE_GAP <= cuts.price < IRREGULAR)
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
