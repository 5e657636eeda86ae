"""Which marks separate decimals and groups in a document, where its figures show another habit.

A table in a language without a file, or a data file exported with other settings, prints 1.234,5
where the language would print 1,234.5, and India prints 12,34,567; the figures themselves decide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.model.document import Table
from unbudget_check.model.facts import CellKind
from unbudget_check.notation.figures import FIGURE
from unbudget_check.notation.numerals import (
    is_magnitude,
    mirrored,
    numeral_reader,
    plain,
    with_own_marks,
    without_power,
    without_raised,
    without_units,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.model.document import Block

# Cells that show the habit of a document.
SAMPLE_CELLS = 8000
LONGEST_SAMPLE_CHARS = 40
PLENTY = 100
# Evidence must outweigh what speaks for the language's own style by this factor.
CLEARLY = 3
# Rows that show the habits of the columns of a table.
SAMPLE_ROWS = 200
# Figures such as 1.234, with whole numbers below a thousand beside them, that are enough.
FEWEST_FIGURES = 3
# Figures that begin with a nought before other digits, which tell that a column holds codes.
PADDED = 2
_BLANKS = re.compile(r"(?<=\d)[\s'’](?=\d{3})")
_TRIPLES = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+")
_PAIRS = re.compile(r"\d{1,2}(?:([.,])\d{2})(?:\1\d{2})*\1\d{3}(?!\d)")
_WESTERN = re.compile(r"\d{3}([.,])\d{3}(?!\d)|\d{1,3}([.,])\d{3}\2\d{3}(?!\d)")
_LONE = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_BELOW_ONE = re.compile(r"0[.,]\d{3}")
_PADDED = re.compile(r"0\d")
_SMALL = re.compile(r"[1-9]\d{0,2}")
# The power of ten of a million.
MILLIONS = 6
# A figure, and a word of letters behind it.
_WORDED = re.compile(r"(?P<figure>.*\d\)?)\s*(?P<word>[^\W\d_]{1,12}[.]?)")
# What whole amounts look like even among decimals.
_ROUND = frozenset({"100"})


def style_of(blocks: Iterable[Block], style: NumberStyle) -> NumberStyle:
    """The language's style, or the same with other marks or with groups of two."""
    own = "." if "." in style.decimal else ","
    other = "," if own == "." else "."
    seen: Counter[str] = Counter()
    marks: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    columns: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    pairs = 0
    money: list[str] = []
    for place, text, is_money in islice(_figures(blocks, style), SAMPLE_CELLS):
        mark = _decimal_mark(text)
        # A lone 0.322 among thousands is a slip; the columns tell.
        tells = bool(mark) and not (mark == own and _BELOW_ONE.fullmatch(text))
        seen[mark] += tells
        marks[place][mark] += tells
        pairs += bool(_PAIRS.match(text)) - bool(_WESTERN.match(text))
        columns[place].append(text)
        money += [text] * is_money
        if seen[own] > PLENTY and not seen[other]:
            break  # nothing that follows would outweigh this
    # A column with 04.02 and 07.02 holds codes, whose points part no decimals; one may be a slip.
    amounts = [at for at in columns if sum(map(bool, map(_PADDED.match, columns[at]))) < PADDED]
    decimals = sum((marks[place] for place in amounts), Counter[str]())
    texts = [columns[place] for place in amounts]
    found = replace(style, pairs=pairs >= CLEARLY)
    if decimals[other] > CLEARLY * decimals[own] or (
        not decimals[own] and (_are_thousands(texts, own) or _are_round(money, own))
    ):
        return mirrored(found)
    return found


def columns_apart(table: Table, style: NumberStyle) -> Mapping[int, NumberStyle]:
    """The style of each grid column that prints otherwise than its document: 16.000, but 64.0 %.

    All figures of such a column must be of the other style, or may be; and some cannot be of this.
    """
    own = "." if "." in style.decimal else ","
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for (_, column), text, _ in _figures((replace(table, rows=table.rows[:SAMPLE_ROWS]),), style):
        columns[column].append(text)
    return {
        column: mirrored(style)
        for column, texts in columns.items()
        if any(own in text for text in texts)
        and all(_decimal_mark(text) != own for text in texts)
        and (any(map(_TRIPLES.fullmatch, texts)) or _are_thousands([texts], own))
    }


