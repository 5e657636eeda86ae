"""The formulas of worksheets (ECMA-376 part 1, 18.17): references made relative, and parsed.

Formulas that were copied are the same text once their references are written relative to their own
cell. So each kind of formula is parsed once, however many cells hold it. Nothing is ever run.

Addresses of cells as people write them, such as ``'Sheet 1'!B5``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.document import Place


# Row and column, counted from 0.
RowColumn = tuple[int, int]

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # what spreadsheet programs allow
LONGEST_FORMULA_CHARS = 8_192  # characters of a formula
MOST_BRACKETS = 64  # levels of brackets
_QUOTED = r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!?"
_A1 = re.compile(
    rf"(?P<other>{_QUOTED}|\[[^\[\]]*\])"
    r"|(?<![\w.$])(?P<c>\$?)(?P<column>[A-Za-z]{1,3})(?P<r>\$?)(?P<row>[1-9]\d{0,6})(?![\w(.\[!])"
    r"|(?<![\w.$])(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w(.\[!$])"
    r"|(?<![\w.$])(?P<rows>\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})(?![\w(.\[!$])"
)
_STEP = r"(?:\[-?\d+\]|\d+)"
_RELATIVE = re.compile(
    rf"(?P<other>{_QUOTED})|R(?P<row>{_STEP})C(?P<column>{_STEP})"
    rf"|\b(?P<line>[RC])(?P<step>{_STEP})(?=:|$|[^\w(])"
)
_TOKEN = re.compile(
    r"\s*(?:"
    rf"(?P<area>R{_STEP}C{_STEP}|C{_STEP}:C{_STEP}|R{_STEP}:R{_STEP})(?![\w(.\[])"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<sheet>'(?:[^']|'')*'!|[^\W\d][\w.]*!)"
    r"|(?P<error>#[A-Z0-9/]+[!?]?)"
    r"|(?P<name>[^\W\d][\w.\\?]*)"
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>%:,;()])"
    r")\s*"
)
_PRECEDENCE = {
    **dict.fromkeys(("=", "<", ">", "<=", ">=", "<>"), 1),
    "&": 2,
    **dict.fromkeys("+-", 3),
    **dict.fromkeys("*/", 4),
    "^": 5,
}
_LIBRARY = "_XLFN."  # what stands before the names of newer functions in files

_ADDRESS = re.compile(r"(?:(?P<sheet>.+)!)?(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")


class NotReadError(ValueError):
    """A formula, or a part of one, that this grammar does not have; says which."""


class NotEvaluatedError(ValueError):
    """What is not evaluated: a function, a reference, or a cell that it needs."""


class ErrorValueError(NotEvaluatedError):
    """A formula that comes to an error, as a division by nil does."""


@dataclass(frozen=True, slots=True)
class Step:
    """A row or a column: ``number`` is counted from the formula's own, or from 0 where fixed."""

    number: int
    is_fixed: bool = False

    def at(self, own: int) -> int:
        """The row or column that is meant from a place."""
        return self.number if self.is_fixed else own + self.number


@dataclass(frozen=True, slots=True)
class Area:
    """One cell or a range; ``sheet`` is empty for the formula's own sheet."""

    top: Step
    left: Step
    bottom: Step
    right: Step
    sheet: str = ""

    @property
    def is_cell(self) -> bool:
        """Whether it is a single cell."""
        return self.top == self.bottom and self.left == self.right


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, or a text, that stands in the formula itself."""

    value: Fraction | str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; a sign between two of them is a function, too."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name that is defined elsewhere in the workbook."""

    name: str


Node = Area | Constant | Call | DefinedName


def relative(formula: str, place: RowColumn) -> str:
    """A formula with its references written from its own place: B4 in row 5 of B is R[-1]C[0]."""

    def written(found: re.Match[str]) -> str:
        if found["other"]:
            return found[0]
        if found["row"]:
            row = _step(found["r"], int(found["row"]) - 1, place[0])
            return f"R{row}C{_step(found['c'], column_number(found['column']), place[1])}"
        letter, own = ("C", place[1]) if found["columns"] else ("R", place[0])
        ends = (found["columns"] or found["rows"]).split(":")
        return ":".join(letter + _end(end, own) for end in ends)

    return _A1.sub(written, formula)


def absolute(text: str, place: RowColumn) -> str:
    """A formula in relative notation as it is written in a cell."""

    def step(number: str, own: int) -> tuple[str, int]:
        is_fixed = not number.startswith("[")
        return "$" * is_fixed, int(number.strip("[]")) + (0 if is_fixed else own)

    def written(found: re.Match[str]) -> str:
        if found["other"]:
            return found[0]
        if found["line"]:
            is_column = found["line"] == "C"
            mark, number = step(found["step"], place[is_column])
            return mark + (letters_of(number) if is_column else str(number + 1))
        row_mark, row = step(found["row"], place[0])
        column_mark, column = step(found["column"], place[1])
        return f"{column_mark}{letters_of(column)}{row_mark}{row + 1}"

    return _RELATIVE.sub(written, text)


@cache
def letters_of(column: int) -> str:
    """The name of a column counted from 0: A, B, ... Z, AA."""
    letters, number = "", column + 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _end(text: str, own: int) -> str:
    bare = text.lstrip("$")
    number = int(bare) - 1 if bare.isdigit() else column_number(bare)
    return _step("$" if bare != text else "", number, own)


def _step(mark: str, number: int, own: int) -> str:
    return str(number) if mark else f"[{number - own}]"


