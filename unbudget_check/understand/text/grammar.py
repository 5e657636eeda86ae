"""Language patterns for amounts, changes, shares, posts and quantities in sentences.

A language file writes them with places to be filled: ``{amount}``, ``{percent}`` and ``{count}``
are figures, ``{direction}`` is a word for an increase or a decrease, ``{few}`` some words, and
``{gap}`` any words of the same sentence. Numbers are in digits or in words, with a power of ten
or per cent.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language
from unbudget_check.model.number import Number
from unbudget_check.model.prose import Quantity, Span
from unbudget_check.notation.in_text import AMOUNT, COUNT, QUANTITY
from unbudget_check.notation.numerals import numeral_reader
from unbudget_check.notation.years import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.lexicon import NumberStyle


# Full-width forms and rare blanks as their plain ones, character by character: places stay.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE = re.compile(f"[{''.join(map(chr, _PLAIN))}]")
_SCALES = {"thousand": 3, "ten_thousand": 4, "million": 6, "hundred_million": 8, "billion": 9}
# Where a figure may begin: tried at every digit of a long one, a pattern takes for ever.
_BEGINNING = r"(?<!\d)(?<!\d[.,])"
_SENTENCE = r"[^.;。；]{0,160}?"
# Some words, and a grade: two P-3 posts.
_WORDS = r"(?:[^.,;:()。，；\d]|(?<=[A-Z]-)\d(?:/\d)?){0,48}?"
_YEAR = rf"{YEAR}(?:[-\u2013/]\d{{2,4}})?"
_PLACE = re.compile(r"\{(\w+)\}")

Patterns = tuple[re.Pattern[str], ...]
# A word without which the pattern is not to be found, and the pattern.
Cued = tuple[tuple[str, re.Pattern[str]], ...]
# The last words before an amount, which are looked at first, the pattern up to the amount, and
# what must follow the amount, if anything.
Leads = tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]
# What is counted, and what stands right before it with the count: nouns are rarer than figures.
Counted = tuple[re.Pattern[str], Patterns]

# Numbers of resolutions, grades and paragraphs are not quantities, nor are ordinals.
_BEFORE = r"(?<![A-Za-z\d_.,/–-])(?<!\d )"
_AFTER = r"(?![A-Za-z\d_/–-]|[.,]\d)"
CENTURIES = ("19", "20")

# What goes on for longer is a list or damaged text: it is cut, so that what is asked about one
# figure never takes the whole passage.
LONGEST_SENTENCE_CHARS = 2_000
_END = re.compile(r"(?<=[.;])\s+(?=[A-Z(\u201c\"])|(?<=[\u3002\uff1b;])")


_PLAIN |= dict.fromkeys(map(ord, "\u3000\u00a0\u2009\u202f\u2002\u2007"), ord(" "))


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one language.

    ``amount`` has the groups digits and scale, or their twins where the currency comes last.
    ``levels``, ``bases`` and ``changes`` match what stands right before an amount, ``rates`` what
    stands right behind it; ``words`` are all words that give an amount in brackets its sign,
    ``single`` matches what one post is called, not as a part of another noun, and ``joining`` the
    words that stand between two things, not before a noun that a number counts.
    ``cues`` are the bits of text without which a kind of figure cannot be there: looking for
    them is fast.
    """

    amount: re.Pattern[str]
    levels: Leads
    bases: Leads
    changes: Leads
    unchanged: re.Pattern[str]
    neutral: re.Pattern[str]
    incomplete: re.Pattern[str]
    multiplied: re.Pattern[str]
    comprising: re.Pattern[str]
    remainder: re.Pattern[str]
    rates: Patterns
    shares: Cued
    posts: Counted
    positions: Counted
    single: re.Pattern[str]
    joining: re.Pattern[str]
    provides: re.Pattern[str]
    words: re.Pattern[str]
    about: re.Pattern[str]
    signs: Mapping[str, int]
    cues: Mapping[str, tuple[str, ...]]
    offsets: frozenset[str]
    scales: Mapping[str, int]
    numerals: Mapping[str, int]


def folded(text: str) -> str:
    """The same text with plain digits, brackets and blanks; every character keeps its place."""
    return text.translate(_PLAIN) if _WIDE.search(text) else text


