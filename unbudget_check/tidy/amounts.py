"""Whole columns of figures as exact scaled integers, and of labels as numbered texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from unbudget_check.lexicon import load_language
from unbudget_check.model.facts import CellKind
from unbudget_check.model.number import BINARY_DIGITS, MOST_DECIMALS_MEANT, Number, scaled, written
from unbudget_check.notation.numerals import mirrored, numeral_reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from unbudget_check.lexicon import NumberStyle

# As programs write figures; with a blank, a group mark or a bracket they are as people print them.
PLAIN = r"^-?[0-9]{1,18}(?:\.[0-9]{1,15})?$"
GROUPED = r"^-?[0-9]{1,3}(?:[, '\x{00a0}\x{202f}’][0-9]{3})+(?:\.[0-9]{1,15})?$"
COMMA = r"^-?(?:[0-9]{1,3}(?:[. '\x{00a0}\x{202f}’][0-9]{3})+|[0-9]{1,18})(?:,[0-9]{1,15})?$"
MARKS = r"[, '\x{00a0}\x{202f}’]"
# What a comma is: before one or two digits, or after points, decimals; before three, thousands.
DECIMAL_COMMA = r"[0-9],(?:[0-9]{1,2}|[0-9]{4,})$|\.[0-9]{3},"
DECIMAL_POINT = r"\.(?:[0-9]{1,2}|[0-9]{4,})$|,[0-9]{3}\."
FINEST_DECIMALS = 15
# Below that share of the largest figure, a binary number has no digit that means anything.
NOISE = 2.0**-40
WORDS = 2**63


class Status(IntEnum):
    """What stands in a cell of figures."""

    FIGURE = 0
    BLANK = 1
    ABSENT = 2  # n/a and the like
    WRONG = 3  # no figure


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of figures: ``values`` count units of ``10**scale``, 0 where there is no figure.

    ``values`` have dtype int64, or object (exact Python integers) where 64 bits do not hold them;
    ``decimals`` say how many decimals each figure is written with, ``statuses`` what stands there.
    """

    values: NDArray[Any]
    decimals: NDArray[np.int8]
    statuses: NDArray[np.int8]
    scale: int

    def at_scale(self, scale: int) -> NDArray[Any]:
        """The values in units that are not coarser than their own."""
        if scale == self.scale:
            return self.values
        factor = int(10 ** (self.scale - scale))
        widest = max(int(self.values.max(initial=0)), -int(self.values.min(initial=0)))
        wide = self.values.astype(object) if widest * factor >= WORDS else self.values
        return wide * factor


def number_style(columns: Sequence[pa.Array], language: str | None) -> NumberStyle:
    """The marks with which a file prints its figures: by its own figures, else by its language."""
    style = load_language(language or "en").numbers
    commas = points = 0
    for column in columns:
        if (
            not pa.types.is_string(column.type)
            or not pc.any(pc.match_substring(column, ",")).as_py()
        ):
            continue
        commas += pc.sum(pc.match_substring_regex(column, DECIMAL_COMMA)).as_py() or 0
        points += pc.sum(pc.match_substring_regex(column, DECIMAL_POINT)).as_py() or 0
    if commas == points:
        return style
    english = load_language("en").numbers
    return english if points > commas else mirrored(english)


