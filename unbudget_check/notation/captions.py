"""Captions of tables, figures and annexes: kind, printed number and title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import language_codes, load_language, normalise
from unbudget_check.model.numbering import is_ideographic
from unbudget_check.model.prose import CaptionKind
from unbudget_check.profiles import form

if TYPE_CHECKING:
    from unbudget_check.lexicon import Language

LONGEST_CAPTION_CHARS = 250
# A word of more letters is known without its first one.
SHORT_WORD_LETTERS = 3
# A note is known by its first characters.
BEGINNING = 40
# 29E.24, 8.I.31, 29E.VII, 4, II, A.2, 3.12a, and ideographs in place of the last one.
NUMERAL = r"(?:\d{1,3}|[IVXLC]{1,8}|[^\W\d_a-zA-Z]{1,3})"
NUMBER = (
    rf"(?:{form('section')}\.{NUMERAL}|(?=[A-Z]{{0,3}}[.-]?\d)[A-Z\d]\w{{0,5}}(?:\.\w{{1,5}}){{0,4}}"
    rf"|{NUMERAL})"
)
# A sentence that begins with a reference ends with a stop, or goes on.
_STOPS = (".", "。", ";", "；", ":", "：", ",", "，", "、")
_OPENS_TITLE = "(（[“\"'«‹"

_ONLY_NUMBER = re.compile(NUMBER)
_BRACKET = re.compile(r"[(（]([^()（）]{1,20})[)）]")
# A Latin letter before words in another script.
_LETTERED_NOTE = re.compile(r"[a-z]\s(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class PrintedCaption:
    """A caption: what it is of, its number, the title on its line, and whether it says "continued".

    ``is_set_off`` where a stop, a colon or a dash parts the title from the number.
    """

    kind: CaptionKind
    number: str
    title: str = ""
    continued: bool = False
    is_set_off: bool = False


def caption_of(text: str, language: Language | None) -> PrintedCaption | None:
    """The caption that a text is, or None."""
    if language is None or len(text) > LONGEST_CAPTION_CHARS or text.endswith(_STOPS):
        return None
    if not _words(language.code).match(text):
        mended = mended_caption(text, language)
        return caption_of(mended, language) if mended else None
    for kind in CaptionKind:
        found = _pattern(language.code, kind).fullmatch(text)
        number = found["number"] or "" if found else ""
        if found is None or not _is_number(number):
            continue
        title = (found["title"] or "").strip()
        # A number that a list prints may be typed as well: Table 4.2 Table 4.2.
        typed = _pattern(language.code, kind).fullmatch(title)
        title = "" if typed and not typed["title"] else title
        bracket = _BRACKET.match(title)
        carried = language.rows.get("carried", ())
        continued = bracket is not None and normalise(bracket[1]).strip() in carried
        title = title[bracket.end() :].strip(" :：") if bracket and continued else title
        if kind is CaptionKind.ANNEX and title and not found["stop"]:
            return None  # an annex has its title below
        if not title or title[0].isalnum() or title[0] in _OPENS_TITLE:
            return PrintedCaption(kind, number, title, continued, bool(found["stop"]))
    return None


def table_caption(text: str, language: Language | None) -> PrintedCaption | None:
    """The caption of a table that a text is, or None."""
    found = caption_of(text, language)
    return found if found and found.kind is CaptionKind.TABLE else None


def has_table_caption(text: str) -> bool:
    """Whether a text is the caption of a table in any language."""
    if not _any_table().match(text):
        return False
    return any(table_caption(text, load_language(code)) for code in language_codes())


def mended_caption(text: str, language: Language) -> str:
    """The caption that a line is but for the first letter of its word (able 3), or ""."""
    if len(text) > BEGINNING:
        return ""
    word, _, number = text.partition(" ")
    captions = language.captions
    known = (
        each for kind in CaptionKind for each in captions[kind] if len(each) > SHORT_WORD_LETTERS
    )
    whole = next((each for each in known if each[1:] == word.casefold()), "")
    return f"{whole.capitalize()} {number}" if whole and _ONLY_NUMBER.fullmatch(number) else ""


def _is_number(number: str) -> bool:
    """Whether what stands for a number is one; ideographs may be words."""
    last = number.rpartition(".")[2]
    return last.isascii() or is_ideographic(last)


@cache
def _any_table() -> re.Pattern[str]:
    words = {word for code in language_codes() for word in load_language(code).captions["table"]}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)


@lru_cache(maxsize=8)
def _words(code: str) -> re.Pattern[str]:
    """Any word with which a caption begins: few texts begin with one."""
    captions = load_language(code).captions
    words = {word for kind in CaptionKind for word in captions[kind]}
    return re.compile("|".join(map(re.escape, sorted(words))), re.IGNORECASE)


@lru_cache(maxsize=24)
def _pattern(code: str, kind: CaptionKind) -> re.Pattern[str]:
    terms = sorted(load_language(code).captions[kind], key=len, reverse=True)
    words = "|".join(map(re.escape, terms))
    number = f"(?P<number>{NUMBER})" + ("?" if kind is CaptionKind.ANNEX else "")
    return re.compile(
        rf"(?i:{words})\s*{number}(?!\w|\.\w)(?:\s+[a-z*](?=\s+[^a-z\s]|$))?"
        r"(?P<stop>\s*[:：]|\s*[.–—-](?=\s|$))?"
        r"(?:(?:(?<=[:：])\s*|\s+)(?P<title>\S.*))?",
        re.DOTALL,
    )


def says_note(text: str, language: Language | None) -> bool:
    """Whether a line begins with a word for a note or a source: Note: ..."""
    return (
        language is not None and _note(language.code).match(normalise(text[:BEGINNING])) is not None
    )


def is_note(text: str, language: Language) -> bool:
    """Whether a passage is a note below a table: Note: ..., or a mark and its text."""
    return (
        says_note(text, language) or _LETTERED_NOTE.match(normalise(text[:BEGINNING])) is not None
    )


@lru_cache(maxsize=8)
def _note(code: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_language(code).captions["note"]))
    return re.compile(rf"(?:{words})\s*[:.]")
