"""The numbers in a sentence: in digits or in words, with a power of ten or per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.numerals import numeral_reader
from unbudget_check.extract.prose.grammar import any_of, grammar_of
from unbudget_check.languages import load_language
from unbudget_check.model.measures import Quantity
from unbudget_check.model.number import Number
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.languages import NumberStyle

_DIGITS = r"\d{1,3}(?:[, ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?"
# Numbers of resolutions, grades and paragraphs are not quantities, nor are ordinals.
_BEFORE = r"(?<![A-Za-z\d_.,/–-])(?<!\d )"
_AFTER = r"(?![A-Za-z\d_/–-]|[.,]\d)"
CENTURIES = ("19", "20")


@dataclass(frozen=True, slots=True)
class Reader:
    """What finds the numbers of one language."""

    pattern: re.Pattern[str]
    style: NumberStyle
    scales: Mapping[str, int]
    words: Mapping[str, int]


@lru_cache(maxsize=8)
def reader_of(code: str) -> Reader:
    """The reader of a language."""
    language, grammar = load_language(code), grammar_of(code)
    terms = language.comparisons
    # A single ideograph is a part of too many words.
    spoken = any_of(word for word in grammar.numerals if word.upper() != word) or r"(?!)"
    scale = any_of(grammar.scales) or r"(?!)"
    lead = any_of(terms["per_cent_before"]) or r"(?!)"
    percent = any_of(language.prose["per_cent"])
    return Reader(
        re.compile(
            rf"(?P<lead>(?:{lead})\s*)?{_BEFORE}(?:(?P<digits>{_DIGITS})|(?P<word>{spoken}))"
            rf"(?:\s*(?P<scale>{scale}))?(?:\s*(?P<percent>{percent})|{_AFTER})"
            r"(?:\s(?P<noun>[^\W\d]+(?:[-’'][^\W\d]+)*))?",
            re.IGNORECASE,
        ),
        language.numbers,
        grammar.scales,
        grammar.numerals,
    )


def quantities_in(text: str, start: int, end: int, passage: int, code: str) -> Iterator[Quantity]:
    """All numbers in ``text[start:end]`` that count or measure something; years do not."""
    reader = reader_of(code)
    for found in reader.pattern.finditer(text, start, end):
        quantity = _quantity(reader, found, passage)
        if quantity is not None:
            yield quantity


def _quantity(reader: Reader, found: re.Match[str], passage: int) -> Quantity | None:
    percent = bool(found["lead"] or found["percent"])
    number = _number(reader, found)
    if number is None or (not percent and _is_year(found)):
        return None
    last = max(found.end(name) for name in ("digits", "word", "scale", "percent"))
    noun = (found["noun"] or "").casefold()
    noun = noun[:1] if noun.upper() == noun else noun
    return Quantity(Span(passage, found.start(), last), number, percent, noun)


def _is_year(found: re.Match[str]) -> bool:
    digits = found["digits"] or ""
    return not found["scale"] and len(digits) == len("2026") and digits[:2] in CENTURIES


def leading_quantity(text: str, code: str) -> Quantity | None:
    """The number that a text begins with."""
    reader = reader_of(code)
    found = reader.pattern.match(text)
    return _quantity(reader, found, 0) if found else None


def _number(reader: Reader, found: re.Match[str]) -> Number | None:
    if found["word"]:
        number: Number | None = Number(reader.words[found["word"].casefold()])
    else:
        number = numeral_reader(reader.style)(found["digits"]).number
    if number is not None and found["scale"]:
        power = reader.scales[found["scale"].casefold()]
        number = Number(number.units, number.exponent + power)
    return number
