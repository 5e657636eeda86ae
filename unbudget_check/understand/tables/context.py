"""What the text around a table says about it: number, title, unit and part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize, numeric

from unbudget_check.lexicon import Unit, normalise
from unbudget_check.model.document import Paragraph, Table
from unbudget_check.notation.captions import mended_caption

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.lexicon import Language

MONEY, POSTS = "money", "posts"
# A caption stands close above its table: title, unit and part lie between, and nothing else.
CAPTION_BLOCKS_ABOVE = 6
LONGEST_CAPTION = 250
PART = re.compile(r"^\(([0-9]{1,2}|[IVX]{1,4}|[a-z])\)\s*(\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Context:
    """The printed number, title, units (in order) and part of one table.

    ``follows`` is true where a table goes on with a further part of the table before it.
    """

    number: str | None = None
    title: str = ""
    units: tuple[Unit, ...] = ()
    part: str | None = None
    part_title: str = ""
    follows: bool = False


def contexts(
    blocks: Iterable[Paragraph | Table], language: Language
) -> Iterator[tuple[Table, Context]]:
    """Every table with what the paragraphs before it say, in reading order."""
    before: list[str] = []
    last = Context()
    outer = ""  # a table that serves as the frame of another hands its caption on to it
    for block in blocks:
        if isinstance(block, Paragraph):
            before.append(block.text)
            continue
        if block.chart:
            continue
        if before or not block.address.startswith(f"{outer}/"):
            last = _context(before, last, language)
        outer = block.address
        before = []
        yield block, last


def _context(before: list[str], last: Context, language: Language) -> Context:
    number, inline, part, part_title = None, "", None, ""
    titles: list[str] = []
    units: tuple[Unit, ...] = ()
    near = [
        normalize("NFKC", text).strip() for text in before[-CAPTION_BLOCKS_ABOVE:] if text.strip()
    ]
    for text in reversed(near):
        caption = _caption(text, language)
        if caption:
            number, inline = caption
            break
        found = units_in(text, language)
        marked = PART.match(text)
        if found and not units:
            units = found
        elif marked and part is None and len(text) <= LONGEST_CAPTION:
            part, part_title = f"({marked[1]})", " ".join(marked[2].split())
        elif len(text) <= LONGEST_CAPTION and not _is_note(text, language):
            titles.append(text)
    if number is None and part and not units and last.number is not None:
        # A part line alone continues the table above; a new table would carry its own caption.
        return Context(last.number, last.title, last.units, part, part_title, follows=True)
    if number is None and not before and last.units:
        return Context(
            last.number, last.title, last.units, last.part, last.part_title, follows=True
        )
    if number is not None and number == last.number:
        # The same caption again, "continued" on another page or with another part.
        return Context(
            number, last.title, units or last.units, part or last.part, part_title, follows=True
        )
    # Under a caption the title comes first; without one the nearest heading must do.
    title = inline or (titles[-1 if number else 0] if titles else "")
    return Context(number, " ".join(title.split()), units, part, part_title)


def _is_note(text: str, language: Language) -> bool:
    bare = normalise(text)
    return any(re.match(rf"{re.escape(word)}\s*[:.]", bare) for word in language.captions["note"])


def _caption(text: str, language: Language) -> tuple[str, str] | None:
    """Number and inline title, where the text is the caption of a table."""
    if len(text) > LONGEST_CAPTION:
        return None
    bare = " ".join(text.split())
    bare = mended_caption(bare, language) or bare
    for word in language.captions["table"]:
        pattern = rf"{re.escape(word)}\s*([A-Z0-9][\w]*(?:\.[\w]+)*)\.?(?:\s*[:.–—-]?\s+(\S.*))?$"
        match = re.match(pattern, bare, re.IGNORECASE)
        # A sentence that begins with a reference to a table is no caption: it ends with a stop.
        if (
            match
            and re.search(r"\d|^[IVX]+$", match[1])
            and not bare.endswith((".", "。", ";", "；"))
        ):
            return match[1], (match[2] or "").strip()
    return None


def units_in(text: str, language: Language) -> tuple[Unit, ...]:
    """The units that a line such as (Thousands of dollars/number of posts) names, in order."""
    bare = normalise(text)
    if len(bare) > LONGEST_CAPTION:
        return ()
    bracketed = bare.startswith("(") and bare.endswith(")")
    inner = bare[1:-1] if bracketed else bare
    pieces = [piece.strip(" .") for piece in re.split(r"\s*/\s*|;", inner)]
    known = [_unit_of(piece, language) for piece in pieces]
    if len(pieces) > 1 and any(unit is not None and unit.kind == POSTS for unit in known):
        # What stands beside a number of posts is money, whatever the currency is called.
        known = [
            unit or _money_in(piece, language) for piece, unit in zip(pieces, known, strict=True)
        ]
    found = tuple(unit for unit in known if unit is not None)
    if found or not bracketed:
        return found
    # A unit with a remark, such as (Thousands of dollars, at current rates).
    longest = max(
        (
            (len(term), unit.scale, unit)
            for unit in language.units
            for term in unit.terms
            if len(term) > 1 and inner.startswith(term)
        ),
        default=None,
        key=lambda found: found[0],
    )
    return (longest[2],) if longest else ()


def _unit_of(piece: str, language: Language) -> Unit | None:
    return next((unit for unit in language.units if piece in unit.terms), None)


def _money_in(piece: str, language: Language) -> Unit:
    """Money in a currency that no language file names, in the scale that its other words tell."""
    kinds = [unit for unit in language.units if unit.kind == MONEY]
    found = Unit(MONEY, 0, ())
    for unit in kinds:
        elsewhere = {word for other in kinds if other is not unit for word in _words(other.terms)}
        if unit.scale and _words([piece]) & (_words(unit.terms) - elsewhere):
            found = unit
    return found


def _words(terms: Iterable[str]) -> set[str]:
    """The words of units; a numeral such as ten thousand stands alone where nothing parts words."""
    words = {word for term in terms for word in term.split()}
    return words | {term[0] for term in terms if term and numeric(term[0], None) is not None}
