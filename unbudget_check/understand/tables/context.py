"""What the text around a table says about it: number, title, unit and part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from unbudget_check.model.document import Paragraph, Table
from unbudget_check.notation.captions import says_note, table_caption
from unbudget_check.notation.units import units_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.lexicon import Language, Unit

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
        caption = table_caption(" ".join(text.split()), language)
        if caption:
            number, inline = caption.number, caption.title
            break
        found = units_in(text, language)
        marked = PART.match(text)
        if found and not units:
            units = found
        elif marked and part is None and len(text) <= LONGEST_CAPTION:
            part, part_title = f"({marked[1]})", " ".join(marked[2].split())
        elif len(text) <= LONGEST_CAPTION and not says_note(text, language):
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
