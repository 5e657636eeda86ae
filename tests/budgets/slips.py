"""Plants one error in a book, and knows whether a second statement shows it.

In typed books a figure is replaced, and a tie through it must break by more than the digits that
its figures do not show. In books with formulas a figure is typed over one, a row is left out of a
sum, or an item is changed and nothing calculated again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from tests.budgets.book import Book, Mode, Ref, Tie, evaluated, formula_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Slip:
    """One planted error: its kind, its cell, and what is printed there before and after.

    ``shown_by`` are the cells of which one must be named: its own, and for an item that was changed
    under formulas that were not calculated again, those formulas.
    """

    kind: str
    at: Ref
    was: str
    now: str
    shown_by: tuple[Ref, ...] = ()

    @property
    def places(self) -> tuple[Ref, ...]:
        """The cells of which one must be named."""
        return self.shown_by or (self.at,)

    @property
    def name(self) -> str:
        """How lists of known gaps call it."""
        return f"{self.kind} {self.at.sheet + 1}!{self.at.name} {self.was} -> {self.now}"


def planted(book: Book, rng: random.Random, count: int) -> list[tuple[Slip, Book]]:
    """Copies of the book, each with another error that a second statement shows."""
    kinds = [_shown_slips] if book.mode is Mode.TYPED else [_left_out, _typed_over]
    if book.mode is Mode.LIVE:
        kinds.append(_stale)
    chosen: dict[Slip, Book] = {}
    for at in range(count):
        slip, other = next(kinds[at % len(kinds)](book, rng), (None, book))
        if slip is not None:
            chosen[slip] = other
    return list(chosen.items())


def _shown_slips(book: Book, rng: random.Random) -> Iterator[tuple[Slip, Book]]:
    ties = _ties_of(book)
    refs = sorted(ties)
    rng.shuffle(refs)
    for ref in refs:
        cell = book.cell(ref)
        if cell.value is None or not cell.figure:
            continue
        for kind, value in _changed(cell.figure, cell.form.quantum, rng):
            other = book.copy()
            text = "–" if value is None else ""
            other.put(ref, replace(cell, value=value, text=text))
            if any(breaks(other, tie) for tie in ties[ref]):
                name = _named(kind, ref, ties[ref])
                yield Slip(name, ref, cell.printed, other.cell(ref).printed), other
                break


def _named(kind: str, ref: Ref, ties: list[Tie]) -> str:
    """What a slip is called: a wrong product and a wrong percentage by what they were."""
    computed = [tie.kind for tie in ties if tie.result == ref]
    return {"product": "product", "quotient": "percentage"}.get((computed or [""])[0], kind)


def _ties_of(book: Book) -> dict[Ref, list[Tie]]:
    ties: dict[Ref, list[Tie]] = {}
    for tie in book.ties:
        for ref in tie.refs:
            ties.setdefault(ref, []).append(tie)
    return ties


def _changed(
    figure: Fraction, quantum: Fraction, rng: random.Random
) -> list[tuple[str, Fraction | None]]:
    """A figure with a slip of each kind, in chance order; None is a dash."""
    quanta = int(figure / quantum)
    digits = str(abs(quanta))
    sign = -1 if quanta < 0 else 1
    slips: list[tuple[str, Fraction | None]] = [("dash", None)]
    if sign < 0:
        slips.append(("sign", -figure))
    at = rng.randrange(len(digits))
    other = rng.choice([d for d in "123456789" if d != digits[at]])
    slips.append(("digit", Fraction(sign * int(digits[:at] + other + digits[at + 1 :])) * quantum))
    swaps = [
        i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")
    ]
    if swaps:
        i = rng.choice(swaps)
        text = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        slips.append(("transposed", Fraction(sign * int(text)) * quantum))
    rng.shuffle(slips)
    return slips


def breaks(book: Book, tie: Tie) -> bool:
    """Whether the tie fails beyond what digits that are not shown may explain.

    What is shown and what was meant differ by half a quantum in figures that were rounded, by
    nothing in those that were typed as they are meant.
    """

    def bound(ref: Ref, side: int) -> Fraction:
        cell = book.cell(ref)
        rounded = book.full.get(ref, cell.figure) != cell.figure
        half = cell.form.quantum / 2 if rounded and cell.value is not None else Fraction(0)
        return cell.figure + side * half

    def moved(one: Ref, ref: Ref) -> Fraction:
        return bound(ref, int(ref == one))

    shown = book.cell(tie.result)
    exact = evaluated(tie, lambda ref: bound(ref, 0))
    margin = shown.form.quantum / 2
    for one in {*tie.refs} - {tie.result}:
        margin += abs(evaluated(tie, partial(moved, one)) - exact)
    if book.mode is Mode.TYPED and not book.drifts and tie.kind == "sum":
        margin = Fraction(0)
    return abs(shown.figure - exact) > margin


def _left_out(book: Book, rng: random.Random) -> Iterator[tuple[Slip, Book]]:
    """The first or the last row is missing in a range, and everything was calculated again."""
    ties = [
        (number, tie)
        for number, tie in enumerate(book.ties)
        if tie.kind == "sum"
        and book.cell(tie.result).formula.startswith("SUM(")
        and book.cell(tie.result).formula.count(":") == 1
        and "," not in book.cell(tie.result).formula
        and len(tie.terms) > 3
        and "!" not in book.cell(tie.result).formula
    ]
    rng.shuffle(ties)
    for number, tie in ties:
        if not _is_own(book, number):
            continue
        at = rng.choice((0, -1))
        if not book.cell(tie.terms[at][1]).figure:
            continue
        terms = tie.terms[1:] if at == 0 else tie.terms[:-1]
        other = book.copy()
        other.ties[number] = replace(tie, terms=terms)
        cell = book.cell(tie.result)
        formula = formula_of(other.ties[number], other.sheets)
        other.put(tie.result, replace(cell, formula=formula))
        other.recalculate()
        yield Slip("row left out", tie.result, cell.formula, formula), other


def _is_own(book: Book, number: int) -> bool:
    """Whether this is the tie by which its result was computed."""
    result = book.ties[number].result
    return not any(tie.result == result for tie in book.ties[:number])


def _typed_over(book: Book, rng: random.Random) -> Iterator[tuple[Slip, Book]]:
    """A number with a slip stands where a formula was; what depends on it was calculated again."""
    numbers = [number for number in range(len(book.ties)) if _is_own(book, number)]
    rng.shuffle(numbers)
    for number in numbers:
        tie = book.ties[number]
        cell = book.cell(tie.result)
        if not cell.formula or cell.value is None or not cell.figure:
            continue
        for _, value in _changed(cell.figure, cell.form.quantum, rng):
            if value is None:
                continue
            other = book.copy()
            other.put(tie.result, replace(cell, value=value, formula="", stored=True))
            if breaks(other, tie):
                other.recalculate()
                yield Slip("typed over", tie.result, cell.printed, cell.form.text(value)), other
                break


def _stale(book: Book, rng: random.Random) -> Iterator[tuple[Slip, Book]]:
    """An item was changed, and what depends on it was not calculated again."""
    for slip, other in _shown_slips(book, rng):
        if not book.cell(slip.at).formula and slip.kind != "dash":
            formulas = [tie.result for tie in book.ties if slip.at in tie.refs]
            yield replace(slip, kind="stale", shown_by=(slip.at, *formulas)), other
