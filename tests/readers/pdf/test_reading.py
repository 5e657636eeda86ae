"""A printed page: its tables with headings, rows and marks, and the text around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose.pdf import Look, render_pdf
from tests.compose.printed import Grid, Heading, Paragraph
from tests.readers.drawing import draw, tables
from unbudget_check.readers.pdf import read
from unbudget_check.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from unbudget_check.model.document import Document

HEADER = (
    (
        Heading("Object of expenditure", rows=2),
        Heading("2024 actual", rows=2),
        Heading("Changes", columns=3),
        Heading("2026 estimate", rows=2),
    ),
    (Heading("Technical"), Heading("Other"), Heading("Total")),
)
MONEY = Grid(
    "7.2",
    HEADER,
    (
        ("Posts", "26 628.0", "41.5", "13.7", "55.2", "26 683.2"),
        ("Travel of staff^a", "12.1", "–", "(1.0)", "(1.0)", "11.1"),
        ("Total", "26 640.1", "41.5", "12.7", "54.2", "26 694.3"),
    ),
)
ROWS = [
    "Posts|26 628.0|41.5|13.7|55.2|26 683.2",
    "Travel of staff^a|12.1|–|(1.0)|(1.0)|11.1",
    "Total|26 640.1|41.5|12.7|54.2|26 694.3",
]
BARE = ("", "")
BLOCKS = (
    Paragraph("7.1 The resources of the office are shown in table 7.2 and explained below."),
    Paragraph("Table 7.2", "caption"),
    Paragraph("Resources by object of expenditure", "caption"),
    MONEY,
    Paragraph("7.2 The decrease under travel is due to fewer missions.", "text"),
)


def read_pdf(data: bytes, **options: str) -> Document:
    return read(Source("a.pdf", data, ReadOptions(**options)))  # type: ignore[arg-type]


def test_a_table_with_rules_around_its_headings() -> None:
    assert draw(read_pdf(render_pdf(BLOCKS, Look(running=BARE)))) == [
        "7.1 The resources of the office are shown in table 7.2 and explained below.",
        "Table 7.2",
        "Resources by object of expenditure",
        "== 6 columns",
        "||Changes[1x3]|",
        "Object of expenditure|2024 actual|Technical|Other|Total|2026 estimate",
        *ROWS,
        "7.2 The decrease under travel is due to fewer missions.",
    ]


def test_a_table_in_a_grid_of_rules() -> None:
    assert draw(read_pdf(render_pdf(BLOCKS, Look(rules="grid", running=BARE))))[-4:-1] == ROWS


def test_a_cell_says_its_page_and_its_place_on_it() -> None:
    table = tables(read_pdf(render_pdf(BLOCKS)))[0]
    page, box = table.rows[2][1].address.split(", ")
    left, bottom, right, top = map(int, box.split())
    assert page == "page 1"
    assert left < right
    assert bottom < top
