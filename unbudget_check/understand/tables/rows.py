"""Find the label, depth, role and unit of each row, and the outline that the codes of rows form.

Codes such as 2, 2.1, 2.1.1, or 41, 411, 4111, or 0100, 0102 form one. Those that stand in several
columns (division, chapter, paragraph) tell the level by their column.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise, other_rows
from unbudget_check.model.facts import (
    IN_PER_CENT,
    RATES,
    CellKind,
    Column,
    ColumnRole,
    Numeral,
    Row,
    RowRole,
)
from unbudget_check.model.number import decimal_of, is_half
from unbudget_check.notation.figures import are_padded
from unbudget_check.notation.years import YEAR
from unbudget_check.profiles import form
from unbudget_check.understand.tables.layout import NUMERIC, TableLayout
from unbudget_check.understand.tables.structure import COUNTED

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from unbudget_check.lexicon import Language, Unit
    from unbudget_check.model.document import Cell
    from unbudget_check.model.number import Number

    # The column in which a code stands, and the code; None for a row without one.
    Placed = tuple[int, str] | None
    # Concepts of rows, each with its terms.
    _Terms = Sequence[tuple[str, tuple[str, ...]]]


# A code before the words of a label: "1.1 Taxes", "A.2.1 Fuel", "4111 Police".
_LED = re.compile(r"\s*((?:\d+|[^\W\d_])(?:[.\-/]\d+)*)[.)]?\s+(?=[^\W\d])")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
# Below this length nought at the end is a digit like others: 10, 11, 12 are numbers of lines.
SHORTEST_PADDED = 3


_MARKER = re.compile(
    r"\s*(?:(?P<letter>[^\W\d_])\.|(?P<number>\d{1,3})\.(?!\d)|(?P<roman>[IVX]{1,5})\."
    r"|\((?P<bracket>[a-z]|[ivx]{1,4}|\d{1,2})\)|(?P<section>\d{1,2}[A-Z])\.)\s*(?=\S)"
)
# What a total refers to: "Subtotal, B", "Subtotal, category I", "Subtotal (B)".
_REFERENCE = re.compile(rf"(?:^|[\s,(，（])({form('total_marker')})\)?$")
# Kinds of rows that tables of post changes are made of; years and places may follow the word.
MOVEMENTS = ("approved", "proposed", "added_posts", "dropped_posts", "moved_posts")
# A rate in a label; whole rows of rates seldom go beyond a hundred.
_RATED, HUNDRED = re.compile(r"\d\s*%"), 100
_ORDERS = {"letter": 1, "roman": 1, "section": 2, "number": 3, "bracket": 4}


_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
# A code of an account, or of a line, before the words: "01-3003 - Subtotal".
_CODED = re.compile(r"(?=\D{0,4}\d)[\w./-]{3,}\s*[-–—:]?\s+(\D.+)")
_DATED = re.compile(rf"{YEAR}\s*[^\x00-\x7f]?(.+)")

POSTS, COUNT = "posts", "count"
_WHOLE = frozenset({POSTS, COUNT})


# From here on numbers of things are seldom counted one by one.
SELDOM_COUNTED_FROM, SEVERAL = 10_000, 3
# Half a day here and there is counted, too; one figure in ten with decimals would be by chance
# what amounts with their zeros left out print whole.
HALVES = 10


def code_before(label: str) -> str:
    """The code that a label begins with, or nothing."""
    found = _LED.match(label)
    return found[1] if found else ""


def rows_above(codes: Sequence[Placed]) -> list[int]:
    """For each row the one above it of which its code is a part, or -1."""
    found: list[int] = []
    above: list[tuple[int, int, tuple[str, ...]]] = []
    shapes = {len(_TOKENS.findall(placed[1])) for placed in codes if placed}
    shape = max(shapes) if len(shapes) == 1 else 0
    for at, placed in enumerate(codes):
        code = _tokens(placed[1], shape) if placed else ()
        if placed is None or not code:  # a dash where the others have codes
            found.append(-1)
            continue
        column = placed[0]
        while above and not _is_under((column, code), above[-1][1:]):
            above.pop()
        found.append(above[-1][0] if above else -1)
        above.append((at, column, code))
    return found


def _tokens(code: str, shape: int) -> tuple[str, ...]:
    """The parts of a code; of codes of one shape, noughts at the end stand for no part: 1.1.0.0."""
    found = _TOKENS.findall(code)
    while len(found) > 1 and shape >= SHORTEST_PADDED and not found[-1].strip("0"):
        found.pop()
    return tuple(found)


def _is_under(own: tuple[int, tuple[str, ...]], other: tuple[int, tuple[str, ...]]) -> bool:
    """Whether a code is one level or more below another, which stands above it."""
    (column, code), (column_above, above) = own, other
    if column != column_above:
        return column > column_above
    if not above or code == above:
        return False
    if len(code) > len(above):
        return code[: len(above)] == above
    (*before, last), (*before_above, last_above) = code, above
    if before != before_above or any(map(str.isdigit, before)) or not last_above.isdigit():
        return False
    if len(last) > len(last_above):
        return last.startswith(last_above)
    is_padded = len(last) == len(last_above) >= SHORTEST_PADDED and last_above.endswith("0")
    return is_padded and last.startswith(last_above.rstrip("0") or "0")


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row label taken apart: marker and its kind, bare words, the concept that it names."""

    text: str
    marker: str
    order: int  # rank of the marker kind in an outline, 0 without a marker
    concept: str
    reference: str
    grade: str


