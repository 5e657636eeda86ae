"""Text taken from a PDF: columns whose borders are lost come back as they were printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.drawing import cell_at, draw, tables
from unbudget_check.errors import UnreadableError
from unbudget_check.model.document import Document, Flaw, Paragraph
from unbudget_check.readers.source import ReadOptions, Source
from unbudget_check.readers.text.document import read

MONEY = """\
Table 7.2
Resources by object of expenditure
(Thousands of United States dollars)
   Changes
Object of expenditure
2024
expenditure a
2025
approved
Technical
adjustments
New/
expanded mandates Other Total Percentage
2026 estimate
(before recosting)
         Posts 26 628.0  25 303.7  41.5 –  13.7  55.2  0.2  25 358.9
Travel of staff 12.1   136.3 – –  (1.0)  (1.0) (0.7)  135.3
Hospitality 0.4 0.6 – – – – – 0.6
 Total 26 640.5 25 440.6 41.5 – 12.7 54.2 0.2 25 494.8
a Not final.
"""


LEAVES = (
    "Object of expenditure|2024 expenditure^a|2025 approved|Technical adjustments"
    "|New/ expanded mandates|Other|Total|Percentage|2026 estimate (before recosting)"
)


def read_text(text: str, language: str | None = None) -> Document:
    return read(Source("a.txt", text.encode(), ReadOptions(language=language)))


def test_a_table_of_eight_columns_with_headings_over_several_lines() -> None:
    assert draw(read_text(MONEY)) == [
        "Table 7.2",
        "Resources by object of expenditure",
        "(Thousands of United States dollars)",
        "== 9 columns",
        "|||Changes[1x5]|",
        LEAVES,
        "Posts|26 628.0|25 303.7|41.5|–|13.7|55.2|0.2|25 358.9",
        "Travel of staff|12.1|136.3|–|–|(1.0)|(1.0)|(0.7)|135.3",
        "Hospitality|0.4|0.6|–|–|–|–|–|0.6",
        "Total>1|26 640.5|25 440.6|41.5|–|12.7|54.2|0.2|25 494.8",
        "a Not final.",
    ]


def test_every_figure_tells_its_line_and_its_characters() -> None:
    cell = cell_at(tables(read_text(MONEY))[0], 3, 2)
    assert (cell.text, cell.line, cell.address) == ("136.3", 17, "line 17, 24-28")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("  ", " ").replace("  ", " "),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", " \n\n"),
        lambda text: "\n".join(row.strip() for row in text.split("\n")),
    ],
    ids=["single blanks", "CRLF", "double-spaced", "closing blanks", "stripped"],
)
def test_the_same_table_however_the_text_is_spaced(change: object) -> None:
    changed = draw(read_text(change(MONEY)))  # type: ignore[operator]
    assert [row.replace(">1", "") for row in changed] == [
        row.replace(">1", "") for row in draw(read_text(MONEY))
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_the_same_table_in_every_encoding(encoding: str) -> None:
    text = (
        "表 5\n员额\n(员额数目)\n构成部分\n2023 年\n估计 变动\n2024 年\n估计\n"
        "甲 65 — 65\n共计 450 2 452\n"
    )
    assert draw(read(Source("a.txt", text.encode(encoding)))) == [
        "表 5",
        "员额",
        "(员额数目)",
        "== 4 columns",
        "构成部分|2023 年 估计|变动|2024 年 估计",
        "甲|65|—|65",
        "共计|450|2|452",
    ]


POSTS = """\
Table 4
Posts
(Number of posts)
Component
2025 approved
Changes
2026 proposed
North 200 1 201
South 300 – 300
East {east}
"""


def test_sums_choose_among_equal_cuts_and_say_so() -> None:
    table = tables(read_text(POSTS.format(east="1 200 300 1 500")))[0]
    row = [cell_at(table, 3, column) for column in range(4)]
    assert [cell.text for cell in row] == ["East", "1 200", "300", "1 500"]
    assert {cell.flaw for cell in row[1:]} == {Flaw.CHOSEN}
    assert {cell.flaw for cell in table.rows[1]} == {Flaw.NONE}
    assert "borders are lost" in table.doubt


def test_a_wrong_figure_stays_as_it_is_printed() -> None:
    table = tables(read_text(POSTS.format(east="999 2 1 007")))[0]
    assert [cell.text for cell in table.rows[3]] == ["East", "999", "2", "1 007"]
    assert not table.doubt


@given(
    st.lists(
        st.tuples(st.integers(0, 9_999_999), st.integers(0, 99_999), st.integers(0, 9_999_999)),
        min_size=3,
        max_size=8,
    )
)
def test_no_digit_is_lost_moved_or_repaired(rows: list[tuple[int, int, int]]) -> None:
    printed = [" ".join(f"{value:,}".replace(",", " ") for value in row) for row in rows]
    body = "\n".join(f"Item {chr(65 + at)} {row}" for at, row in enumerate(printed))
    text = (
        f"Table 1\nPosts\n(Number of posts)\nItem\n2024 approved\nChange\n2025 proposed\n{body}\n"
    )
    for table in tables(read_text(text)):
        for cells in table.rows[1:]:
            line = text.split("\n")[(cells[0].line or 0) - 1]
            assert " ".join(cell.text for cell in cells if cell.text) == line


def test_posts_below_money_leave_the_first_column_blank() -> None:
    text = (
        MONEY.replace(" Total 26", "Total 26").removesuffix("a Not final.\n")
        + "Post resources by category\n"
        "Professional and higher  75 – – 2 2 2.6 77\n"
        "General Service and related  223 – – – – – 223\n"
        "Total  298 – – – – – 300\n"
    )
    assert draw(read_text(text))[-4:] == [
        "Post resources by category",
        "Professional and higher||75|–|–|2|2|2.6|77",
        "General Service and related||223|–|–|–|–|–|223",
        "Total||298|–|–|–|–|–|300",
    ]


def test_labels_that_end_in_a_number_keep_it() -> None:
    text = """\
