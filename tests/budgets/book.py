"""A workbook as its author knows it: cells, how they are shown, and the ties that they must keep.

Figures are exact fractions. A tie computes the figure that it ends in; a *typed* book keeps that
figure as it is shown (what is added further on is the shown figure), a *live* one keeps formula and
full value, an *uncalculated* one the formula alone. Rows and columns count from 0.
"""

from __future__ import annotations

import random
from copy import copy
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

EXACT = Context(prec=40)


class Ref(NamedTuple):
    """The place of a cell: number of the sheet, row and column."""

    sheet: int
    row: int
    column: int

    @property
    def name(self) -> str:
        """The place within its sheet, as formulas write it."""
        return f"{letters(self.column)}{self.row + 1}"

    def by(self, rows: int = 0, columns: int = 0) -> Ref:
        """The place so many rows below and columns to the right."""
        return Ref(self.sheet, self.row + rows, self.column + columns)


def letters(column: int) -> str:
    """The name of a column: A, B, ... Z, AA."""
    above, last = divmod(column, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + last)


@dataclass(frozen=True, slots=True)
class Form:
    """How figures are shown: digits, separators, signs and what stands around them.

    ``percent`` figures are parts of one, shown in hundredths with their sign; ``code`` overrules
    the number format that a workbook gets for all this.
    """

    digits: int = 0
    group: str = ","
    decimal: str = "."
    percent: bool = False
    before: str = ""
    after: str = ""
    negative: str = "-"  # "-", "(": brackets, "_": minus behind, "CR"
    nil: str = ""  # how zero is shown, if not as a figure
    code: str = ""

    @property
    def quantum(self) -> Fraction:
        """The weight of the last digit shown."""
        return Fraction(1, 10 ** (self.digits + 2 * self.percent))

    def shown(self, value: Fraction) -> Fraction:
        """The value as far as it is shown: halves are rounded away from zero."""
        quanta = value / self.quantum
        whole = int(abs(quanta) + Fraction(1, 2))
        return (whole if quanta >= 0 else -whole) * self.quantum

    def text(self, value: Fraction) -> str:
        """The figure as it is printed."""
        shown = self.shown(value) * (100 if self.percent else 1)
        if not shown and self.nil:
            return self.nil
        digits = f"{decimal_of(abs(shown)):,.{self.digits}f}"
        digits = digits.replace(",", "\0").replace(".", self.decimal).replace("\0", self.group)
        digits = f"{self.before}{digits}{'%' if self.percent else ''}{self.after}"
        if shown >= 0:
            return digits
        return {"-": f"-{digits}", "(": f"({digits})", "_": f"{digits}-", "CR": f"{digits} CR"}[
            self.negative
        ]

    @property
    def number_format(self) -> str:
        """What a workbook shows the same by."""
        if self.code:
            return self.code
        body = "#,##0" if self.group else "0"
        body += "." + "0" * self.digits if self.digits else ""
        body += "%" if self.percent else ""
        body = (f'"{self.before}"' if self.before else "") + body
        body += f'"{self.after}"' if self.after else ""
        minus = {"-": f"-{body}", "(": f"({body})", "_": f"{body}-", "CR": f'{body}" CR"'}
        if self.nil:
            return f'{body};{minus[self.negative]};"{self.nil}"'
        return body if self.negative == "-" else f"{body};{minus[self.negative]}"