def amounts_of(column: pa.Array, style: NumberStyle) -> Amounts:
    """A column of texts or numbers, exactly; what no figure is has a status of its own."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_integer(kind):
        return _of_decimals(column.cast(pa.decimal128(38, 0), safe=False), 0)
    if pa.types.is_decimal(kind):
        scale = max(kind.scale, 0)
        return _of_decimals(column.cast(pa.decimal128(38, scale)), scale)
    if pa.types.is_floating(kind):
        return _of_floats(column)
    if not pa.types.is_string(kind):
        column = column.cast(pa.string())
    return _of_texts(pc.fill_null(column, ""), style)


def _statuses(column: pa.Array) -> NDArray[np.int8]:
    blank = column.is_null().to_numpy(zero_copy_only=False)
    return np.where(blank, Status.BLANK, Status.FIGURE).astype(np.int8)


def _of_decimals(column: pa.Array, scale: int) -> Amounts:
    """Decimals of 128 bits, of which the low word is the value where the high one only signs it."""
    statuses = _statuses(column)
    words = np.frombuffer(column.buffers()[1], dtype=np.int64)
    words = words[2 * column.offset : 2 * (column.offset + len(column))]
    low, high = words[::2], words[1::2]
    there = statuses == Status.FIGURE
    values: NDArray[Any] = np.where(there, low, 0)
    if (there & (high != (low >> 63))).any():
        values = np.array([0 if v is None else int(v.scaleb(scale)) for v in column.to_pylist()])
        values = values.astype(object)
    return Amounts(values, np.full(len(values), scale, dtype=np.int8), statuses, -scale)


def _of_floats(column: pa.Array) -> Amounts:
    """Binary numbers as the decimals that they stand for: the fewest digits that tell them all."""
    numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    statuses = np.where(np.isnan(numbers), Status.BLANK, Status.FIGURE).astype(np.int8)
    statuses[np.isinf(numbers)] = Status.WRONG
    numbers = np.where(statuses == Status.FIGURE, numbers, 0.0)
    widest = float(np.abs(numbers).max(initial=0.0))
    for decimals in range(FINEST_DECIMALS):
        scaled = numbers * 10.0**decimals
        nearest = np.rint(scaled)
        slack = np.maximum(np.abs(scaled), 1.0) * NOISE
        if widest * 10.0**decimals >= 2**53 or (np.abs(scaled - nearest) <= slack).all():
            break
    if widest * 10.0**decimals >= 2**53:
        return _of_exact([_number(number) for number in numbers.tolist()], statuses)
    filled = np.full(len(numbers), decimals, dtype=np.int8)
    return Amounts(nearest.astype(np.int64), filled, statuses, -decimals)


def _number(binary: float) -> Number:
    """A binary number with the digits that it knows."""
    return written(f"{binary:.{BINARY_DIGITS}g}") or Number(0)


def _of_exact(found: Sequence[Number], statuses: NDArray[np.int8]) -> Amounts:
    scale = min((each.exponent for each in found), default=0)
    values = [scaled(each, scale) for each in found]
    narrow = max(map(abs, values), default=0) < WORDS
    return Amounts(
        np.array(values, dtype=np.int64 if narrow else object), _decimals(found), statuses, scale
    )


def _decimals(found: Sequence[Number]) -> NDArray[np.int8]:
    return np.array([-each.exponent for each in found], dtype=np.int8)


def _of_texts(column: pa.Array, style: NumberStyle) -> Amounts:
    """Texts: those that programs write at once, the others each once."""
    comma = "." not in style.decimal
    plain = _matches(column, COMMA if comma else PLAIN)
    if not plain.all():
        column = _as_plain(column, ~plain, comma=comma)
        plain = _matches(column, COMMA if comma else PLAIN)
    if comma:
        stripped = pc.replace_substring_regex(column, r"[. '\x{00a0}\x{202f}’]", "")
        swapped = pc.replace_substring(stripped, ",", ".")
        column = pc.if_else(pa.array(plain), swapped, column)
    lengths = pc.utf8_length(column).to_numpy()
    points = pc.find_substring(column, ".").to_numpy()
    decimals = np.where(plain & (points >= 0), lengths - points - 1, 0).astype(np.int8)
    # The digits that a binary number adds at its end are noise.
    plain &= ~((decimals > MOST_DECIMALS_MEANT) & (lengths - 1 > BINARY_DIGITS))
    decimals[~plain] = 0
    finest = int(decimals.max(initial=0))
    exact = column if plain.all() else pc.if_else(pa.array(plain), column, "0")
    found = _of_decimals(exact.cast(pa.decimal128(38, finest)), finest)
    statuses = np.where(plain, Status.FIGURE, Status.BLANK).astype(np.int8)
    others = np.flatnonzero(~plain)
    if not len(others):
        return Amounts(found.values, decimals, statuses, found.scale)
    return _with_others(
        Amounts(found.values, decimals, statuses, found.scale), column, others, style
    )


def _matches(column: pa.Array, pattern: str) -> NDArray[np.bool_]:
    matched: NDArray[np.bool_] = pc.match_substring_regex(column, pattern).to_numpy(
        zero_copy_only=False
    )
    return matched


def _as_plain(column: pa.Array, doubtful: NDArray[np.bool_], *, comma: bool) -> pa.Array:
    """The same texts without blanks around them, brackets for minus, and marks between groups."""
    at = pa.array(np.flatnonzero(doubtful))
    bare = pc.utf8_trim_whitespace(column.take(at))
    bare = pc.replace_substring_regex(bare, r"^\(([^()]*)\)$|^[−–](.+)$", r"-\1\2")
    bare = pc.replace_substring_regex(bare, r"^\+([0-9])", r"\1")
    if not comma:
        grouped = pc.match_substring_regex(bare, GROUPED)
        bare = pc.if_else(grouped, pc.replace_substring_regex(bare, MARKS, ""), bare)
    return pc.replace_with_mask(column, pa.array(doubtful), bare)


def _with_others(
    amounts: Amounts, column: pa.Array, at: NDArray[np.intp], style: NumberStyle
) -> Amounts:
    """The same with the texts that people print: dashes, n/a, currencies, 1.5e6; each read once."""
    coded = column.take(pa.array(at)).dictionary_encode()
    read = _reader(style)
    found = [read(text) for text in coded.dictionary.to_pylist()]
    numbers = [each[1] for each in found]
    scale = min([amounts.scale, *(each.exponent for each in numbers)])
    values = amounts.at_scale(scale).copy()
    more = [scaled(each, scale) for each in numbers]
    if max(map(abs, more), default=0) >= WORDS:
        values = values.astype(object)
    codes = coded.indices.to_numpy()
    values[at] = np.array(more, dtype=values.dtype)[codes]
    statuses, decimals = amounts.statuses.copy(), amounts.decimals.copy()
    statuses[at] = np.array([each[0] for each in found], dtype=np.int8)[codes]
    decimals[at] = _decimals(numbers)[codes]
    return Amounts(values, decimals, statuses, scale)


@cache
def _reader(style: NumberStyle) -> Any:  # noqa: ANN401  a function with a memory
    """What one text says: its status and its exact value, 0 where there is none."""
    read = numeral_reader(style)
    nothing = Number(0)

    def of(text: str) -> tuple[Status, Number]:
        bare = text.strip()
        if not bare:
            return Status.BLANK, nothing
        number = written(bare) if "," not in style.decimal or "." not in bare else None
        if number is not None:
            return Status.FIGURE, number
        numeral = read(bare)
        if numeral.reading is CellKind.FIGURE and numeral.number is not None:
            return Status.FIGURE, numeral.number
        if numeral.reading is CellKind.NIL:
            return Status.FIGURE, nothing
        return (Status.ABSENT if numeral.reading is CellKind.ABSENT else Status.WRONG), nothing

    return cache(of)


@dataclass(frozen=True, slots=True)
class Labels:
    """A column of texts: ``codes`` number the ``texts``, which are stripped; blank has code -1."""

    codes: NDArray[np.int32]
    texts: tuple[str, ...]

    def text(self, row: int) -> str:
        """The text of a row, empty where it is blank."""
        code = int(self.codes[row])
        return self.texts[code] if code >= 0 else ""


def labels_of(column: pa.Array) -> Labels:
    """A column as texts, each once; whole numbers that pandas made binary lose their ".0"."""
    if pa.types.is_floating(column.type):
        numbers = column.to_numpy(zero_copy_only=False)
        whole = numbers[~np.isnan(numbers)]
        if (whole == np.rint(whole)).all():
            column = column.cast(pa.int64(), safe=False)
    coded = column
    if not pa.types.is_dictionary(column.type):
        text = column if pa.types.is_string(column.type) else column.cast(pa.string())
        coded = _whole(pc.dictionary_encode(text))
    raw = [str(text or "").strip() for text in coded.dictionary.to_pylist()]
    texts = tuple(dict.fromkeys(text for text in raw if text))
    numbered = {text: at for at, text in enumerate(texts)}
    renumbered = np.array([numbered.get(text, -1) for text in raw] + [-1], dtype=np.int32)
    codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    return Labels(renumbered[codes], texts)


def _whole(array: Any) -> pa.DictionaryArray:  # noqa: ANN401  chunked or not
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def release_unused() -> None:
    """Give back what was needed only to read columns."""
    pa.default_memory_pool().release_unused()
