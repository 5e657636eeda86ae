"""Data files composed by chance: one tree in every way in which a mapping states it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.options import TidyMapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

# Words for levels, items and totals in the six languages.
WORDS = (
    ("Division", "Office", "Rent Posts Travel Paint Fuel", "Total"),
    ("Direction", "Bureau", "Loyer Postes Voyages Peinture Essence", "Total général"),
    ("División", "Oficina", "Alquiler Puestos Viajes Pintura Gasolina", "Subtotal"),
    ("Отдел", "Бюро", "Аренда Должности Поездки Краска Топливо", "Итого"),
    ("司", "处", "房租 员额 差旅 油漆 燃料", "总计"),
    ("شعبة", "مكتب", "إيجار وظائف سفر طلاء وقود", "المجموع"),
)
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Composed:
    """A data file: headings, rows, its mapping, and which columns hold figures."""

    head: Sequence[str]
    rows: Rows
    mapping: TidyMapping
    figures: Sequence[int]

    def text(self, rows: Rows | None = None) -> str:
        """The file as CSV; no text in it needs quotation marks."""
        return "".join(",".join(row) + "\n" for row in (self.head, *(rows or self.rows)))


def amount(random: Random, decimals: int) -> int:
    """An amount in quanta, of any size, negative now and then."""
    value = random.randint(1, 10 ** random.randint(2 + decimals, 6 + decimals))
    return -value if random.random() < 0.1 else value


def shown(value: int, decimals: int, *, short: bool) -> str:
    """An amount as a program writes it, with or without the noughts at its end."""
    digits = f"{abs(value):0{decimals + 1}d}"
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    if short and decimals:
        text = text.rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


@dataclass(frozen=True, slots=True)
class Tree:
    """Divisions of offices of items, each item with some payments of two measures."""

    divisions: Sequence[Sequence[Sequence[tuple[str, tuple[int, int]]]]]
    decimals: int
    short: bool
    words: tuple[str, str, str, str]

    def figures(self, values: Sequence[int]) -> list[str]:
        """The amounts of a row."""
        return [shown(value, self.decimals, short=self.short) for value in values]


def tree(random: Random) -> Tree:
    """A tree by chance; an item may be paid several times, an office may have one item."""
    words = random.choice(WORDS)
    decimals = random.choice((0, 1, 2, 2, 3))
    items = words[2].split()
    divisions = [
        [
            [
                (random.choice(items), (amount(random, decimals), amount(random, decimals)))
                for _ in range(random.randint(1, 6))
            ]
            for _ in range(random.randint(1, 4))
        ]
        for _ in range(random.randint(2, 5))
    ]
    return Tree(divisions, decimals, random.random() < 0.5, words)


def total(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sums of both measures."""
    return sum(one for one, _ in pairs), sum(other for _, other in pairs)


def by_levels(found: Tree, random: Random) -> Composed:
    """Columns of levels, totals by their word or by blanks, in any order of the rows."""
    division, office, _, word = found.words
    rows: Rows = []
    sums = []
    for d, offices in enumerate(found.divisions):
        below = []
        for o, items in enumerate(offices):
            names = [f"{division} {d}", f"{office} {o}"]
            rows += [[*names, name, *found.figures(pair)] for name, pair in items]
            below.append(total([pair for _, pair in items]))
            rows.append([*names, word, *found.figures(below[-1])])
        sums.append(total(below))
        rows.append([f"{division} {d}", word, "", *found.figures(sums[-1])])
    rows.append([word, "", "", *found.figures(total(sums))])
    if random.random() < 0.5:
        random.shuffle(rows)
    mapping = TidyMapping(("a", "b", "c"), ("m1", "m2"), hierarchy=True)
    return Composed(("a", "b", "c", "m1", "m2"), rows, mapping, (3, 4))