def decimal_of(value: Fraction) -> Decimal:
    """The fraction to 15 digits behind the point, which is more than a workbook stores."""
    quotient = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return quotient.quantize(Decimal(1).scaleb(-15), ROUND_HALF_UP, EXACT).normalize(EXACT)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, or a figure with its form; ``formula`` where it has one, ``stored`` if calculated."""

    text: str = ""
    value: Fraction | None = None
    form: Form = Form()
    formula: str = ""
    stored: bool = True
    bold: bool = False
    indent: int = 0

    @property
    def figure(self) -> Fraction:
        """What is shown; a text counts nothing."""
        return Fraction(0) if self.value is None else self.form.shown(self.value)

    @property
    def printed(self) -> str:
        """The text of the cell as the reader sees it."""
        return self.text if self.value is None else self.form.text(self.value)


Term = tuple[int, Ref]


@dataclass(frozen=True, slots=True)
class Tie:
    """result = scale x (sum of terms) x factors / (sum of ``over``)."""

    result: Ref
    terms: tuple[Term, ...]
    factors: tuple[Ref, ...] = ()
    over: tuple[Term, ...] = ()
    scale: Fraction = Fraction(1)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Every place that the tie names, the result first."""
        return (
            self.result,
            *(ref for _, ref in (*self.terms, *self.over)),
            *self.factors,
        )

    @property
    def kind(self) -> str:
        """A quotient, a product or a sum."""
        return "quotient" if self.over else "product" if self.is_product else "sum"

    @property
    def is_product(self) -> bool:
        """Whether a factor stands in a cell or in words."""
        return bool(self.factors) or self.scale != 1


class Mode(StrEnum):
    """What stands in the cells that ties compute."""

    TYPED = "typed"
    LIVE = "live"
    UNCALCULATED = "uncalculated"


@dataclass(slots=True)
class Sheet:
    """One sheet: its name, its cells by place, and the spans that are merged."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[Ref, Ref]] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """Sheets and ties, written one after the other; ``drifts`` where sums were rounded apart."""

    name: str
    mode: Mode = Mode.TYPED
    drifts: bool = False
    sheets: list[Sheet] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    full: dict[Ref, Fraction] = field(default_factory=dict)

    @property
    def rng(self) -> random.Random:
        """Chance of this book alone: the same on every machine and on every day."""
        return random.Random(self.name)

    def add_sheet(self, name: str) -> Ref:
        """Begin a sheet; its first cell."""
        self.sheets.append(Sheet(name))
        return Ref(len(self.sheets) - 1, 0, 0)

    def cell(self, ref: Ref) -> Cell:
        """What stands at a place."""
        return self.sheets[ref.sheet].cells.get((ref.row, ref.column), Cell())

    def put(self, ref: Ref, cell: Cell) -> Ref:
        """Write a cell."""
        self.sheets[ref.sheet].cells[ref.row, ref.column] = cell
        return ref

    def text(self, ref: Ref, text: str, *, bold: bool = False, indent: int = 0) -> Ref:
        """Write a text."""
        return self.put(ref, Cell(text, bold=bold, indent=indent)) if text else ref

    def line(self, ref: Ref, texts: Sequence[str], *, bold: bool = False) -> Ref:
        """Write texts side by side; the place below the first."""
        for at, text in enumerate(texts):
            self.text(ref.by(columns=at), text, bold=bold)
        return ref.by(rows=1)

    def merge(self, first: Ref, last: Ref) -> None:
        """Make one cell of a span."""
        self.sheets[first.sheet].merged.append((first, last))

    def figure(self, ref: Ref, value: Fraction | int | str, form: Form) -> Ref:
        """Write a figure that somebody typed."""
        exact = Fraction(value)
        self.full[ref] = exact
        return self.put(ref, Cell(value=exact if self.keeps else form.shown(exact), form=form))

    @property
    def keeps(self) -> bool:
        """Whether cells keep more digits than they show."""
        return self.mode is not Mode.TYPED

    def sum(self, result: Ref, terms: Iterable[Ref | Term], form: Form) -> Ref:
        """Write the sum of cells."""
        return self.derive(Tie(result, with_signs(terms)), form)

    def derive(self, tie: Tie, form: Form, *, bold: bool = False) -> Ref:
        """Write what a tie computes."""
        value = self.computed(tie)
        self.full[tie.result] = value
        formula = "" if self.mode is Mode.TYPED else formula_of(tie, self.sheets)
        cell = Cell(
            value=value if self.keeps else form.shown(value),
            form=form,
            formula=formula,
            stored=self.mode is not Mode.UNCALCULATED,
            bold=bold,
        )
        self.ties.append(tie)
        return self.put(tie.result, cell)

    def also(self, result: Ref, terms: Iterable[Ref | Term]) -> None:
        """Note a sum that holds, too, of a figure that another tie has computed."""
        self.ties.append(Tie(result, with_signs(terms)))

    def computed(self, tie: Tie) -> Fraction:
        """What a tie makes of the cells: of those shown, or of full values where sums drift."""

        def value(ref: Ref) -> Fraction:
            if self.drifts and not self.keeps:
                return self.full.get(ref, Fraction(0))
            return self.cell(ref).value or Fraction(0)

        return evaluated(tie, value)

    def copy(self) -> Book:
        """The same book, to be changed."""
        sheets = [replace(sheet, cells=dict(sheet.cells)) for sheet in self.sheets]
        other = copy(self)
        other.sheets, other.ties, other.full = sheets, list(self.ties), dict(self.full)
        return other

    def recalculate(self, keep: Collection[Ref] = ()) -> None:
        """Let every formula but those at ``keep`` give its new value."""
        settled = set(keep)
        for tie in self.ties:
            cell = self.cell(tie.result)
            if cell.formula and tie.result not in settled:
                self.put(tie.result, replace(cell, value=self.computed(tie)))
            settled.add(tie.result)  # ties that hold as well compute nothing


def with_signs(terms: Iterable[Ref | Term]) -> tuple[Term, ...]:
    """Terms with their signs; a place alone is added."""
    return tuple((1, term) if isinstance(term, Ref) else term for term in terms)


def evaluated(tie: Tie, value: Callable[[Ref], Fraction]) -> Fraction:
    """What the tie computes; a quotient over nothing is nil."""
    result = tie.scale * sum((sign * value(ref) for sign, ref in tie.terms), Fraction(0))
    for factor in tie.factors:
        result *= value(factor)
    if tie.over:
        below = sum((sign * value(ref) for sign, ref in tie.over), Fraction(0))
        return result / below if below else Fraction(0)
    return result


def formula_of(tie: Tie, sheets: Sequence[Sheet]) -> str:
    """The tie as a formula of its result's cell."""
    upper = _added(tie.terms, tie.result, sheets)
    compound = len(tie.terms) > 1 and not upper.startswith("SUM(")
    if compound and (tie.factors or tie.over or tie.scale != 1):
        upper = f"({upper})"
    upper += "".join(f"*{_name(factor, tie.result, sheets)}" for factor in tie.factors)
    if tie.scale != 1:
        upper += f"*{decimal_of(tie.scale):f}"
    if tie.over:
        lower = _added(tie.over, tie.result, sheets)
        lower = f"({lower})" if len(tie.over) > 1 else lower
        return f"IF({lower}=0,0,{upper}/{lower})"
    return upper