def rows_of(
    layout: TableLayout,
    columns: Sequence[Column],
    language: Language,
    levels: Mapping[int, int],
) -> tuple[Row, ...]:
    """The rows below the headings, top to bottom; heading rows above them are left out.

    ``levels`` are those of rows that stepped columns tell; figures bear them out, codes may not.
    """
    found = []
    labels = [c.index for c in columns if c.role in (ColumnRole.LABEL, ColumnRole.TEXT)]
    codes = _code_columns(layout, labels, language)
    behind = _codes_behind(layout, labels[len(codes) :])
    path = [""] * len(behind)
    headings = {_texts(layout, index) for index in range(layout.body)}
    rated = _is_mostly_in_per_cent(layout)
    placed: list[tuple[int, str] | None] = []
    for index in range(layout.body, len(layout.cells)):
        if _texts(layout, index) in headings:
            continue  # the heading again, after a page break
        cell, text, before = _label_cell(layout, index, labels, codes, language)
        label = read_label(text, language.code)
        found.append(
            Row(
                index,
                label.text,
                _role(layout, index, label, columns, rated=rated),
                label.marker,
                _depth(cell.indent if cell else 0, label),
                grade=label.grade,
                concept=label.concept,
                reference=label.reference,
                code=" ".join(code for _, code in before),
            )
        )
        led = code_before(text)
        if before or not behind:
            placed.append(before[-1] if before else (len(codes), led) if led else None)
        else:
            path = _code_path(layout, index, behind, path)
            placed.append((len(codes), " ".join(path)) if path else None)
    if levels:
        placed = [(levels[row.index], "1") if row.index in levels else None for row in found]
    for at, above in enumerate(rows_above(placed)):
        if above >= 0:
            depth = max(found[at].depth, found[above].depth + 1)
            found[at] = replace(found[at], above=above, depth=depth)
    return tuple(found)


def _texts(layout: TableLayout, index: int) -> tuple[str, ...]:
    """The printed texts of a row, by column; a row without any is like no other."""
    texts = tuple(
        " ".join(cell.text.split()) if cell is not None else "" for cell in layout.cells[index]
    )
    return texts if any(texts[1:]) else (str(index),)


def _code_columns(
    layout: TableLayout, labels: Sequence[int], language: Language
) -> tuple[int, ...]:
    """The first columns of text that hold codes, dates or line numbers before a column of words.

    Empty where the first column has words of its own, or none of those beside it has: a code is
    the label of its row then.
    """
    found: list[int] = []
    for column in labels:
        if column != len(found):
            return ()
        texts = [layout.spans[row][column] for row in range(layout.body, len(layout.cells))]
        if _are_worded([text for text in texts if text.strip()], language):
            return tuple(found)
        found.append(column)
    return ()


