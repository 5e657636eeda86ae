"""What a printed line is by its own words: a caption, a unit, a part, a note, a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from unbudget_check.lexicon import load_language, normalise
from unbudget_check.profiles import form

LONGEST_CAPTION = 250
_NUMBER = (
    r"(?-i:(?:[A-Z]\.?)?\d{1,3}[A-Z]{0,2}(?:\.[A-Z]{1,4})?(?:\.\w{1,3})?(?:\s?\([a-z0-9]\))?"
    r"|[IVXLC]{1,6})"
)
_PART = re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[IVX]{1,4})\)\s+(?=\S*[^\W\d])[^=]{1,120}")
_PARAGRAPH_NUMBER = re.compile(rf"({form('line_section')})\.\d{{1,3}}\.?\s+\S")
_FOOTNOTE = re.compile(r"(?:[a-z]|\*{1,3}|[†‡¹²³])[)）]?\s+\S{2}")
_STOPS = ("。", "；", "，", "、", ".", ";", ",")
_LONG = 40  # characters from which a numbered text is a paragraph rather than a label


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """The printed number of a table, its title if it stands beside it, and whether it goes on."""

    number: str
    title: str
    continued: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """The words of one language that open and close tables, as patterns."""

    table: re.Pattern[str]
    figure: re.Pattern[str]
    annex: re.Pattern[str]
    note: re.Pattern[str]
    carried: frozenset[str]
    units: frozenset[str]
    headings: frozenset[str]  # terms of columns, which may look like units


@cache
def signs_of(code: str | None) -> Signs:
    """The signs of a language; without a language nothing is a caption."""
    if code is None:
        never = re.compile(r"(?!)")
        return Signs(never, never, never, never, frozenset(), frozenset(), frozenset())
    language = load_language(code)
    captions = language.captions
    return Signs(
        re.compile(
            rf"(?:{_any(captions['table'])})\s*(?P<number>{_NUMBER})(?!\w)[.:：]?"
            r"(?:\s*[(（](?P<bracket>[^()（）]{1,20})[)）]|\s+(?P<mark>[a-z*]))?"
            r"(?:(?:\s*[:：.–—-]\s*|\s+)(?P<title>\S.*))?",
            re.IGNORECASE,
        ),
        _heading(captions["figure"]),
        _heading(captions["annex"]),
        re.compile(rf"(?:{_any(captions['note'])})\s*[:：.]", re.IGNORECASE),
        frozenset(language.rows.get("carried", ())),
        frozenset(term for unit in language.units for term in unit.terms),
        frozenset(term for terms in language.columns.values() for term in terms),
    )


def _heading(terms: tuple[str, ...]) -> re.Pattern[str]:
    """One of the terms with a number, and a title at most."""
    return re.compile(rf"(?:{_any(terms)})(?:\s*[\w.]{{1,10}})?(?:\s*[:：.].*)?", re.IGNORECASE)


def _any(terms: tuple[str, ...]) -> str:
    ordered = sorted(terms, key=len, reverse=True)
    return "|".join(map(re.escape, ordered)) or "(?!)"


def table_caption(bare: str, signs: Signs) -> CaptionLine | None:
    """The caption that a printed line is: the number alone, or the number and the title.

    A sentence that begins with a reference ends with a stop; it is no caption.
    """
    found = signs.table.fullmatch(bare) if len(bare) <= LONGEST_CAPTION else None
    if not found or bare[0].islower():
        # A sentence that goes on with a reference.
        return None
    title = (found["title"] or "").strip()
    bracket = found["bracket"] or ""
    if title.endswith(_STOPS) or (title and not title[0].isalnum() and title[0] not in "(（“\"'"):
        return None
    continued = normalise(bracket).strip() in signs.carried
    if bracket and not continued:
        title = f"({bracket}) {title}".strip()
    return CaptionLine(found["number"], title, continued)


def is_figure(bare: str, signs: Signs) -> bool:
    """Whether a printed line is the caption of a figure, with a title at most."""
    return len(bare) <= LONGEST_CAPTION and signs.figure.fullmatch(bare) is not None


def is_annex(bare: str, signs: Signs) -> bool:
    """Whether a printed line opens an annex."""
    return len(bare) <= LONGEST_CAPTION and signs.annex.fullmatch(bare) is not None


def is_unit(bare: str, signs: Signs) -> bool:
    """Whether a printed line names units, such as (Thousands of dollars/number of posts)."""
    if len(bare) > LONGEST_CAPTION or not signs.units:
        return False
    words = normalise(bare)
    bracketed = words.startswith("(") and words.endswith(")")
    if not bracketed:
        return words in signs.units and words not in signs.headings
    pieces = re.split(r"\s*[/;]\s*", words[1:-1])
    return any(piece.strip(" .") in signs.units for piece in pieces) or any(
        words[1:-1].startswith(term) for term in signs.units if len(term) > 1
    )


def is_part(bare: str) -> bool:
    """Whether a printed line opens a part of a table, such as (2) Extrabudgetary."""
    return _PART.fullmatch(bare) is not None


def is_note(bare: str, signs: Signs) -> bool:
    """Whether a printed line is a note or footnote under a table."""
    return signs.note.match(bare) is not None or _FOOTNOTE.match(bare) is not None


def opens_paragraph(bare: str, number: str) -> bool:
    """Whether a numbered paragraph of the text begins here, in the section of the table."""
    found = _PARAGRAPH_NUMBER.match(bare)
    return bool(found) and (
        len(bare) >= _LONG or (found is not None and number.startswith(found[1] + "."))
    )
