"""How a language prints numbers, names columns, rows, units and grades: one TOML file a language.

Nothing outside this folder knows a word of any language. A new language is one new file.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


# Below one letter in so many the marks of a language say little: prose has one in four.
WEAK_LETTERS = 10
# Of so many letters of a text one may be of another language: a name.
FEW_OTHERS = 40
# Shorter terms are words of several languages.
SHORTEST_TERM_LETTERS = 4
# Labels and headings come many times; a longer text comes once and is not kept.
LONG_TEXT_CHARS = 120
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_BETWEEN_IDEOGRAPHS = re.compile(r"(?<=[\u2e80-\u9fff])\s+(?=[\u2e80-\u9fff])")
_SLASH = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The marks with which a language prints numbers."""

    decimal: str  # every character that may be a decimal mark
    group: str  # every character that may separate thousands
    nil: tuple[str, ...]  # printed for nothing (a dash is nil at the column's quantum)
    absent: tuple[str, ...]  # printed where no figure applies: neither nil nor blank
    credit: tuple[str, ...] = ()  # printed beside the amounts of one side of an account
    debit: tuple[str, ...] = ()  # and beside those of the other side
    side: int = 0  # the sign of credits, debits having the other one; 0 where nothing tells
    pairs: bool = False  # whether digits above the thousands stand in groups of two: 12,34,567


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: what is counted, and the power of ten of one printed one."""

    kind: str  # "money", "posts", "percentage" or "count"
    scale: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """One language file; all terms are normalised with :func:`normalise`."""

    code: str
    name: str
    detect: tuple[str, ...]  # characters or words frequent in this language and no other
    others: str  # characters that only other languages of its script have, or nothing
    right_to_left: bool
    numbers: NumberStyle
    captions: Mapping[str, tuple[str, ...]]  # table, figure, annex, part, note
    units: tuple[Unit, ...]
    columns: Mapping[str, tuple[str, ...]]  # concept of a column -> printed terms
    rows: Mapping[str, tuple[str, ...]]  # concept of a row -> printed terms
    derived: Mapping[str, tuple[str, ...]]  # words for rates, growth and averages of other lines
    grades: Mapping[str, tuple[str, ...]]  # grade -> printed terms
    lists: Mapping[str, tuple[str, ...]]  # marks inside a list of grades: separators, counters
    entities: Mapping[str, tuple[str, ...]]  # how components and their headings are named
    sources: Mapping[str, tuple[str, ...]]  # source of funds -> printed terms
    charts: Mapping[str, tuple[str, ...]]  # what charts print beside their figures
    references: Mapping[str, tuple[str, ...]]  # how sentences refer to tables, figures, paragraphs
    comparisons: Mapping[str, tuple[str, ...]]  # how sentences say that targets were met, and moves
    prose: Mapping[str, tuple[str, ...]]  # how sentences state amounts, changes, shares and posts


def normalise(text: str) -> str:
    """Printed words made comparable: full-width forms, case, spaces and line ends smoothed out."""
    return _normalised(text) if len(text) < LONG_TEXT_CHARS else _normalised.__wrapped__(text)


@lru_cache(maxsize=16384)
def _normalised(text: str) -> str:
    if text.isascii():
        plain = " ".join(text.lower().split())
        return _SLASH.sub("/", plain) if "/" in plain else plain
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("\u00ad", "").replace("\u2011", "-").replace("\u2010", "-")
    # Between ideographs a space is a matter of layout, never of meaning.
    return _SLASH.sub("/", " ".join(_BETWEEN_IDEOGRAPHS.sub("", folded).split()))


def plain_digits(text: str) -> str:
    """The same text with the digits of any script as 0 to 9."""
    if text.isascii() or _FOREIGN_DIGIT.search(text) is None:
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


@cache
def load_language(code: str) -> Language:
    """The language with this code, such as ``en``; raises KeyError for an unknown one."""
    if code not in language_codes():
        raise KeyError(code)
    source = files(__package__) / f"{code}.toml"
    return _language(code, tomllib.loads(source.read_text(encoding="utf-8")))


@cache
def other_rows() -> Mapping[str, tuple[str, ...]]:
    """Concept of a row -> its terms in languages that have no file of their own."""
    source = files(__package__) / "rows/other_languages.toml"
    return _terms(tomllib.loads(source.read_text(encoding="utf-8")))


@cache
def language_codes() -> tuple[str, ...]:
    """The codes of all language files."""
    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml")))


def detect_language(sample: str) -> str | None:
    """The language whose own letters and words are most frequent in a sample, if any is at all.

    A bare table has hardly any: there the headings and row labels that one language knows better
    than all others speak for it.
    """
    text = normalise(sample)
    letters = max(sum(map(str.isalpha, text)), 1)
    scores = {code: _share(load_language(code), text) for code in language_codes()}
    if max(scores.values()) * WEAK_LETTERS < letters:
        scores = {c: score + _known_terms(load_language(c), text) for c, score in scores.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > 0 else None


def _share(language: Language, text: str) -> int:
    """How many letters of a text are spoken for by the detection marks of a language."""
    words = [mark for mark in language.detect if not mark.startswith("[")]
    scripts = [mark for mark in language.detect if mark.startswith("[")]
    found = sum(len(re.findall(script, text)) for script in scripts)
    if language.others and len(re.findall(language.others, text)) * FEW_OTHERS > found:
        return 0
    return found + (_letters_of(tuple(words), text) if words else 0)


def _known_terms(language: Language, text: str) -> int:
    """How many letters of a text are terms of columns and rows in a language and no other."""
    words = _words_of(language.code).difference(
        *(_words_of(code) for code in language_codes() if code != language.code)
    )
    return _letters_of(tuple(sorted(words, key=len, reverse=True)), text)


@cache
def _words_of(code: str) -> frozenset[str]:
    """The terms of columns and rows in a language that are single words."""
    language = load_language(code)
    groups = (*language.columns.values(), *language.rows.values())
    return frozenset(
        term
        for terms in groups
        for term in terms
        if term.isalpha() and len(term) >= SHORTEST_TERM_LETTERS
    )


def _letters_of(words: Sequence[str], text: str) -> int:
    if not words:
        return 0
    pattern = r"\b(?:" + "|".join(map(re.escape, words)) + r")\b"
    return sum(len(word) for word in re.findall(pattern, text))


def _terms(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(normalise(term) for term in terms) for key, terms in table.items()}


def _language(code: str, raw: Mapping[str, Any]) -> Language:
    numbers = raw["numbers"]
    style = NumberStyle(
        numbers["decimal"],
        numbers["group"],
        tuple(numbers["nil"]),
        tuple(normalise(term) for term in numbers["absent"]),
        tuple(normalise(term) for term in numbers["credit"]),
        tuple(normalise(term) for term in numbers["debit"]),
    )
    units = tuple(
        Unit(unit["kind"], unit["scale"], tuple(normalise(term) for term in unit["terms"]))
        for unit in raw["units"]
    )
    return Language(
        code,
        raw["name"],
        tuple(raw["detect"]),
        raw.get("others", ""),
        raw.get("right_to_left", False),
        style,
        _terms(raw["captions"]),
        units,
        _terms(raw["columns"]),
        _terms(raw["rows"]),
        _terms(raw["derived"]),
        _terms(raw["grades"]),
        _terms(raw["lists"]),
        _terms(raw["entities"]),
        _terms(raw["sources"]),
        _terms(raw["charts"]),
        _terms(raw["references"]),
        _terms(raw["comparisons"]),
        _terms(raw["prose"]),
    )