def words_behind(table: Table, style: NumberStyle) -> Mapping[int, str]:
    """The word that stands behind the figures of a grid column, all along it: 12 persons, $40K.

    It is what the column counts. A single letter may be part of a code, but behind money; capital
    letters are a code, of a grade or a currency.
    """
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    figures: Counter[int] = Counter()
    read = numeral_reader(style)
    for cell in (cell for row in table.rows[:SAMPLE_ROWS] for cell in row):
        text = cell.text.strip()
        if cell.number is not None or not cell.column or len(text) > LONGEST_SAMPLE_CHARS:
            continue
        worded = _WORDED.fullmatch(text)
        if worded is None or read(text).reading is not CellKind.TEXT:
            figures[cell.column] += any(map(str.isdecimal, text))
        elif read(worded["figure"]).reading is CellKind.FIGURE and (
            not worded["word"].isascii()
            or (len(worded["word"]) > 1 and not worded["word"].isupper())
            or is_magnitude(plain(text))
        ):
            found[cell.column][worded["word"]] += 1
    words = {column: counted.most_common(1)[0] for column, counted in found.items()}
    return {
        column: word
        for column, (word, times) in words.items()
        if times >= FEWEST_FIGURES and times > 2 * (found[column].total() - times)
        if times > 2 * (figures[column] - 1)
    }


def _decimal_mark(text: str) -> str:
    """The mark that must be the decimal one in this figure, or nothing where it may be either."""
    marks = re.findall(r"[.,]", text)
    if not marks or _LONE.fullmatch(text):
        return ""
    last: str = marks[-1]
    if _TRIPLES.fullmatch(text) or _PAIRS.fullmatch(text):
        return "," if last == "." else "."
    # The same mark twice in other groups is a date, a section or a slip.
    return last if marks.count(last) == 1 and text[-1].isdecimal() else ""


def _are_thousands(columns: Iterable[list[str]], own: str) -> bool:
    """Whether 1.234 stands for thousands, no decimals being told: the columns hold 345, too.

    Decimals that are printed to three places are so printed throughout, and leave no whole
    number beside them; where every figure has three, either reading adds up.
    """
    lone = beside = 0
    for texts in columns:
        found = [match[1] for text in texts if (match := _LONE.fullmatch(text))]
        lone += sum(1 if mark == own else -CLEARLY for mark in found)
        lone -= CLEARLY * sum(_BELOW_ONE.fullmatch(text) is not None for text in texts)
        if own not in found:
            continue
        beside += sum(bool(_SMALL.fullmatch(text)) and text not in _ROUND for text in texts)
    return beside > 0 and lone > 0 and lone + beside >= FEWEST_FIGURES


def _are_round(money: Sequence[str], own: str) -> bool:
    """Whether amounts such as €2.500 and €10.000 are thousands: of money nobody prints mills.

    Prices of fuel or power have three decimals, but are neither all round nor so large.
    """
    lone = [text for text in money if (match := _LONE.fullmatch(text)) and match[1] == own]
    is_large = any(text[1] != own for text in lone)
    is_whole = not any(_BELOW_ONE.fullmatch(text) for text in money)
    return len(lone) >= FEWEST_FIGURES and is_large and is_whole and all(t[-1] == "0" for t in lone)


def _figures(
    blocks: Iterable[Block], style: NumberStyle
) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """Table and column, the digits and marks, and whether it is money, of each figure in a cell."""
    tables = (block for block in blocks if isinstance(block, Table) and not block.chart)
    cells = (
        ((index, cell.column), cell.text)
        for index, table in enumerate(tables)
        for row in table.rows
        for cell in row
        # The first column numbers the rows: 1.1, 1.2.
        if cell.column and cell.number is None and 0 < len(cell.text) < LONGEST_SAMPLE_CHARS
    )
    for place, text in cells:
        bare, power = without_power(plain(without_raised(text.strip())[0]))
        figure = FIGURE.fullmatch(_BLANKS.sub("", with_own_marks(bare, style).strip()))
        # Nobody prints thousands of millions.
        if figure and not (power >= MILLIONS and _LONE.fullmatch(figure["digits"])):
            yield place, figure["digits"], without_units(bare) != bare