Table 5
Posts
(Number of posts)
Component
2025 approved
Changes
2026 proposed
Subprogramme 1 36 – 36
Subprogramme 2 135 – 135
Subprogramme 3 20 1 21
Subtotal, 1 191 1 192
Total (1, 2 and 3) 191 1 192
"""
    assert draw(read_text(text))[5:] == [
        "Subprogramme 1|36|–|36",
        "Subprogramme 2|135|–|135",
        "Subprogramme 3|20|1|21",
        "Subtotal, 1|191|1|192",
        "Total (1, 2 and 3)|191|1|192",
    ]


def test_a_malformed_figure_reaches_its_cell_as_printed() -> None:
    text = """\
Table 6
Resources
(Thousands of United States dollars)
Object of expenditure
2024 expenditure
2025 approved
Change
2026 estimate
Posts 1 234.5 1 300.0 10.0 1 310.0
Consultants 2.679.6 2 700.0 – 2 700.0
Supplies (12.3 15.0 (1.0 14.0
Equipment 105.3 11O.0 1.0 111.0
Services 105.3 1 45.0 1.0 1 146.0
Rent 219. 220.0 – 220.0
"""
    assert draw(read_text(text))[6:] == [
        "Consultants|2.679.6|2 700.0|–|2 700.0",
        "Supplies|(12.3|15.0|(1.0|14.0",
        "Equipment|105.3|11O.0|1.0|111.0",
        "Services|105.3|1 45.0|1.0|1 146.0",
        "Rent|219.|220.0|–|220.0",
    ]


def test_figures_set_one_below_the_other_go_by_their_edges() -> None:
    text = """\
Budget of the town

Department            2024        2025      Change
Parks                1,234       1,300          66
Roads and bridges   12,000      11,000      (1,000)
Library                500         550          50
  of which new                     100
Total               13,734      12,850        (884)
"""
    assert draw(read_text(text))[1:] == [
        "== 4 columns",
        "Department|2024|2025|Change",
        "Parks|1,234|1,300|66",
        "Roads and bridges|12,000|11,000|(1,000)",
        "Library|500|550|50",
        "of which new>1||100|",
        "Total|13,734|12,850|(884)",
    ]


def test_column_numbers_and_formulas_stand_under_the_headings() -> None:
    text = """\
Table 2
Financial resources
(Thousands of United States dollars)
Appropriation Expenditure Appropriation Requirements Variance
Category (1) (2) (3) (4) (5)=(4)-(3)
Military personnel 5 099.8 4 544.3 4 371.7 818.5 (3 553.2)
Civilian personnel 76 928.7 77 891.4 80 920.2 32 346.1 (48 574.1)
"""
    assert draw(read_text(text))[4:6] == [
        "Category|Appropriation|Expenditure|Appropriation|Requirements|Variance",
        "|(1)|(2)|(3)|(4)|(5)=(4)-(3)",
    ]


def test_an_unknown_language_is_read_by_its_columns() -> None:
    text = """\
Tabelle 3
Mittel nach Kategorie (in Tausend)

Kategorie                 2024       2025
Personal               1.234,5    1.300,0
Reisen                    12,0       13,5
Sonstiges                  4,0        5,0
Summe                  1.250,5    1.318,5
"""
    assert draw(read_text(text))[-5:] == [
        "Kategorie|2024|2025",
        "Personal|1.234,5|1.300,0",
        "Reisen|12,0|13,5",
        "Sonstiges|4,0|5,0",
        "Summe|1.250,5|1.318,5",
    ]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\x00\x01\x02\x03" * 40, b"%PDF-1.7\n..."])
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(Source("a.txt", data))
    assert str(refusal.value).startswith("a.txt ")
    assert str(refusal.value).endswith(".")


@given(st.text(st.sampled_from("Table 1234.,()–\n\t|年表支出共计ab/ "), max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    """Whatever stands in the text, each line stays where it was: in a paragraph or in a table."""
    if not text.strip():
        return
    for block in read_text(text, "en").blocks:
        assert isinstance(block, Paragraph) or block.rows


def test_words_that_begin_like_a_caption_break_no_paragraph() -> None:
    found = read_text("图书馆服务：为世界各地的外交官和学者\n提供知识服务，例如检索服务。\n", "zh")
    assert draw(found) == ["图书馆服务：为世界各地的外交官和学者提供知识服务，例如检索服务。"]


def test_what_follows_a_labelled_figure_of_a_chart_does_not_go_on_with_it() -> None:
    found = read_text("Office of the Director\nTotal: 48\nLibrary services\nTotal: 6\n", "en")
    assert draw(found) == ["Office of the Director Total: 48", "Library services Total: 6"]
