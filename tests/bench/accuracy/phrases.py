"""What sentences say, by patterns of the bench alone: amounts, lists, references."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.model.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.document import Document

# 29E.24, 8.II.27, 29E.VII; a language adds its own numerals.
NUMBER = r"(?:[A-Z]{{0,3}}\d{{1,3}}[A-Z]?(?:\.[IVX]{{1,4}})?\.(?:{numeral}))(?![\w.]\d)"


@dataclass(frozen=True, slots=True)
class Text:
    """One printed text with its place: a block, and row and position in it where it is a cell."""

    block: int
    text: str
    row: int = -1
    at: int = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: where it begins and ends, and what it says."""

    text: Text
    start: int
    end: int

    @property
    def said(self) -> str:
        """The piece as printed."""
        return self.text.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of one language."""

    amount: re.Pattern[str]
    direction: re.Pattern[str]
    percentage: re.Pattern[str]
    posts: re.Pattern[str]
    count: re.Pattern[str]
    entry: re.Pattern[str]
    reference: re.Pattern[str]
    table_caption: re.Pattern[str]
    figure_caption: re.Pattern[str]
    number: re.Pattern[str]
    component: re.Pattern[str]
    heading: re.Pattern[str]
    thousands_unit: re.Pattern[str]
    performance: re.Pattern[str]
    comparison: re.Pattern[str]
    reached: re.Pattern[str]
    organization: re.Pattern[str]
    total: re.Pattern[str]
    opposite: dict[str, str]
    numerals: tuple[str, ...]
    thousands: str
    absent: tuple[str, str]


@cache
def words_of(language: str) -> Words | None:
    """The patterns of a language, or None where there are none."""
    said = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
    if language not in said:
        return None
    found = said[language]
    pairs = [*found["directions"], *found["comparisons"]]
    opposite = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
    unnamed = found["amount"].replace("?P<digits>", "?:")
    direction = found["direction"].format(words="|".join(opposite), amount=unnamed)
    number = NUMBER.format(numeral=found["numeral"])
    kinds = "|".join(f"(?P<{name}>{found[name]})" for name in ("table", "figure", "paragraph"))
    patterns = {
        **{
            name: found[name]
            for name in ("amount", "percentage", "posts", "count", "entry", "component")
        },
        **{
            name: found[name]
            for name in (
                "heading",
                "thousands_unit",
                "organization",
                "total",
                "performance",
                "reached",
            )
        },
        "direction": direction,
        "comparison": found["comparison"].format(words="|".join(opposite)),
        "reference": f"(?:{kinds})(?P<rest>(?:{found['joint']}|{number})+)",
        "table_caption": found["table_caption"].format(number=number),
        "figure_caption": found["figure_caption"].format(number=number),
        "number": number,
    }
    compiled = {name: re.compile(pattern) for name, pattern in patterns.items()}
    roman, other = found["absent"]
    return Words(
        **compiled,
        opposite=opposite,
        numerals=tuple(found["numerals"]),
        thousands=found["thousands"],
        absent=(roman, other),
    )


def texts_of(document: Document) -> tuple[Text, ...]:
    """Every printed text of a document in reading order."""
    found: list[Text] = []
    for block, piece in enumerate(document.blocks):
        if isinstance(piece, Paragraph):
            found.append(Text(block, piece.text))
            continue
        for row, cells in enumerate(piece.rows):
            found += [Text(block, cell.text, row, at) for at, cell in enumerate(cells)]
    return tuple(found)


def pieces(pattern: re.Pattern[str], text: Text, group: str = "digits") -> Iterator[Piece]:
    """Where a pattern stands in a text."""
    for found in pattern.finditer(text.text):
        yield Piece(text, *found.span(group))


def number_of(words: Words, said: str) -> int:
    """A count in digits or in words."""
    return int(said) if said.isdecimal() else words.numerals.index(said.lower()) + 1


def hundreds(digits: str) -> int | None:
    """An amount in hundreds of dollars, or None where it is finer."""
    value = int(re.sub(r"\D", "", digits))
    return None if value % 100 else value // 100


def references(words: Words, text: Text) -> Iterator[tuple[str, Piece]]:
    """Every printed number that a text refers to, with the kind of what it numbers."""
    for found in words.reference.finditer(text.text):
        kind = next(name for name in ("table", "figure", "paragraph") if found[name])
        begin = found.start("rest")
        for number in words.number.finditer(found["rest"]):
            yield kind, Piece(text, begin + number.start(), begin + number.end())