def _codes_behind(layout: TableLayout, labels: Sequence[int]) -> tuple[int, ...]:
    """The columns right behind the words that hold codes: chapter, section, type of expenditure.

    Noughts before some of them say that they are codes.
    """
    found: list[int] = []
    shown: list[list[str]] = []
    for column in labels[1:]:
        texts = [text for row in layout.spans[layout.body :] if (text := row[column].strip())]
        if column != labels[0] + len(found) + 1 or not all(map(str.isdecimal, texts)):
            break
        found.append(column)
        shown.append(texts)
    return tuple(found) if any(texts and are_padded(texts) for texts in shown) else ()


def _code_path(
    layout: TableLayout, index: int, columns: Sequence[int], above: Sequence[str]
) -> list[str]:
    """The codes of a row from the widest to its own; the wider ones may be printed above it only.

    Noughts alone stand where a row has no such code.
    """
    own = [layout.spans[index][column].strip() for column in columns]
    while own and not own[-1].strip("0"):
        own.pop()
    return [text or "".join(above[at : at + 1]) for at, text in enumerate(own)]


def _are_worded(texts: Sequence[str], language: Language) -> bool:
    """Whether more than half of some texts have a word."""
    counts = [0, 0]
    for text in texts:
        counts[_is_code(text, language)] += 1
        if 2 * max(counts) > len(texts):
            break
    worded, codes = counts
    return worded > codes


def _is_code(text: str, language: Language) -> bool:
    """Whether a text has no word: a digit or a lone letter, and no more letters than digits."""
    plain = text.strip()
    letters = sum(character.isalpha() for character in plain)
    digits = sum(character.isdigit() for character in plain)
    if letters > max(digits, 1):
        return False
    label = read_label(plain, language.code)
    return not label.grade and not label.concept


def _label_cell(
    layout: TableLayout, index: int, labels: Sequence[int], codes: Sequence[int], language: Language
) -> tuple[Cell | None, str, list[tuple[int, str]]]:
    """The cell of a row's label, its text, and the codes before it with their columns."""
    before: list[tuple[int, str]] = []
    first = None
    for column in labels:
        cell = layout.cells[index][column]
        if cell is not None and cell.text.strip():
            first = first or cell
            beside = layout.cells[index][column + 1] if column + 1 in labels else None
            if beside is not None and is_marker(cell.text) and not before:
                return cell, f"{cell.text.strip()} {beside.text}", []
            if column in codes and _is_code(cell.text, language):
                before.append((column, " ".join(cell.text.split())))
                continue
            return cell, cell.text, before
    if first is not None:
        return first, before[0][1], []
    worded = _words_before_figures(layout, index)
    if worded is not None:
        return worded, worded.text, []
    first = layout.cells[index][0] if layout.width else None
    return first, layout.spans[index][0] if layout.width else "", []


def _words_before_figures(layout: TableLayout, index: int) -> Cell | None:
    """The last words of a row before its first figure: a total may be named in any column."""
    found = None
    for cell, numeral in zip(layout.cells[index], layout.numerals[index], strict=True):
        if numeral.reading in NUMERIC:
            return found
        if numeral.reading is CellKind.TEXT and cell is not None:
            found = cell
    return None


def is_marker(text: str) -> bool:
    """Whether a text is nothing but a marker: the label stands in the next column."""
    alone = text.strip()
    found = _MARKER.match(f"{alone} |")
    return found is not None and found.end() > len(alone)


@lru_cache(maxsize=16384)
def read_label(text: str, code: str) -> RowLabel:
    """One printed label: its marker, its words, and the concept that a language file knows."""
    language = load_language(code)
    plain = " ".join(text.split())
    marker = _MARKER.match(plain)
    order, mark, words = 0, "", plain
    if marker:
        kind = marker.lastgroup or ""
        order, mark, words = _ORDERS[kind], marker[kind], plain[marker.end() :]
    bare = normalise(words).strip(" :：")
    reference = _REFERENCE.search(unicodedata.normalize("NFKC", words).strip())
    return RowLabel(
        words,
        mark,
        order,
        _concept(bare, language),
        reference[1] if reference else "",
        _grades(code).get(bare, ""),
    )