@lru_cache(maxsize=8)
def grammar_of(code: str) -> Grammar:
    """The grammar of a language."""
    prose = load_language(code).prose
    scales = {word: power for name, power in _SCALES.items() for word in prose[name]}
    numerals = {word: at for at, word in enumerate(prose["numerals"], 1)}
    signs = dict.fromkeys(prose["increase"], 1) | dict.fromkeys(prose["decrease"], -1)
    counts = rf"{COUNT}|{any_of(numerals)}" if numerals else COUNT
    places = {
        "amount": "",
        "percent": rf"{_BEGINNING}(?P<percent>{AMOUNT})\s*(?:{any_of(prose['per_cent'])})",
        "count": rf"(?<![\d.,$/-])(?P<count>{counts})(?![\d.])",
        "direction": rf"(?P<sign>(?:(?:{any_of(prose['net'])})\s*)?(?P<direction>{any_of(signs)}))",
        "gap": _SENTENCE,
        "few": _WORDS,
        "year": _YEAR,
    }
    return Grammar(
        _amount(prose, scales),
        _leads(prose["levels"], places),
        _leads(prose["bases"], places),
        _leads(prose["changes"], places),
        _compiled(any_of(prose["unchanged"])),
        _compiled(any_of(prose["neutral"])),
        _compiled(any_of(prose["incomplete"])),
        _compiled(any_of(prose["multiplied"])),
        _compiled(any_of(prose["comprising"])),
        _compiled(rf"(?:{any_of(prose['remainder'])})\s*\Z"),
        tuple(_compiled(rf"\s*{_filled(each, places)}") for each in prose["rates"]),
        tuple((_cue(each), _compiled(_filled(each, places))) for each in prose["shares"]),
        _counted(prose["posts"], places),
        _counted(prose["positions"], places),
        _single(prose),
        _compiled(any_of((*prose["plain"], *prose["per_cent"]))),
        _compiled(any_of(prose["proposed_posts"])),
        _compiled(any_of((*signs, *prose["offset"]))),
        _compiled(rf"(?:{any_of(prose['about'])})\s*\Z"),
        signs,
        _cues(prose),
        frozenset(prose["offset"]),
        scales,
        numerals,
    )


def any_of(terms: Iterable[str]) -> str:
    """Any of some words, the longest first; a word of letters ends where no letter follows."""
    ordered = sorted(set(terms), key=lambda term: (-len(term), term))
    return "|".join(f"{_edge(t[:1])}{_spaced(t)}{_edge(t[-1:])}" for t in ordered)


