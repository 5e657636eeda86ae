"""What a printed line is by its own words: a caption, a unit, a part, a note, a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise
from unbudget_check.notation.captions import says_note
from unbudget_check.profiles import form

if TYPE_CHECKING:
    from unbudget_check.lexicon import Language

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


def language_of(code: str | None) -> Language | None:
    """The language of a text; without one nothing is a caption."""
    return load_language(code) if code else None


@cache
def _table(code: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_any(load_language(code).captions['table'])})\s*(?P<number>{_NUMBER})(?!\w)[.:：]?"
        r"(?:\s*[(（](?P<bracket>[^()（）]{1,20})[)）]|\s+(?P<mark>[a-z*]))?"
        r"(?:(?:\s*[:：.–—-]\s*|\s+)(?P<title>\S.*))?",
        re.IGNORECASE,
    )


@cache
def _heading(code: str, kind: str) -> re.Pattern[str]:
    """A word for a caption with a number, and a title at most."""
    terms = load_language(code).captions[kind]
    return re.compile(rf"(?:{_any(terms)})(?:\s*[\w.]{{1,10}})?(?:\s*[:：.].*)?", re.IGNORECASE)


def _any(terms: tuple[str, ...]) -> str:
    ordered = sorted(terms, key=len, reverse=True)
    return "|".join(map(re.escape, ordered)) or "(?!)"


def table_caption(bare: str, language: Language | None) -> CaptionLine | None:
    """The caption that a printed line is: the number alone, or the number and the title.

    A sentence that begins with a reference ends with a stop; it is no caption.
    """
    is_short = language is not None and len(bare) <= LONGEST_CAPTION
    found = _table(language.code).fullmatch(bare) if language and is_short else None
    if not found or language is None or bare[0].islower():
        # A sentence that goes on with a reference.
        return None
    title = (found["title"] or "").strip()
    bracket = found["bracket"] or ""
    if title.endswith(_STOPS) or (title and not title[0].isalnum() and title[0] not in "(（“\"'"):
        return None
    continued = normalise(bracket).strip() in language.rows.get("carried", ())
    if bracket and not continued:
        title = f"({bracket}) {title}".strip()
    return CaptionLine(found["number"], title, continued)


def is_figure(bare: str, language: Language | None) -> bool:
    """Whether a printed line is the caption of a figure, with a title at most."""
    return _is_heading(bare, "figure", language)


def is_annex(bare: str, language: Language | None) -> bool:
    """Whether a printed line opens an annex."""
    return _is_heading(bare, "annex", language)


def _is_heading(bare: str, kind: str, language: Language | None) -> bool:
    if language is None or len(bare) > LONGEST_CAPTION:
        return False
    return _heading(language.code, kind).fullmatch(bare) is not None


def is_part(bare: str) -> bool:
    """Whether a printed line opens a part of a table, such as (2) Extrabudgetary."""
    return _PART.fullmatch(bare) is not None


def is_note(bare: str, language: Language | None) -> bool:
    """Whether a printed line is a note or footnote under a table."""
    return says_note(bare, language) or _FOOTNOTE.match(bare) is not None


def opens_paragraph(bare: str, number: str) -> bool:
    """Whether a numbered paragraph of the text begins here, in the section of the table."""
    found = _PARAGRAPH_NUMBER.match(bare)
    return bool(found) and (
        len(bare) >= _LONG or (found is not None and number.startswith(found[1] + "."))
    )
