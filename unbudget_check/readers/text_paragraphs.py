"""Wrapped lines put together again as paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.model.document import Paragraph
from unbudget_check.readers.text_grid import join_lines
from unbudget_check.readers.text_pages import has_outline_mark
from unbudget_check.readers.text_rows import has_open_bracket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.readers.text_pages import Textline

# 12. or 29E.97, and no figure that a line happens to begin with: 12 posts, 12.5 per cent, 12 500.
_NUMBERED = re.compile(r"\d{1,3}[A-Z]{0,2}(?:\.[IVX]{1,4})?\.(?:\d{1,3}\.?)?\s+[^a-z\d\s%(]")
# A sign before the mark or number of a list that was set with bullets.
_BULLET = re.compile(r"[-\u2010-\u2015\u2022\u00b7\u25aa*]\s+")
# Printed lines in one paragraph; a longer run is no paragraph but a text without any signs.
LONGEST = 60


def paragraph(textlines: Sequence[Textline]) -> Paragraph:
    """These lines as one paragraph, at the place of the first."""
    number = textlines[0].number
    text = join_lines([textline.text for textline in textlines])
    return Paragraph(text, f"line {number}", number)


def paragraphs(textlines: Iterable[Textline]) -> Iterator[Paragraph]:
    """The paragraphs of running text, as far as the print shows where they end."""
    waiting: list[Textline] = []
    for textline in textlines:
        if waiting and _opens(waiting[-1], textline):
            yield paragraph(waiting)
            waiting = []
        waiting.append(textline)
        if (textline.stops and not textline.runs_on) or len(waiting) >= LONGEST:
            yield paragraph(waiting)
            waiting = []
    if waiting:
        yield paragraph(waiting)


def _opens(upper: Textline, lower: Textline) -> bool:
    """Whether a new paragraph begins although the line before did not seem to end one."""
    if upper.runs_on or has_open_bracket(upper.bare):
        return False
    bullet = _BULLET.match(lower.bare)
    bare = lower.bare[bullet.end() :] if bullet else lower.bare
    return has_outline_mark(bare) or _NUMBERED.match(bare) is not None