def column_number(letters: str) -> int:
    """The number, from 0, of a column called A, B, ... Z, AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def parse_formula(formula: str, place: RowColumn) -> Node:
    """What a formula in a cell says; raises NotReadError where this grammar does not have it."""
    return parse_relative(relative(formula, place))


@lru_cache(maxsize=65536)
def parse_relative(text: str) -> Node:
    """What a formula in relative notation says; raises NotReadError."""
    if len(text) > 4 * LONGEST_FORMULA_CHARS:
        message = "too long"
        raise NotReadError(message)
    parser = _Parser(text, _tokens(text))
    node = parser.expression()
    if parser.tokens[parser.at][0] != "end":
        raise parser.unread()
    return node


def _tokens(text: str) -> list[tuple[str, str]]:
    """Kind and text of each token, and the end."""
    found = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise NotReadError(text[at : at + 20])
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return [*found, ("end", "")]


@dataclass(slots=True)
class _Parser:
    """Tokens read from left to right, tightest signs first; ``depth`` counts open brackets."""

    text: str
    tokens: list[tuple[str, str]]
    at: int = 0
    depth: int = 0

    def unread(self) -> NotReadError:
        return NotReadError(self.tokens[self.at][1] or self.text[:20])

    def take(self, sign: str) -> bool:
        """Go past a sign, if it comes next."""
        if self.tokens[self.at] == ("sign", sign):
            self.at += 1
            return True
        return False

    def expression(self, least: int = 1) -> Node:
        self.depth += 1
        if self.depth > 2 * MOST_BRACKETS:
            raise self.unread()
        left = self.prefixed()
        while True:
            kind, sign = self.tokens[self.at]
            rank = _PRECEDENCE.get(sign, 0) if kind == "sign" else 0
            if rank < least:
                break
            self.at += 1
            left = Call(sign, (left, self.expression(rank + 1)))
        self.depth -= 1
        return left

    def prefixed(self) -> Node:
        """An operand with its signs: a minus before it binds tighter than any power."""
        is_negative = False
        while self.tokens[self.at] in (("sign", "-"), ("sign", "+")):
            is_negative ^= self.tokens[self.at][1] == "-"
            self.at += 1
        node = self.operand()
        if is_negative:
            node = Call("-", (Constant(Fraction(0)), node))
        while self.take("%"):
            node = Call("/", (node, Constant(Fraction(100))))
        return node

    def operand(self) -> Node:
        kind, token = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Constant(_number(token))
        if kind == "text":
            return Constant(token[1:-1].replace('""', '"'))
        if kind == "sheet":
            return self.area(token[:-1].strip("'").replace("''", "'"))
        if kind == "area":
            self.at -= 1
            return self.area("")
        if kind == "name":
            return self.call(token) if self.take("(") else DefinedName(token)
        if (kind, token) == ("sign", "("):
            node = self.expression()
            if self.take(")"):
                return node
        self.at -= 1
        raise self.unread()

    def area(self, sheet: str) -> Node:
        kind, token = self.tokens[self.at]
        if kind != "area" or "[" in sheet:
            raise self.unread()
        self.at += 1
        if ":" in token:
            return _lines(token, sheet)
        first = _corner(token)
        last = first
        if self.take(":"):
            kind, token = self.tokens[self.at]
            if kind != "area" or ":" in token:
                raise self.unread()
            self.at += 1
            last = _corner(token)
        return Area(*first, *last, sheet)

    def call(self, name: str) -> Node:
        arguments: list[Node] = []
        while not self.take(")"):
            if arguments and not (self.take(",") or self.take(";")):
                raise self.unread()
            arguments.append(self.expression())
        return Call(name.upper().removeprefix(_LIBRARY), tuple(arguments))


def _number(token: str) -> Fraction:
    if len(token) > 40 or len(token.lower().partition("e")[2]) > 4:
        raise NotReadError(token)
    return Fraction(token)


def _corner(token: str) -> tuple[Step, Step]:
    row, _, column = token[1:].partition("C")
    return _step_of(row), _step_of(column)


def _step_of(text: str) -> Step:
    return Step(int(text.strip("[]")), is_fixed=not text.startswith("["))


def _lines(token: str, sheet: str) -> Area:
    """Whole rows or columns."""
    first, last = (_step_of(end[1:]) for end in token.split(":"))
    if token.startswith("C"):
        top, bottom = Step(0, is_fixed=True), Step(MAX_ROWS - 1, is_fixed=True)
        return Area(top, first, bottom, last, sheet)
    left, right = Step(0, is_fixed=True), Step(MAX_COLUMNS - 1, is_fixed=True)
    return Area(first, left, last, right, sheet)


def split_address(text: str) -> tuple[str, Place] | None:
    """The sheet and the place of a printed address, or None where it is no cell of a sheet."""
    found = _ADDRESS.fullmatch(text)
    if found is None or found["sheet"] is None:
        return None
    sheet = found["sheet"]
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, (int(found["row"]) - 1, column_number(found["column"]))


def name_of(place: Place) -> str:
    """A place as it is written in a formula of its own sheet."""
    return f"{letters_of(place[1])}{place[0] + 1}"


def ranges_of(places: Iterable[Place]) -> str:
    """Places as ranges, column by column: ``B5:B7, B9``."""
    names = []
    for column, cells in groupby(sorted(set(places), key=lambda p: p[::-1]), key=lambda p: p[1]):
        rows = [row for row, _ in cells]
        runs = groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])
        for _, run in runs:
            lines = [row for _, row in run]
            first, last = name_of((lines[0], column)), name_of((lines[-1], column))
            names.append(first if len(lines) == 1 else f"{first}:{last}")
    return ", ".join(names)