def by_codes(found: Tree, random: Random) -> Composed:
    """Codes that begin one another, or with the codes of their parents."""
    with_parents = random.random() < 0.5
    rows: Rows = []
    sums = []
    for d, offices in enumerate(found.divisions, 1):
        below = []
        for o, items in enumerate(offices, 1):
            code = f"{d}{o:02}"
            rows += [
                [f"{code}{n}", code, name, *found.figures(pair)]
                for n, (name, pair) in enumerate(items, 1)
            ]
            below.append(total([pair for _, pair in items]))
            rows.append([code, str(d), found.words[1], *found.figures(below[-1])])
        sums.append(total(below))
        rows.append([str(d), "", found.words[0], *found.figures(sums[-1])])
    mapping = TidyMapping(
        ("name",), ("m1", "m2"), code="code", parent="above" if with_parents else None
    )
    return Composed(("code", "above", "name", "m1", "m2"), rows, mapping, (3, 4))


def by_kinds(found: Tree, random: Random) -> Composed:
    """One column of names and one that marks what is a total, in the order of print."""
    del random
    rows: Rows = []
    sums = []
    for d, offices in enumerate(found.divisions):
        below = []
        for o, items in enumerate(offices):
            rows += [[name, "x", *found.figures(pair)] for name, pair in items]
            below.append(total([pair for _, pair in items]))
            rows.append([f"{found.words[1]} {o}", "s", *found.figures(below[-1])])
        sums.append(total(below))
        rows.append([f"{found.words[0]} {d}", "t", *found.figures(sums[-1])])
    rows.append(["=", "g", *found.figures(total(sums))])
    mapping = TidyMapping(("name",), ("m1", "m2"), kind="kind", totals=("s", "t", "g"))
    return Composed(("name", "kind", "m1", "m2"), rows, mapping, (2, 3))


def by_measures(found: Tree, random: Random) -> Composed:
    """One row a figure, with a currency across which nothing is summed."""
    word = found.words[3]
    rows: Rows = []
    for currency in ("USD", "EUR"):
        for d, offices in enumerate(found.divisions):
            items = [item for office in offices for item in office]
            sums = found.figures(total([pair for _, pair in items]))
            for n, measure in enumerate(("m1", "m2")):
                rows += [
                    [f"D{d}", name, currency, measure, found.figures(pair)[n]]
                    for name, pair in items
                ]
                rows.append([f"D{d}", word, currency, measure, sums[n]])
    random.shuffle(rows)
    mapping = TidyMapping(
        ("d", "item"), measure="what", value="v", within=("money",), hierarchy=True
    )
    return Composed(("d", "item", "money", "what", "v"), rows, mapping, (4,))


def by_equations(found: Tree, random: Random) -> Composed:
    """Measures that are tied along each row, beside totals along two labels that cross."""
    del random
    word = found.words[3]
    rows: Rows = []
    every = []
    for d, offices in enumerate(found.divisions):
        items = [item for office in offices for item in office]
        triples = [(name, (one, other, other - one)) for name, (one, other) in items]
        rows += [[f"D{d}", name, *found.figures(triple)] for name, triple in triples]
        one, other = total([pair for _, pair in items])
        every.append((one, other))
        rows.append([f"D{d}", word, *found.figures((one, other, other - one))])
    one, other = total(every)
    rows.append([word, word, *found.figures((one, other, other - one))])
    mapping = TidyMapping(("d", "item"), ("m1", "m2", "change"), equations=("change = m2 - m1",))
    return Composed(("d", "item", "m1", "m2", "change"), rows, mapping, (2, 3, 4))


SHAPES: tuple[Callable[[Tree, Random], Composed], ...] = (
    by_levels,
    by_codes,
    by_kinds,
    by_measures,
    by_equations,
)


def planted(composed: Composed, random: Random, decimals: int) -> tuple[Rows, int]:
    """The rows with one figure that is another one, and the number of its row."""
    rows = [list(row) for row in composed.rows]
    row = random.randrange(len(rows))
    column = random.choice(list(composed.figures))
    text = rows[row][column]
    value = int(text.replace(".", "") or 0)
    written = len(text.partition(".")[2])
    value *= 10 ** (decimals - written)
    step = random.choice((7, 90, -1000, 12345, -2 * value or 1)) * 10**decimals
    rows[row][column] = shown(value + step, decimals, short=False)
    return rows, row


def seeds(count: int) -> Iterator[int]:
    """The same ones each time."""
    yield from range(1, count + 1)
