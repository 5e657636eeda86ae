"""Lays out a tree of rows under columns, as every budget does in its own way.

A tree is an indented text, its first line the whole: ``code | label``, ``~`` before a label that is
subtracted. A column is typed, or computed from the columns beside it; each says whether its totals
add up the rows or are computed like the items.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict

from tests.budgets.book import Book, Form, Ref, Term, Tie

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Unpack

LOCALES = {  # group and decimal separators as each language prints them
    "en": (",", "."), "zh": (",", "."), "ja": (",", "."), "es": (".", ","), "fr": (" ", ","),
    "de": (".", ","), "it": (".", ","), "pt": (".", ","), "ru": (" ", ","), "uk": (" ", ","),
    "kk": (" ", ","), "ar": (",", "."), "nl": (".", ","), "pl": (" ", ","), "sv": (" ", ","),
    "tr": (".", ","),
}  # fmt: skip


class Marks(TypedDict, total=False):
    """Fields of a form that a language does not settle."""

    before: str
    after: str
    negative: str
    nil: str
    code: str


def money(language: str, digits: int = 0, **marks: Unpack[Marks]) -> Form:
    """Amounts in the style of a language."""
    return Form(digits, *LOCALES[language], **marks)


def percent(language: str, digits: int = 1) -> Form:
    """Parts of one shown as per cent."""
    return Form(digits, *LOCALES[language], percent=True)


@dataclass(frozen=True, slots=True)
class Node:
    """A row of a tree with the rows that it adds up."""

    label: str
    code: str = ""
    sign: int = 1
    parts: tuple[Node, ...] = ()

    def leaves(self) -> Iterator[Node]:
        """The rows that add up nothing."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def tree(text: str) -> Node:
    """A tree from its indented text."""
    lines = [line for line in text.splitlines() if line.strip()]
    nodes = _nodes(lines, 0)
    if len(nodes) != 1:
        message = f"not one tree: {text!r}"
        raise ValueError(message)
    return nodes[0]


def _nodes(lines: Sequence[str], depth: int) -> tuple[Node, ...]:
    indents = [len(line) - len(line.lstrip()) for line in lines]
    if not lines:
        return ()
    starts = [at for at, indent in enumerate(indents) if indent == indents[0]]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        code, _, label = lines[start].strip().rpartition("|")
        label = label.strip()
        sign = -1 if label.startswith("~") else 1
        parts = _nodes(lines[start + 1 : end], depth + 1)
        found.append(Node(label.lstrip("~"), code.strip(), sign, parts))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: typed between ``low`` and ``high``, or computed.

    ``like`` is the number of a column whose figures it follows, within ``spread`` per cent;
    ``adds`` are signed numbers of columns, from 1; ``times`` columns that are multiplied;
    ``growth`` is new and old; ``share`` the column of which each row is a share of the whole;
    ``part`` and ``whole`` the two of a quotient. Totals of quotients are quotients, and those of
    typed factors are left empty where ``sums`` is off.
    """

    heading: str
    form: Form
    low: int = 1
    high: int = 0
    like: int = 0
    spread: int = 12
    step: str = "1"
    nil: int = 0  # per cent of figures that are zero
    adds: tuple[int, ...] = ()
    times: tuple[int, ...] = ()
    quotients: bool = False  # quotients that are amounts: their totals add up
    scale: Fraction = Fraction(1)
    growth: tuple[int, int] = (0, 0)
    ratio: tuple[int, int] = (0, 0)
    share: int = 0
    sums: bool = True
    texts: str = ""  # a column of texts: "code", "number", or the words themselves by "|"


@dataclass(slots=True)
class Placed:
    """Where the rows of a laid-out table stand, by label, and its figures."""

    top: Ref
    below: Ref
    rows: dict[str, int] = field(default_factory=dict)
    offset: int = 1

    def at(self, label: str, column: int) -> Ref:
        """The figure of a row in a column; columns count from 1."""
        return Ref(self.top.sheet, self.rows[label], self.top.column + self.offset + column - 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a tree becomes rows.

    ``totals`` stand "below" their parts or "above" them; ``subtotal`` words a total below,
    ``gap`` leaves an empty row behind every block, ``codes`` heads a column of codes before the
    labels ("" for none), ``numbered`` counts the rows in it, ``indent`` moves labels to the right
    by level, ``bare`` prints no headings. ``whole`` is off where the root is no row.
    """

    totals: str = "below"
    subtotal: str = "{}"
    gap: bool = False
    codes: str = ""
    numbered: bool = False
    indent: bool = True
    heading: str = ""
    whole: bool = True
    heads: tuple[str, ...] = ()


def lay_out(
    book: Book, top: Ref, rows: Node, columns: Sequence[Column], layout: Layout = Layout()
) -> Placed:
    """Write a table; where its rows stand."""
    offset = 2 if layout.codes else 1
    headings = [layout.codes] * bool(layout.codes) + [layout.heading]
    at = top
    for extra in layout.heads:
        at = book.line(at, extra.split("|"), bold=True)
    at = book.line(at, [*headings, *(column.heading for column in columns)], bold=True)
    placed = Placed(top, at, offset=offset)
    work = _Work(book, placed, columns, layout, book.rng)
    work.rng.seed(f"{book.name} {top} {rows.label}")
    work.place(rows, 0, is_root=True)
    work.fill(rows)
    return placed


