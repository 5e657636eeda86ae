"""Writes the blocks as CSV: as printed (captions, gaps under merged headings), and as tidy data."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from tests.compose import figures
from tests.compose.printed import Block, Grid, Paragraph, plain, width_of
from tests.compose.sums import money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def render_printed_csv(blocks: Iterable[Block]) -> bytes:
    """As printed, with commas in figures, so that the cells have to be quoted."""
    rows: list[Sequence[str]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            rows.append([plain(block.text)])
            continue
        rows += _spread_header(block)
        for row in block.rows:
            texts = [re.sub(r"(?<=\d) (?=\d{3})", ",", plain(text)) for text in row]
            rows.append(texts + [""] * (width_of(block) - len(texts)))
        rows.append([])
    return _csv(rows)


def render_items(mistakes: Mapping[tuple[str, str, str], str]) -> bytes:
    """Tidy data, one row an item: component, object, then the measures as plain numbers.

    ``mistakes`` gives other texts for some (component, object, measure).
    """
    measures = ("spent", "approved", "technical", "mandates", "other", "change", "proposed")
    rows: list[Sequence[str]] = [["component", "object", *measures]]
    for component in (*figures.COMPONENTS, "total"):
        for name in (*figures.OBJECTS, "total"):
            values = money(
                figures.OBJECTS if name == "total" else [name],
                figures.COMPONENTS if component == "total" else [component],
            )
            spent, base, *factors = values
            stated = (spent, base, *factors, sum(factors), base + sum(factors))
            texts = [
                mistakes.get((component, name, measure), _number(value))
                for measure, value in zip(measures, stated, strict=True)
            ]
            rows.append([component, name, *texts])
    return _csv(rows)


def _number(tenths: int) -> str:
    return f"{'-' * (tenths < 0)}{abs(tenths) // 10}.{abs(tenths) % 10}"


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def _spread_header(grid: Grid) -> list[list[str]]:
    """Header rows with every heading in its first column, the covered places empty."""
    open_rows = [0] * width_of(grid)
    rows = []
    for depth, row in enumerate(grid.header):
        texts = [""] * len(open_rows)
        free = [at for at in range(len(open_rows)) if open_rows[at] <= depth]
        for heading in row:
            texts[free[0]] = plain(heading.text)
            for at in free[: heading.columns]:
                open_rows[at] = depth + heading.rows
            free = free[heading.columns :]
        rows.append(texts)
    return rows
