"""What a printed line is by its own words: a caption, a unit, a part, a note, a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language
from unbudget_check.notation.captions import caption_of, says_note, table_caption
from unbudget_check.profiles import form

if TYPE_CHECKING:
    from unbudget_check.lexicon import Language
    from unbudget_check.model.prose import CaptionKind
    from unbudget_check.notation.captions import PrintedCaption

_PART = re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[IVX]{1,4})\)\s+(?=\S*[^\W\d])[^=]{1,120}")
_PARAGRAPH_NUMBER = re.compile(rf"({form('line_section')})\.\d{{1,3}}\.?\s+\S")
_FOOTNOTE = re.compile(r"(?:[a-z]|\*{1,3}|[†‡¹²³])[)）]?\s+\S{2}")
_LONG = 40  # characters from which a numbered text is a paragraph rather than a label


def language_of(code: str | None) -> Language | None:
    """The language of a text; without one nothing is a caption."""
    return load_language(code) if code else None


def opens_table(bare: str, language: Language | None) -> PrintedCaption | None:
    """The caption of a table that a printed line is; a reference in a sentence may begin a line."""
    return None if bare[:1].islower() else table_caption(bare, language)


def opens_other(bare: str, language: Language | None, *kinds: CaptionKind) -> bool:
    """Whether a printed line is a caption of such a kind: alone, or with its title set off."""
    found = caption_of(bare, language)
    return found is not None and found.kind in kinds and (not found.title or found.is_set_off)


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