def _concept(bare: str, language: Language) -> str:
    """total, subtotal, posts, including, ...: what the words say, or nothing."""
    unbracketed = _BRACKET.sub("", bare) if bare[-1:] == ")" else bare
    concepts, leading, ending = _terms(language.code)
    whole = [concepts[words] for words in (bare, unbracketed) if words in concepts]
    if whole:
        return min(whole)[1]
    if any(term in bare for term in language.rows["counted"]):
        return "counted"
    # A year may stand first, in Chinese with a word of its own behind it.
    led = (_DATED.match(bare), _CODED.match(bare))
    undated = [bare, *(found[1] for found in led if found)]
    for concept, terms in leading:
        for words in undated:
            if words.startswith(terms) and any(_begins(words, term) for term in terms):
                return concept
    balances = other_rows()["balance"]
    if bare in balances or any(term in bare for term in language.rows["balance"]):
        return "balance"
    for concept, terms in ending:
        if unbracketed.endswith(terms) and any(_ends(unbracketed, term) for term in terms):
            return concept
    return ""


@lru_cache(maxsize=8)
def _terms(code: str) -> tuple[dict[str, tuple[int, str]], _Terms, _Terms]:
    """What a language calls rows: whole labels, and the terms that labels begin and end with."""
    rows, others = load_language(code).rows, other_rows()
    whole: dict[str, tuple[int, str]] = {}
    for rank, (concept, terms) in enumerate(rows.items()):
        for term in terms:
            whole.setdefault(term, (rank, concept))
    led = ("subtotal", "total", "including", *MOVEMENTS, "adjustment", "deducted")
    leading = [(concept, rows[concept] + others.get(concept, ())) for concept in led]
    return whole, leading, [(concept, rows[concept] + others[concept]) for concept in led[:2]]


def _begins(text: str, term: str) -> bool:
    rest = text[len(term) :]
    return text.startswith(term) and not (rest[:1].isalpha() and rest[:1].isascii())


def _ends(text: str, term: str) -> bool:
    before = text[: -len(term)]
    return text.endswith(term) and not (before[-1:].isalpha() and before[-1:].isascii())


@lru_cache(maxsize=8)
def _grades(code: str) -> dict[str, str]:
    """The grade that a whole label names."""
    found: dict[str, str] = {}
    for grade, terms in load_language(code).grades.items():
        found |= {term: grade for term in terms if term not in found}
    return found


def _role(
    layout: TableLayout, index: int, label: RowLabel, columns: Sequence[Column], *, rated: bool
) -> RowRole:
    figures = [
        c.index
        for c in columns
        if c.role is not ColumnRole.LABEL and layout.numerals[index][c.index].reading in NUMERIC
    ]
    is_labelled = bool(label.text or label.marker)
    if not figures:
        return RowRole.HEADING if is_labelled else RowRole.SPACER
    numbers = [layout.numerals[index][column].number for column in figures]
    if not is_labelled and not any(number and number.units for number in numbers):
        return RowRole.SPACER  # formulas left over in a blank row
    if label.concept in ("including", "rate") or (not rated and _is_rate(layout, index, figures)):
        return RowRole.MEMO
    if label.concept == "total":
        return RowRole.TOTAL
    return RowRole.SUBTOTAL if label.concept == "subtotal" else RowRole.ITEM


def _is_rate(layout: TableLayout, index: int, figures: Sequence[int]) -> bool:
    """Whether all figures of a row carry the per cent sign, or its label does.

    A label with a rate of its own may say how an amount was reckoned: support cost (7%).
    """
    label, numerals = layout.spans[index][0], layout.numerals[index]
    signed = [column for column in figures if "%" in layout.spans[index][column]]
    numbers = [number for column in figures if (number := numerals[column].number)]
    is_amount = any(abs(decimal_of(number)) > HUNDRED for number in numbers)
    named = "%" in label and not (_RATED.search(label) and is_amount)
    return named or (len(figures) > 1 and signed == list(figures))


def _is_mostly_in_per_cent(layout: TableLayout) -> bool:
    """Whether rates are what the table is about: then no row of them stands out."""
    texts = [
        layout.spans[index][column]
        for index in range(layout.body, len(layout.cells))
        for column in range(1, layout.width)
        if layout.numerals[index][column].reading in NUMERIC
    ]
    return 2 * sum("%" in text for text in texts) > len(texts)


def _depth(indent: int, label: RowLabel) -> int:
    """Indentation first; where the page has none, the kind of marker tells the level."""
    return indent * 10 + label.order