def _added(terms: Sequence[Term], home: Ref, sheets: Sequence[Sheet]) -> str:
    """Neighbours below or beside each other as a range, everything else term by term."""
    refs = [ref for _, ref in terms]
    if len(refs) > 2 and all(sign == 1 for sign, _ in terms):
        runs = _runs(refs)
        if len(runs) < len(refs):
            return f"SUM({','.join(_range(run, home, sheets) for run in runs)})"
    text = "".join(f"{'+' if sign > 0 else '-'}{_name(r, home, sheets)}" for sign, r in terms)
    return text.removeprefix("+")


def _runs(refs: Sequence[Ref]) -> list[list[Ref]]:
    runs: list[list[Ref]] = []
    for ref in refs:
        run = runs[-1] if runs else []
        steps = {ref.by(rows=-1), ref.by(columns=-1)} if len(run) < 2 else {_behind(ref, run)}
        if run and run[-1] in steps:
            run.append(ref)
        else:
            runs.append([ref])
    return runs


def _behind(ref: Ref, run: Sequence[Ref]) -> Ref:
    step = run[-1].row - run[-2].row, run[-1].column - run[-2].column
    return ref.by(-step[0], -step[1])


def _range(run: Sequence[Ref], home: Ref, sheets: Sequence[Sheet]) -> str:
    first = _name(run[0], home, sheets)
    return first if len(run) == 1 else f"{first}:{run[-1].name}"


def _name(ref: Ref, home: Ref, sheets: Sequence[Sheet]) -> str:
    if ref.sheet == home.sheet:
        return ref.name
    name = sheets[ref.sheet].name.replace("'", "''")
    return f"'{name}'!{ref.name}"
