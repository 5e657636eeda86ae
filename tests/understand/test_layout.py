"""Which cells stand under one another, and where the headings of a table end."""

from __future__ import annotations

import pytest

from tests.as_printed import MONEY, facts_of, headings, roles, table_of
from unbudget_check.model.document import Cell, Document, Table
from unbudget_check.understand.understand import understand

ROWS = """
Posts  | 10.0 | 11.0
Travel |  1.0 |  1.5
Total  | 11.0 | 12.5
"""
ITEMS = [("Posts", "item"), ("Travel", "item"), ("Total", "total")]


def figures(table: str) -> list[list[str]]:
    """The printed figures, row by row, as they stand under the columns."""
    found = table_of(table, MONEY)
    kept = [column.index for column in found.columns[1:]]
    return [[cell.text if (cell := row[c]) else "" for c in kept] for row in found.cells]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Item | 2024 | 2025", ["2024", "2025"]),
        ("Item | 2024 | 2025\n | | ", ["2024", "2025"]),
        (" | | \nItem | 2024 | 2025", ["2024", "2025"]),
        ("Item | Approved<2>\n | 2024 | 2025", ["2024", "2025"]),
        ("Item | Approved | Proposed\n | 2024 | 2025", ["Approved 2024", "Proposed 2025"]),
        ("Item | 2024–2025 | 2026–2027", ["2024–2025", "2026–2027"]),
        ("Item | 2024 | 2025\n | (1) | (2)", ["2024", "2025"]),
        ("Item | 2024 | 2025\n(a) | (b) | (c)", ["2024", "2025"]),
        ("Item | 2024^a | 2025^b", ["2024", "2025"]),
    ],
)
def test_headings_end_where_the_figures_begin(header: str, names: list[str]) -> None:
    found = table_of(f"{header}\n{ROWS}", MONEY)
    assert [heading for heading, _ in headings(found)[1:]] == names
    assert roles(found) == ITEMS


def test_a_table_without_headings_begins_with_its_first_row() -> None:
    assert roles(table_of(ROWS, MONEY)) == ITEMS


def test_a_lone_label_below_the_headings_belongs_to_the_rows() -> None:
    found = table_of(f"Item | 2024 | 2025\nRegular resources | | \n{ROWS}", MONEY)
    assert roles(found) == [("Regular resources", "heading"), *ITEMS]


def test_spacer_rows_say_nothing() -> None:
    spaced = ROWS.replace("\n", "\n | | \n")
    found = table_of(f"Item | 2024 | 2025\n{spaced}", MONEY)
    assert roles(found) == ITEMS
    assert len(found.footings) == 1


@pytest.mark.parametrize(
    "table",
    [
        "Item | | 2024 | | 2025 |\nPosts | | 10.0 | | 11.0 |\nTravel | | 1.0 | | 1.5 |",
        "Item<2> | 2024 | 2025<2>\nPosts<2> | 10.0 | 11.0 |\nTravel<2> | 1.0 | 1.5 | ",
        "Item | 2024<2> | 2025<2>\nPosts | 10.0 | | 11.0 | \nTravel | 1.0 | | 1.5 | ",
        "Item | | 2024<1> | 2025\nPosts<2> | 10.0 | 11.0\nTravel<2> | 1.0 | 1.5",
    ],
)
def test_spacer_columns_are_no_columns(table: str) -> None:
    assert figures(table) == [["10.0", "11.0"], ["1.0", "1.5"]]


def test_an_empty_cell_keeps_its_place() -> None:
    table = (
        "Item | 2024 | 2025 | 2026\nPosts | 1.0 | | 3.0\nTravel | | 2.0 | \nTotal | 1.0 | 2.0 | 3.0"
    )
    assert figures(table) == [["1.0", "", "3.0"], ["", "2.0", ""], ["1.0", "2.0", "3.0"]]


