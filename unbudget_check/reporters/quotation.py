"""A sentence around a finding, drawn for a terminal, with what the finding is about marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.reporters.layout import wrapped
from unbudget_check.reporters.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.finding import Quote

BEFORE, AFTER = ">>", "<<"
BAR = "| "


def draw_quote(quote: Quote, width: int) -> Iterator[Text]:
    """The quotation behind a bar, the piece in question between ``>>`` and ``<<``."""
    before, marked, after = quoted(quote)
    for row in wrapped(f"{before}{BEFORE}{marked}{AFTER}{after}", width - len(BAR)):
        text = Text(BAR, "dim").append(row)
        text.highlight_regex(r">>.*?(?:<<|$)|^.*?<<", "bold")
        yield text
