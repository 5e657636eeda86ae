"""Captions of tables, figures and annexes: kind, printed number and title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.numbering import is_ideographic
from unbudget_check.model.prose import CaptionKind
from unbudget_check.profiles import form

if TYPE_CHECKING:
    from unbudget_check.lexicon import Language

LONGEST_CAPTION_CHARS = 250
# A word of more letters is known without its first one.
SHORT_WORD_LETTERS = 3
# A note is told by its first characters.
BEGINNING = 40
# 29E.24, 8.I.31, 29E.VII, 4, II, and ideographs in place of the last one.
NUMERAL = r"(?:\d{1,3}|[IVXLC]{1,8}|[^\W\d_a-zA-Z]{1,3})"
NUMBER = rf"(?:{form('section')}\.{NUMERAL}|{NUMERAL})"

_ONLY_NUMBER = re.compile(NUMBER)
# A Latin letter before words in another script.
_LETTERED_NOTE = re.compile(r"[a-z]\s(?=[^\x00-\x7f])")


def caption_of(text: str, language: Language) -> tuple[CaptionKind, str, str] | None:
    """Kind, number and the title on the same line, where the text is a caption."""
    if len(text) > LONGEST_CAPTION_CHARS or text.endswith((".", "。", ";", "；", ":", "：", ",")):
        return None
    if not _words(language.code).match(text):
        mended = mended_caption(text, language)
        return caption_of(mended, language) if mended else None
    for kind in CaptionKind:
        found = _pattern(language.code, kind).fullmatch(text)
        if found and _is_number(found["number"] or "") and not _is_run_on(kind, found["title"]):
            title = (found["title"] or "").strip()
            # A number that a list prints may be typed as well: Table 4.2 Table 4.2.
            typed = _pattern(language.code, kind).fullmatch(title)
            return kind, found["number"] or "", "" if typed and not typed["title"] else title
    return None


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


def _is_run_on(kind: CaptionKind, title: str | None) -> bool:
    """Whether words after the number make it no caption: an annex has its title below."""
    return kind is CaptionKind.ANNEX and bool(title)


@lru_cache(maxsize=8)
def _words(code: str) -> re.Pattern[str]:
    """Any word with which a caption begins: few texts begin with one."""
    captions = load_language(code).captions
    words = {word for kind in CaptionKind for word in captions[kind]}
    return re.compile("|".join(map(re.escape, sorted(words))), re.IGNORECASE)


@lru_cache(maxsize=24)
def _pattern(code: str, kind: CaptionKind) -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_language(code).captions[kind]))
    number = f"(?P<number>{NUMBER})" + ("?" if kind is CaptionKind.ANNEX else "")
    return re.compile(
        rf"(?i:{words})\s*{number}(?!\w|\.\w)\.?(?:\s*[:.–—-]?\s+(?P<title>\S.*))?", re.DOTALL
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