def test_a_heading_over_several_rows_stands_over_its_columns_only() -> None:
    rows = (
        (
            Cell("Item", 0, 0, rows=3),
            Cell("Resources", 0, 1, columns=2),
            Cell("Posts", 0, 3, columns=2),
        ),
        (Cell("2025", 1, 1, rows=2), Cell("2026", 1, 2), Cell("2025", 1, 3), Cell("2026", 1, 4)),
        (Cell("estimate", 2, 2), Cell("approved", 2, 3), Cell("proposed", 2, 4)),
        tuple(Cell(text, 3, at) for at, text in enumerate(("North", "10.0", "11.0", "4", "5"))),
        tuple(Cell(text, 4, at) for at, text in enumerate(("South", "1.0", "1.5", "2", "2"))),
    )
    (found,) = understand(Document("a.docx", blocks=(Table(rows, 5),))).tables
    assert [(column.group, column.heading) for column in found.columns[1:]] == [
        ("Resources", "2025"),
        ("Resources", "2026 estimate"),
        ("Posts", "2025 approved"),
        ("Posts", "2026 proposed"),
    ]
    assert [row.label for row in found.rows] == ["North", "South"]


@pytest.mark.parametrize(
    "table",
    [
        "Indicator | 2024 | 2025\nRate | n/a | high\nSpeed | – | –",
        "Mandate | Title\n77/260 | Justice\n72/254 | Resources",
        "Unit | Result\nA | The unit held 12 meetings in 2024",
    ],
)
def test_a_table_of_words_claims_nothing(table: str) -> None:
    assert not facts_of(table).tables


def test_figures_beside_words_stand_in_their_own_column() -> None:
    table = "Item | Number | Details\nApproved | 3 | 1 D-1, 2 P-5\nNew | 1 | 1 P-4 for statistics"
    found = table_of(table)
    assert [role for _, role in headings(found)] == ["label", "number", "text"]


def test_a_table_may_be_wide_and_ragged() -> None:
    """Rows that end early, as damaged documents hold them, keep their first columns."""
    texts = (("Item", "2024", "2025"), ("Posts", "1.0"), ("Travel",), ("Total", "1.0", "2.0"))
    rows = tuple(
        tuple(Cell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(texts)
    )
    (found,) = understand(Document("a.docx", blocks=(Table(rows, 3),))).tables
    assert [[cell.text if cell else "" for cell in row] for row in found.cells] == [
        ["Posts", "1.0", ""],
        ["Travel", "", ""],
        ["Total", "1.0", "2.0"],
    ]


@pytest.mark.parametrize("mandates", ["New/expanded mandates", "New mandates"])
def test_headings_that_cross_the_columns_are_read_in_their_order(mandates: str) -> None:
    # The cells of the headings begin and end within those of the figures.
    table = f"""
 | 2026 expenditure | 2027 approved | Technical adjustments<3> | {mandates}<2> | Other | Total | 2028 estimate
Posts | 870.5 | 912.5<2> | – | 326.9<2> | –<2> | 326.9 | 1 239.4
Non-post | 210.5 | 332.3<2> | (65.7) | 14.1<2> | –<2> | (51.6) | 280.7
Total | 1 081.0 | 1 244.8<2> | (65.7) | 341.0<2> | –<2> | 275.3 | 1 520.1
"""  # noqa: E501
    found = [heading for heading, _ in headings(table_of(table, MONEY))[3:7]]
    assert found == ["Technical adjustments", mandates, "Other", "Total"]


@pytest.mark.parametrize("remark", ["1 (vacant)", "1 (2 in 2024, see note)", "1 \u2705"])
def test_words_in_brackets_behind_a_figure_of_a_column_are_a_remark(remark: str) -> None:
    printed = "Item | 2025\nA | 6\nB | 3\nC | 4\nD | {}\nTotal | 14"
    read = table_of(printed.format(remark)).numerals[3][1]
    assert (read.number and read.number.units) == 1
    # Among words it is a remark with a number in it.
    wordy = "Item | Note | 2025\nA | see {} | 6\nB | none | 3\nC | {} | 4\nTotal | | 13"
    assert table_of(wordy.format(remark, remark)).numerals[2][1].number is None


def test_each_figure_before_a_remark_is_read_for_itself() -> None:
    printed = "Item | 2025\nA | 6\nB | 1 (vacant)\nC | 4\nD | 2 (vacant, frozen)\nE | 7\nTotal | 20"
    numbers = [row[1].number for row in table_of(printed).numerals]
    assert [number and number.units for number in numbers] == [6, 1, 4, 2, 7, 20]