def _cues(prose: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Kind of figure -> what must be somewhere in the text, the first word of each phrase."""
    words = {
        "amount": (*prose["currency_before"], *prose["currency_after"]),
        "unchanged": prose["unchanged"],
        "percent": prose["per_cent"],
        "posts": tuple(p.rpartition("}")[2] for p in (*prose["posts"], *prose["positions"])),
    }
    return {kind: tuple({each.split()[0] for each in terms}) for kind, terms in words.items()}


def _cue(pattern: str) -> str:
    """The longest word of a phrase: where it is not printed, the phrase is not either."""
    words = (word for piece in _PLACE.split(pattern)[::2] for word in piece.split())
    return max(words, key=len).casefold()


def _amount(prose: Mapping[str, tuple[str, ...]], scales: Iterable[str]) -> re.Pattern[str]:
    """An amount of money: its currency stands before or after it."""
    scale = any_of(scales)
    led = (
        rf"(?:{any_of(prose['currency_before'])})\s*(?P<digits>{AMOUNT})(?:\s*(?P<scale>{scale}))?"
    )
    followed = (
        rf"(?<![\d.,])(?P<digits2>{AMOUNT})\s*(?P<scale2>{scale})?"
        rf"\s*(?:{any_of(prose['currency_after'])})"
    )
    return _compiled(f"{led}|{followed}")


def _filled(pattern: str, places: Mapping[str, str]) -> str:
    """One pattern of a language file as a regular expression; its last word ends there."""
    pieces = _PLACE.split(pattern)
    filled = (places[piece] if at % 2 else _spaced(piece) for at, piece in enumerate(pieces))
    return "".join(filled) + _edge(pieces[-1][-1:])


def _leads(patterns: Iterable[str], places: Mapping[str, str]) -> Leads:
    """Patterns of what stands right before an amount, and of what must follow it."""
    halves = [pattern.partition("{amount}") for pattern in patterns]
    return tuple(
        (
            _PLACE.split(before)[-1].strip().casefold(),
            _compiled(rf"{_filled(before, places)}\s*\Z"),
            _compiled(rf"\s*{_filled(behind, places)}") if behind else None,
        )
        for before, _, behind in halves
    )


def led_by(before: str, behind: str, leads: Leads) -> Iterator[re.Match[str]]:
    """What the patterns find at the end of one text, where the other begins as they demand."""
    plain = before.rstrip().casefold()
    for last, pattern, rest in leads:
        found = pattern.search(before) if plain.endswith(last) else None
        if found is not None and (rest is None or rest.match(behind)):
            yield found


def _counted(patterns: Iterable[str], places: Mapping[str, str]) -> Counted:
    """Patterns that end in a noun, as the nouns and what leads to them."""
    nouns = {pattern.rpartition("}")[2].strip() for pattern in patterns}
    heads = {pattern.rpartition("}")[0] + "}" for pattern in patterns}
    before = tuple(_compiled(rf"{_filled(head, places)}\s*\Z") for head in sorted(heads))
    return _compiled(any_of(nouns)), before


def _single(prose: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """What one post is called, before a stop or a word that says nothing: no post adjustment."""
    nouns, plain = (any_of(prose[name]) or r"(?!)" for name in ("singular", "plain"))
    return _compiled(rf"(?:{nouns})(?=\s*(?:[.,;:()]|\Z)|\s+(?:{plain}))")


def _spaced(words: str) -> str:
    """Words whose blanks may be missing or many."""
    return re.escape(words).replace(r"\ ", r"\s*")


def _edge(character: str) -> str:
    """Scripts that set blanks between words end a word with one."""
    return r"\b" if character.casefold() != character.upper() else ""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuantityReader:
    """What finds the numbers of one language."""

    pattern: re.Pattern[str]
    style: NumberStyle
    scales: Mapping[str, int]
    words: Mapping[str, int]


@lru_cache(maxsize=8)
def reader_of(code: str) -> QuantityReader:
    """The reader of a language."""
    language, grammar = load_language(code), grammar_of(code)
    terms = language.comparisons
    # A single ideograph is a part of too many words.
    spoken = any_of(word for word in grammar.numerals if word.upper() != word) or r"(?!)"
    scale = any_of(grammar.scales) or r"(?!)"
    lead = any_of(terms["per_cent_before"]) or r"(?!)"
    percent = any_of(language.prose["per_cent"])
    return QuantityReader(
        re.compile(
            rf"(?P<lead>(?:{lead})\s*)?{_BEFORE}(?:(?P<digits>{QUANTITY})|(?P<word>{spoken}))"
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


def _quantity(reader: QuantityReader, found: re.Match[str], passage: int) -> Quantity | None:
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


def _number(reader: QuantityReader, found: re.Match[str]) -> Number | None:
    if found["word"]:
        number: Number | None = Number(reader.words[found["word"].casefold()])
    else:
        number = numeral_reader(reader.style)(found["digits"]).number
    if number is not None and found["scale"]:
        power = reader.scales[found["scale"].casefold()]
        number = Number(number.units, number.exponent + power)
    return number


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one text: where each begins, and where it ends before its last blanks."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def number(self, at: int) -> int:
        """Which sentence a place lies in, counted from 0."""
        return max(bisect_right(self.begins, at) - 1, 0)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentences begin and end in which a piece of text stands."""
        last = min(bisect_left(self.ends, end), len(self.ends) - 1)
        return self.begins[self.number(start)], self.ends[last]


@lru_cache(maxsize=16)
def sentences_of(text: str, start: int) -> Sentences:
    """The sentences of a text from some place on; the last passages asked for are remembered."""
    found = [(end.start(), end.end()) for end in _END.finditer(text, start)]
    stops = [(start, start), *found, (len(text), len(text))]
    pieces = [
        (begin, min(begin + LONGEST_SENTENCE_CHARS, end))
        for (_, first), (end, _) in pairwise(stops)
        for begin in range(first, max(end, first + 1), LONGEST_SENTENCE_CHARS)
    ]
    return Sentences(tuple(begin for begin, _ in pieces), tuple(end for _, end in pieces))
