"""Examples as documents: what is written between bars is what a reader would hand on."""

from __future__ import annotations

import pytest

from tests.in_english import complaints
from unbudget_check.errors import UserError
from unbudget_check.model.document import Cell, Document, Flaw, Paragraph, Table
from unbudget_check.rulebook.example_tables import document_of
from unbudget_check.rulebook.rule import Example


def written(table: str, *before: str, language: str = "en") -> Document:
    return document_of(Example("an example", "passes", table, before, language))


def only_table(table: str) -> Table:
    (block,) = written(table).blocks
    assert isinstance(block, Table)
    return block


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_cells_stand_where_they_are_written() -> None:
    table = only_table("Item | 2024 | 2025\nPosts | 1 234.5 | –\n | | 3.0\n")
    assert texts(table) == [["Item", "2024", "2025"], ["Posts", "1 234.5", "–"], ["", "", "3.0"]]
    assert [(cell.row, cell.column) for cell in table.rows[1]] == [(1, 0), (1, 1), (1, 2)]
    assert table.columns == 3


def test_a_row_may_begin_with_a_bar_for_an_empty_first_cell() -> None:
    assert texts(only_table("| 2024 | 2025\nPosts | 1 | 2"))[0] == ["", "2024", "2025"]


def test_a_heading_may_be_merged_over_several_columns() -> None:
    table = only_table("| Changes<2> | 2026\nItem | Other | Total | estimate")
    assert table.rows[0] == (
        Cell("", 0, 0, address="table 1, row 1, cell 1"),
        Cell("Changes", 0, 1, columns=2, address="table 1, row 1, cell 2"),
        Cell("2026", 0, 3, address="table 1, row 1, cell 3"),
    )


def test_a_footnote_mark_is_no_part_of_the_text() -> None:
    cell = only_table("Item | 2024 expenditure^a\nPosts | 25^b").rows[1][1]
    assert (cell.text, cell.marks) == ("25", "b")


def test_flaws_that_only_a_workbook_has() -> None:
    row = only_table("Item | 1 | 2 | 3\nPosts | '12.5 | = | 12.5").rows[1]
    assert [cell.flaw for cell in row] == [Flaw.NONE, Flaw.TEXT, Flaw.UNCALCULATED, Flaw.NONE]
    assert [cell.text for cell in row] == ["Posts", "12.5", "", "12.5"]


def test_lines_above_and_between_tables_are_paragraphs_in_reading_order() -> None:
    document = written("A | 1\n¶ (2) Extrabudgetary\nB | 2\n---\nC | 3", "Table 1", "(Dollars)")
    kinds = [b.text if isinstance(b, Paragraph) else texts(b)[0][0] for b in document.blocks]
    assert kinds == ["Table 1", "(Dollars)", "A", "(2) Extrabudgetary", "B", "C"]
    addresses = [block.address for block in document.blocks]
    assert len(set(addresses)) == len(addresses)


def test_a_complaint_of_a_reader() -> None:
    document = written("A | 1\n! row 5, column amount: 'twelve' is not a figure")
    assert complaints(document.complaints) == (
        ("row 5, column amount", "'twelve' is not a figure"),
    )
    assert len(document.blocks) == 1


def test_the_document_says_its_language_and_what_it_is() -> None:
    document = written("项目 | 1", language="zh")
    assert (document.path, document.language) == ("an example", "zh")


def test_a_row_of_another_width_is_a_slip_of_the_author() -> None:
    with pytest.raises(UserError, match=r"'Posts \| 1' is 2 columns wide, and the first row 3"):
        written("Item | 2024 | 2025\nPosts | 1")