@dataclass(slots=True)
class _Work:
    """What is under way while a table is laid out."""

    book: Book
    placed: Placed
    columns: Sequence[Column]
    layout: Layout
    rng: random.Random
    count: int = 0

    def place(self, node: Node, depth: int, *, is_root: bool = False) -> None:
        """Give every row its place and write its label."""
        above = self.layout.totals == "above"
        hidden = is_root and not self.layout.whole
        indent = max(0, depth - 1) if self.layout.indent else 0
        if not node.parts:
            self.write(node.label, node.label, node.code, indent)
            return
        if above and not hidden:
            self.write(node.label, node.label, node.code, indent, bold=True)
        elif not above and not is_root:
            self.write(node.label, node.label, node.code, indent, bold=True, has_figures=False)
        for part in node.parts:
            self.place(part, depth + 1)
        if not above and not hidden:
            words = node.label if is_root else self.layout.subtotal.format(node.label)
            self.write(node.label, words, "", indent, bold=True)
        if self.layout.gap and not is_root:
            self.placed.below = self.placed.below.by(rows=1)

    def write(
        self,
        key: str,
        words: str,
        code: str,
        indent: int,
        *,
        bold: bool = False,
        has_figures: bool = True,
    ) -> None:
        """Write one label."""
        at = self.placed.below
        if has_figures:
            self.placed.rows[key] = at.row
            self.count += 1
        if self.layout.codes:
            self.book.text(at, str(self.count) if self.layout.numbered else code)
            at = at.by(columns=1)
        self.book.text(at, words, bold=bold, indent=indent)
        self.placed.below = self.placed.below.by(rows=1)

    def fill(self, root: Node) -> None:
        """Write every figure, column by column; computed columns find their own before them."""
        for number, column in enumerate(self.columns, start=1):
            if column.texts:
                words = column.texts.split("|")
                for at, label in enumerate(self.placed.rows):
                    self.book.text(self.placed.at(label, number), words[at % len(words)])
            else:
                self.fill_column(root, root, number, column)

    def fill_column(self, node: Node, root: Node, number: int, column: Column) -> None:
        """Write a row in one column, after its parts."""
        for part in node.parts:
            self.fill_column(part, root, number, column)
        if node.label not in self.placed.rows:
            return
        place = self.placed.at(node.label, number)
        by_row = self.by_row(node, root, number, column)
        is_sum = bool(node.parts) and by_row is not None
        if node.parts and not _is_quotient(column):
            if column.sums:
                parts = [(part.sign, self.placed.at(part.label, number)) for part in node.parts]
                self.book.sum(place, parts, column.form)
                if is_sum and by_row is not None and not column.times and not column.quotients:
                    self.book.ties.append(by_row)
        elif by_row is not None:
            self.book.derive(by_row, column.form)
        else:
            self.book.figure(place, self.drawn(node, column), column.form)

    def by_row(self, node: Node, root: Node, number: int, column: Column) -> Tie | None:
        """What the columns beside it make of a figure."""
        label, place = node.label, self.placed.at(node.label, number)

        def beside(other: int) -> Ref:
            return self.placed.at(label, other)

        if column.adds:
            terms: tuple[Term, ...] = tuple(
                (1 if other > 0 else -1, beside(abs(other))) for other in column.adds
            )
            return Tie(place, terms, scale=column.scale)
        if column.times:
            first, *others = map(beside, column.times)
            return Tie(place, ((1, first),), tuple(others), scale=column.scale)
        if any(column.growth):
            new, old = map(beside, column.growth)
            return Tie(place, ((1, new), (-1, old)), over=((1, old),), scale=column.scale)
        if any(column.ratio):
            part, whole = map(beside, column.ratio)
            return Tie(place, ((1, part),), over=((1, whole),), scale=column.scale)
        if column.share:
            whole = self.placed.at(root.label, column.share)
            return Tie(place, ((1, beside(column.share)),), over=((1, whole),), scale=column.scale)
        return None

    def drawn(self, node: Node, column: Column) -> Fraction:
        """A figure by chance."""
        if column.nil and self.rng.randrange(100) < column.nil:
            return Fraction(0)
        step = Fraction(column.step)
        if column.like:
            near = self.book.cell(self.placed.at(node.label, column.like)).value or Fraction(0)
            change = Fraction(self.rng.randint(-column.spread * 10, column.spread * 10), 1000)
            return int(near * (1 + change) / step) * step
        # Small budgets are many, large ones few.
        ratio = (column.high / column.low) ** self.rng.random()
        noise = Fraction(self.rng.randrange(10**6), 10**6)
        return int((int(column.low * ratio) + noise) / step) * step


def _is_quotient(column: Column) -> bool:
    if column.quotients:
        return False
    return any(column.growth) or any(column.ratio) or bool(column.share)


def drawn(rng: random.Random, low: int, high: int, step: str = "1") -> Fraction:
    """A figure by chance, small ones more often than large ones."""
    unit = Fraction(step)
    value = Fraction(int(low * (high / low) ** rng.random() * 1000), 1000)
    return int(value / unit) * unit


def by_label(placed: Placed, labels: Mapping[str, int], column: int) -> list[Term]:
    """Signed figures of some rows in a column."""
    return [(sign, placed.at(label, column)) for label, sign in labels.items()]
