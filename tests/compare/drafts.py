"""Drafts of composed documents: tables and sentences as a web page, and what an edit of it did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from unbudget_check import engine
from unbudget_check.compare.changes import edit_between
from unbudget_check.compare.versions import compare_runs
from unbudget_check.model.options import Wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.model.comparison import Comparison, Edit

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Draft:
    """A document: its tables as (caption, rows with the headings first), and its sentences."""

    tables: tuple[tuple[str, Rows], ...]
    sentences: tuple[str, ...] = ()
    language: str = "en"

    def page(self) -> bytes:
        body = "".join(f"<p>{escape(each)}</p>" for each in self.sentences)
        body += "".join(_table(*each) for each in self.tables)
        text = f"<html lang='{self.language}'><body>{body}</body></html>"
        return f"<!doctype html><meta charset='utf-8'>{text}".encode()

    def with_rows(self, table: int, change: Callable[[Rows], Sequence[tuple[str, ...]]]) -> Draft:
        """The same with the rows of one table changed."""
        tables = list(self.tables)
        caption, rows = tables[table]
        tables[table] = caption, tuple(change(rows))
        return replace(self, tables=tuple(tables))

    def with_cell(self, table: int, label: str, column: int, text: str) -> Draft:
        """The same with one cell changed."""
        return self.with_rows(
            table,
            lambda rows: [
                (*row[:column], text, *row[column + 1 :]) if row[0] == label else row
                for row in rows
            ],
        )


def _table(caption: str, rows: Rows) -> str:
    head, *body = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    lines = "".join(f"<tr>{row}</tr>" for row in body)
    return f"<p>{escape(caption)}</p><table><thead><tr>{head}</tr></thead>{lines}</table>"


def edit_of(old: Draft, new: Draft) -> Edit:
    """What an edit did, as ``compare`` would tell it."""
    return edit_of_bytes(old.page(), new.page(), "draft.html")


def edit_of_bytes(old: bytes, new: bytes, name: str) -> Edit:
    """The same of files of any format."""
    before, now = (engine.understand(name, Wishes(given={name: each})) for each in (old, new))
    return edit_between(before.case, now.case)


def compared(old: Draft, new: Draft) -> Comparison:
    """Both drafts checked, as ``compare`` does it."""
    wishes = [Wishes(given={"draft.html": each.page()}) for each in (old, new)]
    before, now = (engine.examine(["draft.html"], each) for each in wishes)
    return compare_runs(before, now, *wishes)


def told(edit: Edit) -> set[tuple[str | None, str | None, str, str]]:
    """The changed figures: row, column, as they were and as they are."""
    return {(each.where.row, each.where.column, each.before, each.now) for each in edit.changes}


HARBOUR: Rows = (
    ("Item", "2024 expenditure", "2025 approved", "2026 estimate"),
    ("Pilot boats", "1 204.3", "1 251.0", "1 310.4"),
    ("Lights and buoys", "860.5", "871.2", "902.8"),
    ("Dredging", "2 415.1", "2 460.7", "2 498.9"),
    ("Signal station", "317.6", "322.4", "329.3"),
    ("Total", "4 797.5", "4 905.3", "5 041.4"),
)
MARKET: Rows = (
    ("Item", "2024 expenditure", "2025 approved", "2026 estimate"),
    ("Stalls", "143.2", "151.9", "166.0"),
    ("Weighing house", "88.7", "90.1", "93.6"),
    ("Cleaning", "204.9", "211.3", "219.8"),
    ("Total", "436.8", "453.3", "479.4"),
)
OFFICES = Draft(
    (
        ("Table 1. Harbour office: resources (Thousands of dollars)", HARBOUR),
        ("Table 2. Market office: resources (Thousands of dollars)", MARKET),
    ),
    (
        "The resources proposed for the harbour office in 2026 amount to $5,041,400 (see table 1).",
        "The market office keeps its opening hours in 2026.",
    ),
)
FORGOTTEN = OFFICES.with_cell(0, "Dredging", 2, "2 461.7")
CARRIED = FORGOTTEN.with_cell(0, "Total", 2, "4 906.3")