def settle_units(
    rows: Sequence[Row],
    numerals: Sequence[Sequence[Numeral]],
    columns: Sequence[Column],
    units: Sequence[Unit],
) -> tuple[Row, ...]:
    """The rows with their block and unit.

    A table with two units (money above, posts below) ends a block with each grand total; a block
    without decimals counts posts. ``units`` are the printed units in order, possibly none.
    """
    kinds = [unit.kind for unit in units]
    if len(set(kinds)) > 1:
        rows = _split_at_totals(rows)
    settled = {
        block: _unit_of_block(block, rows, numerals, columns, kinds)
        for block in {row.block for row in rows}
    }
    return tuple(
        row if row.unit == settled[row.block] else replace(row, unit=settled[row.block])
        for row in rows
    )


def estimated(rows: Sequence[Row], body: Sequence[Sequence[Numeral]]) -> frozenset[int]:
    """The columns in which several numbers of things are too large to be counted one by one."""
    large = Counter(
        column
        for row, numerals in zip(rows, body, strict=True)
        if row.unit != POSTS
        for column, numeral in enumerate(numerals)
        if (n := numeral.number) is not None
        and abs(n.units) >= SELDOM_COUNTED_FROM * 10 ** max(-n.exponent, 0)
    )
    return frozenset(column for column, times in large.items() if times >= SEVERAL)


def is_count(row: Row, column: Column, number: Number, estimates: Container[int] = ()) -> bool:
    """Whether a figure counts things one by one, so that rounding can excuse nothing.

    Large numbers of persons and the like are estimates, each rounded on its own, and so are the
    smaller ones in the same columns, ``estimates``.
    """
    if row.unit == IN_PER_CENT or column.role in RATES:
        return False
    if row.unit != POSTS and column.index in estimates:
        return False
    if row.unit not in _WHOLE and column.role is not ColumnRole.NUMBER:
        return False
    one = 10 ** max(-number.exponent, 0)
    return number.step <= one and (
        row.unit == POSTS or abs(number.units) < SELDOM_COUNTED_FROM * one
    )


def _split_at_totals(rows: Sequence[Row]) -> list[Row]:
    """A new block begins with the first heading or item after a grand total."""
    block, ended, split = 0, False, []
    for row in rows:
        if ended and row.role in (RowRole.HEADING, RowRole.ITEM):
            block, ended = block + 1, False
        ended = ended or row.role is RowRole.TOTAL
        split.append(row if row.block == block else replace(row, block=block))
    return split


def _unit_of_block(
    block: int,
    rows: Sequence[Row],
    numerals: Sequence[Sequence[Numeral]],
    columns: Sequence[Column],
    kinds: Sequence[str],
) -> str:
    figures = [
        numeral.number
        for row, read in zip(rows, numerals, strict=True)
        if row.block == block
        for numeral, column in zip(read, columns, strict=True)
        if numeral.reading is CellKind.FIGURE and column.role not in RATES
    ]
    fine = [number for number in figures if number and number.exponent < 0]
    has_decimals = bool(fine)
    if not kinds:
        graded = sum(column.concept == "grade" for column in columns) > 1
        counted = _unit_of_counts([row for row in rows if row.block == block])
        if counted == COUNT and len(fine) * HALVES < len(figures) and all(map(is_half, fine)):
            return COUNT
        return "" if has_decimals else POSTS if graded else counted
    if len(set(kinds)) == 1:
        return kinds[0]
    if has_decimals:
        return next((kind for kind in kinds if kind not in _WHOLE), kinds[0])
    if POSTS in kinds and any(row.unit for row in rows) and block:
        return POSTS
    return kinds[min(block, len(kinds) - 1)]


def _unit_of_counts(rows: Sequence[Row]) -> str:
    """What whole numbers count where no unit is printed: posts by grade, or numbered items."""
    if sum(bool(row.grade) for row in rows) > 1:
        return POSTS
    items = [row for row in rows if row.role is RowRole.ITEM]
    totalled = any(row.role in (RowRole.TOTAL, RowRole.SUBTOTAL) for row in rows)
    numbered = sum(row.marker.isdigit() or row.concept == COUNTED for row in items)
    return COUNT if not totalled and len(items) > 1 and 2 * numbered >= len(items) else ""
