"""Printed lines without page furniture, and the signs of where paragraphs end."""

from __future__ import annotations

import pytest

from unbudget_check.readers.text.pages import find_symbol, printed_lines


@pytest.mark.parametrize(
    "furniture",
    [
        "31/43 25-05446",
        "25-05446 (E) 31/43",
        "GE.25-05446",
        "https://undocs.org/en/A/RES/77/262",
        "A/80/6 (Sect. 29E)",
        "A/80/6 (Sect. 3)/Add.6",
    ],
)
def test_page_furniture_is_left_out(furniture: str) -> None:
    assert [line.bare for line in printed_lines(f"One\n  {furniture}  \nTwo")] == ["One", "Two"]


def test_a_running_header_beside_page_marks_is_furniture_and_rows_are_not() -> None:
    page = "Posts 6 – – 6\n{n}/9 25-01234\nSection 40 Harbours\n"
    kept = [line.bare for line in printed_lines(page.format(n=1) + page.format(n=2))]
    assert kept == ["Posts 6 – – 6", "Posts 6 – – 6"]


def test_a_caption_at_the_top_of_a_page_is_no_running_header() -> None:
    text = "1/9 25-01234\nTable 4.{}\nPosts by grade\n"
    kept = [line.bare for line in printed_lines(text.format(6) + text.format(13))]
    assert [bare for bare in kept if bare.startswith("Table")] == ["Table 4.6", "Table 4.13"]


def test_lines_keep_their_numbers_whatever_ends_them() -> None:
    for end in ("\n", "\r\n", "\r"):
        numbers = [line.number for line in printed_lines(end.join(["a", "", "b", "c"]))]
        assert numbers == [1, 3, 4]


def test_a_blank_at_the_end_closes_a_paragraph_where_that_is_the_custom() -> None:
    lines = printed_lines("The first\nparagraph. \nThe second\nparagraph. \n")
    assert [(line.runs_on, line.closed) for line in lines] == [
        (True, False),
        (False, True),
        (True, False),
        (False, True),
    ]
    assert not any(line.runs_on for line in printed_lines("The first\nparagraph.\n"))


def test_blanks_behind_some_rows_of_a_table_close_no_paragraph() -> None:
    rows = "Pilots   12.0   4.0 \nTugs   8.5   1.5\nBuoys   3.0   1.0 \nTotal   23.5   6.5\n"
    assert not any(line.runs_on or line.closed for line in printed_lines(rows))
    assert any(line.runs_on for line in printed_lines(rows.replace("   ", " ")))


def test_a_text_of_blank_lines_has_no_printed_line() -> None:
    assert printed_lines("\n \n") == ()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("United Nations\nA/78/6 (Sect. 29E)\nGeneral Assembly", "A/78/6 (Sect. 29E)"),
        ("E/AC.51/2023/L.4*\n", "E/AC.51/2023/L.4"),
        ("See A/78/6 for more", None),
        ("and/or\n", None),
    ],
)
def test_the_symbol_stands_alone_near_the_top(text: str, symbol: str | None) -> None:
    assert find_symbol(text) == symbol
