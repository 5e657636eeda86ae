"""Which mark separates decimals in a document, where its figures show another habit than its words.

A table in a language without a file, or a data file exported with other settings, prints 1.234,5
where the language would print 1,234.5; the figures themselves decide.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.model.document import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.languages import NumberStyle
    from unbudget_check.model.document import Block

# So many cells show the habit of a document.
SAMPLE = 4000
LONGEST = 40
# Evidence must outweigh what speaks for the language's own style by this factor.
CLEARLY = 3
_DECIMAL = re.compile(r"\d([.,])\d{1,2}(?!\d)\D*")
_GROUPS = re.compile(r"\D{0,3}\d{1,3}(?:([.,])\d{3})+(?:[.,]\d{1,2})?\D{0,2}")


def style_of(blocks: Iterable[Block], style: NumberStyle) -> NumberStyle:
    """The language's style, or the same with decimal and group marks exchanged."""
    own = "." if "." in style.decimal else ","
    other = "," if own == "." else "."
    for_own = for_other = lone = 0
    for text in islice(_figures(blocks), SAMPLE):
        decimal, groups = _DECIMAL.search(text), _GROUPS.fullmatch(text)
        if decimal:
            for_own += decimal[1] == own
            for_other += decimal[1] == other
        elif groups and text.count(groups[1]) > 1:
            for_own += groups[1] == other
            for_other += groups[1] == own
        elif groups:
            lone += 1 if groups[1] == own else -CLEARLY
    # 1.234 alone may be either; three of them and no decimal at all are thousands.
    if for_other > CLEARLY * for_own or (not for_own and lone >= CLEARLY):
        return replace(style, decimal=other, group=style.group.replace(other, "") + own)
    return style


def _figures(blocks: Iterable[Block]) -> Iterator[str]:
    """Short cells with digits and a mark that could be either."""
    tables = (block for block in blocks if isinstance(block, Table))
    cells = (cell for table in tables for row in table.rows for cell in row)
    for cell in cells:
        text = cell.text.strip()
        marked = "," in text or "." in text
        if marked and len(text) < LONGEST and text[-1:] in "0123456789)%":
            yield text
