"""Writes the blocks as CSV: as printed (captions, gaps under merged headings), and as tidy data."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from tests.compose import figures
from tests.compose.office import HARBOURS
from tests.compose.printed import Block, Grid, Paragraph, plain, width_of
from tests.compose.sums import money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.compose.tables import Words


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


def render_items(words: Words, mistakes: Mapping[tuple[str, str, str], str]) -> bytes:
    """Tidy data, one row an item: component, object of expenditure, then plain numbers.

    ``mistakes`` gives other texts for some (component, object, measure).
    """
    columns, rows, names = words["columns"], words["rows"], words["names"]
    measures = [columns[key] for key in ("spent", "base", "technical", "mandates", "other")]
    measures += [columns["all_changes"], columns["estimate_other"]]
    table: list[Sequence[str]] = [[columns["component"], columns["object"], *measures]]
    for component in (*HARBOURS.components, ""):
        inside = [component] if component else HARBOURS.components
        for item in (*figures.OBJECTS, "") if component else ("",):
            labels = (names.get(component, rows["total"]), rows.get(item, rows["total"]))
            spent, base, *factors = money(HARBOURS, [item] if item else figures.OBJECTS, inside)
            values = (spent, base, *factors, sum(factors), base + sum(factors))
            printed = [
                mistakes.get((*labels, measure), _number(value))
                for measure, value in zip(measures, values, strict=True)
            ]
            table.append([*labels, *printed])
    return _csv(table)


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
